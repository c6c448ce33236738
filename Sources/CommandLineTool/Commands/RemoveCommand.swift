internal import ArgumentParser
internal import ModuleStore

/// `remove`: remove modules from a branch.
struct RemoveCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .remove, "Removes modules from a branch, in one commit.",
    usage: "wasmstore remove MODULE|PATH... [--ignore-missing] [-m MSG] [--dry-run]",
    examples: """
        wasmstore remove app.wasm
        wasmstore remove plugins --dry-run
        wasmstore remove "$HASH"
      """,
    notes:
      "A directory is removed with all its modules; a hash removes every path that has the module. 'undo' restores them."
  )

  @Argument(
    "module", help: "Paths, directories or full hashes.",
    completion: .custom(StoreCompletion.modules))
  var modules: [String]

  @Flag("ignore-missing", help: "Succeed even if there is nothing to remove.") var ignoreMissing = false
  @OptionGroup var message = CommitMessage()
  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let store = try session.store
    let result = try store.remove(
      modules, message: message.message, ignoringMissing: ignoreMissing, dryRun: dryRun.dryRun)
    try session.console.emit(
      written: WriteReport(
        summary: store.branch.name, branch: store.branch, commit: result.commit,
        changes: result.changes, isDryRun: dryRun.dryRun))
  }
}
