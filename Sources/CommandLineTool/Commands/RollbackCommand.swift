internal import ArgumentParser
internal import ModuleStore

/// `rollback`: one version back, or to a revision.
struct RollbackCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .rollback, "Brings back the version before the current one, or that of a revision.",
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
      With PATH the module before the current one; the path is removed if there was none. Without PATH the \
      whole branch as it was before its last commit. Rolling back again goes further back. With --to what the \
      revision has; a path that it does not have is removed. Always a new commit, so protected branches take it.
      """)

  @Argument("path", help: "What to roll back, else all.", completion: .custom(StoreCompletion.modules))
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
      throw Failure.usage("--steps and --to exclude each other")
    }
    guard revision != nil || paths.count < 2 else {
      throw Failure.usage("rollback takes one PATH; several need --to REV")
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
