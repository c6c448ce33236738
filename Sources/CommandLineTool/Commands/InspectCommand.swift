internal import ArgumentParser
internal import ModuleStore
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

  @Argument(help: .moduleOrFile, completion: .custom(StoreCompletion.modules)) var module: String
  @Option(help: ArgumentHelp("Show only the sections of that name.", valueName: "name")) var section: String?
  @OptionGroup(title: "Common options") var common: CommonOptions

  func run(_ session: Session) throws {
    let module = try session.inspected(module)
    guard let section else {
      guard module.kind == .unknown else { return try session.console.emit(InspectionReport(module: module)) }
      return try session.console.emit(UnknownKindReport(module: module))
    }
    let sections = module.description?.sections.filter { $0.name == section } ?? []
    guard !sections.isEmpty else {
      let reason = module.problem.map { ": invalid module: \($0)" } ?? ""
      throw Failure(.notFound, "no section \(section) in \(module.name)\(reason)")
    }
    try session.console.emit(list: sections)
  }
}

/// What is to be said of a file that begins as WebAssembly and goes on as neither kind of it.
struct UnknownKindReport: Presentable {
  let module: InspectedModule

  func text(_ style: Style) -> String {
    var fields = ReportFields()
    fields.append("hash", module.digest.hex)
    fields.append("kind", "unknown")
    fields.append("size", "\(module.size) bytes")
    if let problem = module.problem { fields.append("invalid", problem) }
    fields.append("paths", module.paths) { $1.append(text: $0.spelled) }
    var text: [UInt8] = []
    fields.write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  var json: JSONValue {
    let json = InspectionReport(module: module).json
    guard case .object(let members) = json else { return json }
    return .object(members.map { $0.0 == "kind" ? ("kind", module.kind.json) : $0 })
  }
}

extension SectionDescription: Presentable {
  func text(_ style: Style) -> String {
    "\(name.printable(upTo: .max))\t\(offset)\t\(size)\t\(count.map { String($0) } ?? "-")\n"
  }
}
