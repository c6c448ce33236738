internal import ArgumentParser
internal import FileSystem
internal import Glibc
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import SystemPackage

/// `export`: the files of a branch as files of a folder.
struct ExportCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .export, "Writes the files of a branch into a folder or an archive.",
    usage: "wasmstore export [-o DIR|FILE|-] [--rev REV] [--format dir|tar] [--prune] [PREFIX]",
    examples: """
        wasmstore export -o public
        wasmstore export --rev v1 -o release plugins
        wasmstore export -o public --prune
        wasmstore export -o - --format tar | tar t
      """,
    notes: """
      Without -o, the folder is ./BRANCH. The format is tar if -o is - or a file name that ends in .tar, .tar.gz or \
      .tgz; the last two are compressed. Files are never partly written. Symbolic links in the folder are not \
      followed. With --prune, files that the branch does not have are removed from the folder.
      """)

  @Argument(
    "prefix", help: "Export only this module or directory.", completion: .custom(StoreCompletion.modules))
  var prefix: String?
  @Option(
    "output", short: "o", value: "dir", help: "Where to write; - is standard output.", completion: .file())
  var output: String?
  @Option(
    "rev", value: "rev", help: "Export this revision, not the branch's head.",
    completion: .custom(StoreCompletion.revisions))
  var rev: String?
  @Option("format", value: "format", help: "The format of the output.") var given: ExportFormat?
  @Flag("prune", help: "Remove files from the folder that the revision does not have.") var prune = false
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    var request = ExportRequest()
    request.revision = rev
    request.prefix = try prefix.map { text throws(StoreError) in try ModulePath(text) }
    request.prunes = prune
    let target = try given ?? ExportFormat.format(of: output)
    guard target == .tar || output != "-" else {
      throw Failure.usage(
        "a folder cannot be written to standard output", hint: "use --format tar to write an archive")
    }
    guard target == .dir || !prune else {
      throw Failure.usage("--prune can be used only with a folder, not with an archive")
    }
    let store = try session.store
    let files = try store.filesToExport(request)
    switch target {
    case .dir:
      let folder = output ?? "./\(store.branch)"
      let result = try session.withUserMask { try store.export(files, to: FilePath(folder)) }
      try session.console.emit(exported: ExportReport(result: result, branch: store.branch, output: folder))
    case .tar: try writeArchive(files, store, session)
    }
  }

  private func writeArchive(_ files: ExportedFiles, _ store: StoreSession, _ session: Session) throws {
    let console = session.console
    guard let output, output != "-" else {
      guard !console.streams.outputIsTerminal else {
        throw Failure(.refused, "not writing an archive to a terminal", hint: "use -o FILE or a pipe")
      }
      do {
        let result = try store.export(files, toArchive: console.streams.output, compressed: false)
        try console.tell(ExportReport(result: result, branch: store.branch, output: "standard output"))
      } catch StoreError.system(_, EPIPE) {
        throw Console.OutputClosed()
      }
      return
    }
    let result: ExportResult
    do { result = try write(files, to: output, store, session) } catch {
      guard let reason = (error as? FileError)?.reason ?? error as? Errno else { throw error }
      throw Failure(.failed, "cannot write \(output): \(reason)")
    }
    try console.emit(exported: ExportReport(result: result, branch: store.branch, output: output))
  }

  /// Writes an archive, which appears under its name when it is complete; a device or pipe is written directly.
  private func write(
    _ files: ExportedFiles, to output: String, _ store: StoreSession, _ session: Session
  ) throws -> ExportResult {
    let isCompressed = output.hasSuffix("gz")
    if try FileKind(output) == .special {
      let file = try FileDescriptor.open(FilePath(output), .writeOnly)
      return try file.closeAfter { try store.export(files, toArchive: file, compressed: isCompressed) }
    }
    var draft = try OutputFile.draft(of: output, session)
    let result = try store.export(files, toArchive: draft.descriptor, compressed: isCompressed)
    try draft.publish(at: FilePath(output))
    return result
  }
}

/// The output formats of export.
enum ExportFormat: String, CaseIterable, ArgumentValue {
  case dir, tar

  /// The format for the name of the output.
  static func format(of output: String?) throws -> ExportFormat {
    guard let output else { return .dir }
    if output == "-" { return .tar }
    guard [".tar", ".tar.gz", ".tgz"].contains(where: { output.hasSuffix($0) }) else { return .dir }
    return try FileKind(output) == .directory ? .dir : .tar
  }
}

/// The result of an export.
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
  /// Reports an export: nothing on standard output, a line on standard error for people.
  func emit(exported report: ExportReport) throws {
    try emit(report)
    try tell(report)
  }

  /// Reports only on standard error, because standard output contains the archive.
  func tell(_ report: ExportReport) throws {
    let result = report.result
    for path in result.skipped { warn("skipped \(path): it is not a file") }
    let removed = result.removed.isEmpty ? "" : ", removed \(result.removed.count)"
    let count = result.files == 1 ? "1 file" : "\(result.files) files"
    note(
      "exported \(count), \(byteCount(Int(result.bytes))), of \(report.branch) to \(report.output)" + removed)
  }
}
