internal import ArgumentParser
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `undo`: revert the effect of a command.
struct UndoCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .undo, "Reverts the last operation, or another one.",
    usage: "wasmstore undo [OP] [--dry-run] | --list",
    examples: """
        wasmstore undo --list
        wasmstore undo
        wasmstore undo 2 --dry-run
      """,
    notes: "Every move of a branch or tag can be undone; redo reverts an undo.")

  @Argument(
    "op", help: "A number or id from --list. (default: the newest operation)",
    completion: .custom(StoreCompletion.operations))
  var operation: String?
  @Flag("list", help: "List the operations, the newest first.") var list = false
  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    if list {
      guard operation == nil else { throw Failure.usage("--list cannot be used with an operation") }
      return try printList(session)
    }
    let undone = try session.store.undo(operation, dryRun: dryRun.dryRun)
    let line = OperationLine(index: nil, operation: undone)
    try session.console.emit(
      done: ActionReport(
        infinitive: "undo \(undone.command)",
        past: "undid \(undone.command): \(undone.spelledMoves(isReversed: true))",
        isDryRun: dryRun.dryRun,
        members: [("operation", line.json)]))
  }

  private func printList(_ session: Session) throws {
    let operations = try session.store.operations(limit: nil)
    let lines = operations.enumerated().map { OperationLine(index: $0.offset, operation: $0.element) }
    try session.console.emit(table: lines)
  }
}

/// An operation in the output of `undo --list`.
struct OperationLine: TableRow {
  let index: Int?
  let operation: ModuleStore.Operation

  static let endsWithText = true

  /// The fields; on a terminal, the operation and its moves are one field, because both may be long.
  func row(_ style: Style) -> [String] {
    let number = index.map { "\($0)" } ?? operation.id
    let (time, command) = (operation.time.rfc3339, style.foreign(operation.command))
    guard style.isTerminal else { return [number, time, command] + changes(style) }
    let day = time.replacing("T", with: " ").replacing("Z", with: "")
    return [number, day, ([command] + changes(style)).joined(separator: "  ")]
  }

  /// The moved references and changed settings.
  private func changes(_ style: Style) -> [String] {
    operation.moves.map { move in "\(style.foreign(move.shortName))  \(move.text(style))" }
      + operation.settings.map { change in
        let values = [change.before, change.after].map { $0.map { style.foreign($0) } ?? "none" }
        return style.foreign(change.shortName) + "  " + values.joined(separator: " → ")
      }
  }

  var json: JSONValue { .object([("index", .optional(index))] + operation.jsonMembers) }
}

extension ModuleStore.Operation {
  /// The moves of the operation, in one line.
  func spelledMoves(isReversed: Bool) -> String {
    moves.map { move in
      let ids = (isReversed ? [move.after, move.before] : [move.before, move.after]).map { id in
        id.map { $0.hasPrefix("ref: ") ? $0 : String($0.prefix(7)) } ?? "none"
      }
      return "\(move.shortName) \(ids.joined(separator: " → "))"
    }.joined(separator: ", ")
  }
}

extension ModuleStore.Operation.SettingChange {
  /// The name without its section.
  fileprivate var shortName: String { String(key.dropFirst("wasmstore.".count)) }
}

extension ModuleStore.Operation.Move {
  /// The short name, for people.
  fileprivate var shortName: String {
    for prefix in ["refs/heads/", "refs/tags/"] where name.hasPrefix(prefix) {
      return String(name.dropFirst(prefix.count))
    }
    return name
  }

  /// The ids before and after.
  fileprivate func text(_ style: Style) -> String {
    [before, after].map { id in
      guard let id else { return "none" }
      return style.isTerminal && !id.hasPrefix("ref: ") ? String(id.prefix(7)) : id
    }.joined(separator: " → ")
  }
}
