internal import ArgumentParser
internal import ModuleStore
internal import StoreJSON
internal import Wasm

/// `inspect`: what a module needs, offers and is made of.
struct InspectCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .inspect, "Shows what a module imports, exports and is made of.",
    usage: "wasmstore inspect MODULE|REV:PATH|./FILE|- [--section NAME]",
    examples: """
        wasmstore inspect app.wasm
        wasmstore inspect ./build/app.wasm --json
        wasmstore inspect app.wasm --section producers
      """)

  @Argument("module", help: .moduleOrFile, completion: .custom(StoreCompletion.modules)) var module: String
  @Option("section", value: "name", help: "Show only the sections of that name.") var section: String?
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let module = try session.inspected(module)
    guard let section else { return try session.console.emit(InspectionReport(module: module)) }
    let sections = module.description?.sections.filter { $0.name == section } ?? []
    guard !sections.isEmpty else {
      let reason = module.problem.map { ": invalid module: \($0)" } ?? ""
      throw Failure(.notFound, "no section \(section) in \(module.name)\(reason)")
    }
    try session.console.emit(list: sections)
  }
}

extension SectionDescription: Presentable {
  func text(_ style: Style) -> String {
    "\(name.escaped())\t\(offset)\t\(size)\t\(count.map { String($0) } ?? "-")\n"
  }
}
