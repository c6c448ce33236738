internal import ArgumentParser
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import SystemPackage

/// `export`: the files of a branch as files of a folder.
struct ExportCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .export, "Writes the files of a branch into a folder.",
    usage: "wasmstore export [-o DIR] [--rev REV] [--prune] [PREFIX]",
    examples: """
        wasmstore export -o public
        wasmstore export --rev v1 -o release plugins
        wasmstore export -o public --prune
      """,
    notes: """
      Without -o the folder is ./BRANCH. Each file appears whole or not at all. Symbolic links in the folder are not \
      followed. With --prune what the branch does not have is removed from the folder.
      """)

  @Argument(
    "prefix", help: "A module or directory to export alone.", completion: .custom(StoreCompletion.modules))
  var prefix: String?
  @Option("output", short: "o", value: "dir", help: "Where to write.", completion: .directory)
  var output: String?
  @Option(
    "rev", value: "rev", help: "Export this revision, not the branch's head.",
    completion: .custom(StoreCompletion.revisions))
  var rev: String?
  @Flag("prune", help: "Remove files that the revision does not have from the folder.") var prune = false
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    var request = ExportRequest()
    request.revision = rev
    request.prefix = try prefix.map { text throws(StoreError) in try ModulePath(text) }
    request.prunes = prune
    let store = try session.store
    let folder = output ?? "./\(store.branch)"
    let result = try session.withUserMask { try store.export(request, to: FilePath(folder)) }
    try session.console.emit(exported: ExportReport(result: result, branch: store.branch, output: folder))
  }
}

/// What was exported.
struct ExportReport: Presentable {
  let result: ExportResult
  let branch: BranchName
  let output: String

  func text(_ style: Style) -> String { "" }

  var json: JSONValue {
    .object([
      ("branch", .text(branch.name)), ("commit", .text(result.commit.hex)), ("output", .text(output)),
      ("files", .count(result.files)), ("bytes", .number(result.bytes)),
      ("removed", .array(result.removed.map(\.json))), ("skipped", .array(result.skipped.map(\.json))),
    ])
  }
}

extension Console {
  /// Says what was exported: nothing on standard output, a line on standard error for people.
  func emit(exported report: ExportReport) throws {
    try emit(report)
    let result = report.result
    for path in result.skipped { warn("skipped \(path): it is no file") }
    let removed = result.removed.isEmpty ? "" : ", removed \(result.removed.count)"
    let count = result.files == 1 ? "1 file" : "\(result.files) files"
    note(
      "exported \(count), \(byteCount(Int(result.bytes))), of \(report.branch) to \(report.output)" + removed)
  }
}
