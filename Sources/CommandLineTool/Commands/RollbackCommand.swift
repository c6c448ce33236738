internal import ArgumentParser
internal import ModuleStore

/// `rollback`: one version back.
struct RollbackCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .rollback, "Brings back the version before the current one.",
    usage: "wasmstore rollback [PATH] [--steps N] [-m MSG] [--dry-run]",
    examples: """
        wasmstore rollback app.wasm
        wasmstore rollback app.wasm --steps 2 --dry-run
        wasmstore rollback
      """,
    notes: """
      With PATH the module before the current one; the path is removed if there was none. Without PATH the \
      whole branch as it was before its last commit. Rolling back again goes further back.
      """)

  @Argument("path", help: "The module to roll back, else all.", completion: .custom(StoreCompletion.modules))
  var path: String?
  @Option("steps", value: "n", in: 1..., help: "How many versions to go back.") var steps = 1
  @OptionGroup var message = CommitMessage()
  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let path = try path.map { path throws(StoreError) in try ModulePath(path) }
    let store = try session.store
    let result = try store.rollback(
      path, steps: steps, message: message.message, dryRun: dryRun.dryRun)
    try session.console.emit(
      written: WriteReport(
        summary: "rolled back " + (path.map { "\($0) on \(store.branch)" } ?? store.branch.name),
        branch: store.branch, commit: result.commit, changes: result.changes, isDryRun: dryRun.dryRun))
  }
}
