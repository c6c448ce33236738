internal import ArgumentParser
internal import ModuleStore
internal import StoreJSON
internal import Wasm

/// `inspect`: the imports, exports and structure of a module.
struct InspectCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .inspect, "Shows the imports, exports and contents of a module.",
    usage: "wasmstore inspect MODULE|REV:PATH|./FILE|-... [--section NAME] [--all]",
    examples: """
        wasmstore inspect app.wasm
        wasmstore inspect ./build/app.wasm --json
        wasmstore inspect app.wasm --section producers
        wasmstore list -0 plugins | xargs -0 wasmstore inspect --json
      """,
    notes: """
      On a terminal, a list of more than \(InspectionReport.longestList) names is shown as a number unless --all is \
      given, and output that is longer than the screen goes through a pager.
      """)

  @Argument("module", help: .moduleOrFile, completion: .custom(StoreCompletion.modules))
  var modules: [String]
  @Option("section", value: "name", help: "Show only the sections with this name.") var section: String?
  @Flag("all", help: "Show all names, even on a terminal.") var all = false
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    guard modules.count(where: { $0 == "-" }) < 2 else {
      throw Failure.usage("standard input (-) can be given only once")
    }
    guard section == nil || modules.count == 1 else {
      throw Failure.usage("--section can be used only with one module")
    }
    let inspected = try modules.map { try session.inspect($0) }
    guard let module = inspected.first, inspected.count == 1 else {
      let reports = inspected.map { InspectionReport(module: $0, isWhole: all) }
      return try session.console.emit(list: reports) { style in
        reports.map { $0.text(style) }.joined(separator: "\n")
      }
    }
    guard let section else {
      return try session.console.emit(paged: InspectionReport(module: module, isWhole: all))
    }
    let sections = module.description?.sections.filter { $0.name == section } ?? []
    guard !sections.isEmpty else {
      let reason = module.problem.map { ": invalid module: \($0)" } ?? ""
      throw Failure(.notFound, "no section \(section) in \(module.name)\(reason)")
    }
    try session.console.emit(table: sections, header: ["SECTION", "OFFSET", "BYTES", "ENTRIES"])
  }
}

extension SectionDescription: TableRow {
  func row(_ style: Style) -> [String] {
    [name.escaped(), String(offset), String(size), count.map { String($0) } ?? "-"]
  }
}
