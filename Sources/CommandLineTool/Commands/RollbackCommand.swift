internal import ArgumentParser
internal import ModuleStore

/// `rollback`: one version back, or to a revision.
struct RollbackCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .rollback, "Restores the previous version, or the version of a revision.",
    usage: """
      wasmstore rollback [PATH] [--steps N] [-m MSG] [--dry-run]
      wasmstore rollback [PATH...] --to REV [-m MSG] [--dry-run]
      """,
    examples: """
        wasmstore rollback app.wasm
        wasmstore rollback app.wasm --steps 2 --dry-run
        wasmstore rollback --to release-41
        wasmstore rollback
      """,
    notes: """
      With PATH, restores the previous module of the path; the path is removed if there was none. Without PATH, restores the \
      whole branch as it was before its last commit. A second rollback goes further back. With --to, restores what the \
      revision has; a path that it does not have is removed. A rollback is a new commit, so protected branches allow it.
      """)

  @Argument(
    "path", help: "What to roll back. (default: the whole branch)",
    completion: .custom(StoreCompletion.modules))
  var paths: [String] = []
  @Option("steps", value: "n", in: 1..., help: "How many versions to go back.") var steps: Int?
  @Option(
    "to", value: "rev", help: "The revision to go back to.", completion: .custom(StoreCompletion.revisions))
  var revision: String?
  @OptionGroup var message = CommitMessage()
  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    guard revision == nil || steps == nil else {
      throw Failure.usage("--steps and --to cannot be used together")
    }
    guard revision != nil || paths.count < 2 else {
      throw Failure.usage("rollback takes one PATH; several require --to REV")
    }
    let paths = try paths.map { path throws(StoreError) in try ModulePath(path) }
    let store = try session.store
    let result: WriteResult
    if let revision {
      result = try store.rollback(
        to: revision, paths: paths, message: message.message, dryRun: dryRun.dryRun)
    } else {
      result = try store.rollback(
        paths.first, steps: steps ?? 1, message: message.message, dryRun: dryRun.dryRun)
    }
    let names = paths.map(\.description).joined(separator: ", ")
    try session.console.emit(
      written: WriteReport(
        summary: "rolled back " + (paths.isEmpty ? store.branch.name : "\(names) on \(store.branch)")
          + (revision.map { " to \($0)" } ?? ""),
        branch: store.branch, commit: result.commit, changes: result.changes, isDryRun: dryRun.dryRun))
  }
}
