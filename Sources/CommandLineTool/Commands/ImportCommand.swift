internal import ArgumentParser
internal import ModuleStore
internal import StoreJSON
internal import SystemPackage

/// `import`: the modules of a folder or an archive, in one commit, or a store of the older wasmstore.
struct ImportCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .import, "Imports the modules of a folder or an archive, or a store of the older wasmstore.",
    usage: """
      wasmstore import DIR|FILE|- [--format auto|dir|tar] [--prefix PREFIX] [--prune] [-m MSG]
                       [--features LIST | --no-validate] [--dry-run]
      wasmstore import DIR|FILE|- --format predecessor [--prefix PREFIX] [--partial] [--dry-run]
      """,
    examples: """
        wasmstore import public --prune
        wasmstore import ~/.wasmstore.old --root new
        wasmstore import release.tar.gz --prefix plugins
        git archive HEAD | wasmstore import - --dry-run
      """,
    notes: """
      Files that are not modules are skipped. FILE is a tar archive, plain or compressed with gzip. With --prune, files of the \
      branch that the source does not have are removed in the same commit. 'undo' reverts the import.

      The folder of a store of the older wasmstore (in OCaml), or its backup, comes with its branches and its history,       of which nothing is changed there. Through standard input it needs --format predecessor.
      """)

  @Argument(
    "source", help: "A folder, a tar archive, or - for an archive on standard input.", completion: .file())
  var source: String
  @Option("format", value: "format", help: "What the source is.") var sourceFormat = ImportFormat.auto
  @Option(
    "prefix", value: "prefix", help: "Put all modules below this path, or all branches below this name.",
    completion: .custom(StoreCompletion.modules))
  var prefix: String?
  @Flag("partial", help: "Import the undamaged part of a damaged older store.") var isPartial = false
  @Flag("prune", help: "Remove files below the prefix that the source does not have.") var prune = false
  @OptionGroup var message = CommitMessage()
  @OptionGroup var acceptance = Acceptance()
  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    try acceptance.check()
    let source = try place()
    if try isPredecessor(source) { return try importPredecessor(source, session) }
    guard !isPartial else {
      throw Failure.usage("--partial can be used only with a store of the older wasmstore")
    }
    var request = ImportRequest(source)
    request.prefix = try prefix.map { text throws(StoreError) in try ModulePath(text) }
    request.prunes = prune
    request.message = message.message
    request.features = acceptance.list.features
    request.waivesVerdict = acceptance.noValidate
    request.isDryRun = dryRun.dryRun
    let store = try dryRun.dryRun ? session.store : session.openOrCreateStore()
    try awaitArchive(session)
    let result = try importModules(request, into: store)
    for name in result.skipped { session.console.note("skipped \(name): it is not a WebAssembly binary") }
    try session.console.emit(
      written: WriteReport(
        summary: "imported \(self.source) into \(store.branch)", branch: store.branch, commit: result.commit,
        changes: result.changes, isDryRun: dryRun.dryRun))
  }

  private func awaitArchive(_ session: Session) throws {
    if source == "-" { try session.console.awaitInput("the archive") }
  }

  private func isPredecessor(_ place: ImportRequest.Source) throws -> Bool {
    switch sourceFormat {
    case .predecessor: true
    case .auto: try place.seemsPredecessor()
    case .dir, .tar: false
    }
  }

  private func importPredecessor(_ place: ImportRequest.Source, _ session: Session) throws {
    guard !prune, message.message == nil, acceptance.list.features == nil, !acceptance.noValidate else {
      throw Failure.usage(
        "--prune, -m, --features and --no-validate cannot be used with a store of the older wasmstore")
    }
    var request = PredecessorImportRequest(place)
    request.prefix = try prefix.map { text throws(StoreError) in try BranchName(text) }
    request.isPartial = isPartial
    request.isDryRun = dryRun.dryRun
    let store = try dryRun.dryRun ? session.storeWithoutBranch : session.openOrCreateStore()
    try awaitArchive(session)
    let result = try store.importPredecessor(request)
    let report = PredecessorReport(source: source, result: result, isDryRun: dryRun.dryRun)
    try session.console.emit(report)
    for remark in report.remarks { session.console.note(remark) }
    guard result.damage.isEmpty else {
      throw Failure(
        .damaged, "damage found in \(source): \(result.damage.count)",
        hint: isPartial ? nil : "--partial imports the undamaged part; a copy or a backup may have the rest")
    }
    if !dryRun.dryRun { session.console.note(report.summary) }
  }

  /// Imports modules; the error names a file that is not a module.
  private func importModules(_ request: ImportRequest, into store: StoreSession) throws -> ImportResult {
    do throws(StoreError) {
      return try store.importModules(request)
    } catch {
      guard case .invalidModule(let source, let message, let format) = error else { throw error }
      throw Failure(
        .invalidModule, "invalid module \(source): \(message)" + StoreError.remark(format),
        hint: format?.advice)
    }
  }

  private func place() throws -> ImportRequest.Source {
    if source == "-" {
      guard sourceFormat != .dir else { throw Failure.usage("a folder cannot be read from standard input") }
      return .archive(.standardInput)
    }
    let kind = try FileKind(source)
    guard kind != .missing else {
      throw StoreError.source(path: source, reason: "\(Errno.noSuchFileOrDirectory)")
    }
    switch sourceFormat {
    case .auto, .predecessor:
      return kind == .directory ? .folder(FilePath(source)) : .archive(.file(FilePath(source)))
    case .dir:
      guard kind == .directory else { throw Failure(.invalidInput, "\(source) is not a directory") }
      return .folder(FilePath(source))
    case .tar:
      guard kind != .directory else { throw Failure(.invalidInput, "\(source) is a directory") }
      return .archive(.file(FilePath(source)))
    }
  }
}

/// The input formats of import.
enum ImportFormat: String, CaseIterable, ArgumentValue {
  case auto, dir, tar, predecessor
}
