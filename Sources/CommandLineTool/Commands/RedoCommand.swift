internal import ArgumentParser
internal import ModuleStore
internal import StoreJSON

/// `redo`: apply an operation again after `undo`.
struct RedoCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .redo, "Repeats the operation that the last undo reverted.",
    usage: "wasmstore redo [--dry-run]",
    examples: """
        wasmstore redo --dry-run
        wasmstore redo
      """,
    notes: "After several undos, redo can be repeated until another operation.")

  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let redone = try session.store.redo(dryRun: dryRun.dryRun)
    let line = OperationLine(index: nil, operation: redone)
    try session.console.emit(
      done: ActionReport(
        infinitive: "redo \(redone.command)",
        past: "redid \(redone.command): \(redone.spelledMoves(isReversed: false))",
        isDryRun: dryRun.dryRun,
        members: [("operation", line.json)]))
  }
}
