internal import ArgumentParser
internal import ModuleStore
internal import StoreJSON
internal import SystemPackage

/// `import`: the modules of a folder or an archive, in one commit.
struct ImportCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .import, "Adds the modules of a folder or an archive, in one commit.",
    usage: """
      wasmstore import DIR|FILE|- [--format auto|dir|tar] [--prefix PREFIX] [--prune] [-m MSG]
                       [--features LIST | --no-validate] [--dry-run]
      """,
    examples: """
        wasmstore import public --prune
        wasmstore import release.tar.gz --prefix plugins
        git archive HEAD | wasmstore import - --dry-run
      """,
    notes: """
      What is no module is passed over. FILE is a tar archive, plain or compressed with gzip. With --prune files of the \
      branch that the source does not have are removed in the same commit. 'undo' takes all back.
      """)

  @Argument(
    "source", help: "A folder, a tar archive, or - for an archive on standard input.", completion: .file())
  var source: String
  @Option("format", value: "format", help: "What the source is.") var sourceFormat = ImportFormat.auto
  @Option(
    "prefix", value: "prefix", help: "Put everything below this path.",
    completion: .custom(StoreCompletion.modules))
  var prefix: String?
  @Flag("prune", help: "Remove files, below the prefix, that the source does not have.") var prune = false
  @OptionGroup var message = CommitMessage()
  @OptionGroup var acceptance = Acceptance()
  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    try acceptance.check()
    var request = ImportRequest(try place())
    request.prefix = try prefix.map { text throws(StoreError) in try ModulePath(text) }
    request.prunes = prune
    request.message = message.message
    request.features = acceptance.list.features
    request.waivesVerdict = acceptance.noValidate
    request.isDryRun = dryRun.dryRun
    let store = try dryRun.dryRun ? session.store : session.openOrCreateStore()
    if source == "-" { try session.console.awaitInput("the archive") }
    let result = try importModules(request, into: store)
    for name in result.skipped { session.console.note("skipped \(name): it is no WebAssembly") }
    try session.console.emit(
      written: WriteReport(
        summary: "imported \(source) into \(store.branch)", branch: store.branch, commit: result.commit,
        changes: result.changes, isDryRun: dryRun.dryRun))
  }

  /// Imports; says which one is no module.
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
    case .auto: return kind == .directory ? .folder(FilePath(source)) : .archive(.file(FilePath(source)))
    case .dir:
      guard kind == .directory else { throw Failure(.invalidInput, "\(source) is no directory") }
      return .folder(FilePath(source))
    case .tar:
      guard kind != .directory else { throw Failure(.invalidInput, "\(source) is a directory") }
      return .archive(.file(FilePath(source)))
    }
  }
}

/// What import reads.
enum ImportFormat: String, CaseIterable, ArgumentValue {
  case auto, dir, tar
}
