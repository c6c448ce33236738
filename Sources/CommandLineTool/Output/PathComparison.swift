internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import Wasm

/// What became of the module at a path between two revisions.
struct PathComparison: Presentable {
  let change: Change
  /// Nil if only one of the revisions has the module.
  let report: ComparisonReport?

  init(_ change: Change, between old: CommitID, and new: CommitID, in store: StoreSession) throws {
    self.change = change
    guard change.old != nil, change.new != nil else {
      report = nil
      return
    }
    let modules = try [old, new].map { commit in
      try store.inspect("\(commit.hex):\(change.path)")
    }
    report = ComparisonReport(
      old: modules[0], new: modules[1],
      comparison: InterfaceComparison(old: try modules[0].valid, new: try modules[1].valid))
  }

  /// A removed module breaks its users.
  var verdict: ChangeSeverity { report?.verdict ?? (change.new == nil ? .major : .minor) }

  func text(_ style: Style) -> String {
    let summary = report?.summary ?? (change.new == nil ? "the module was removed" : "the module was added")
    var table = Table(style, wraps: true)
    table.append([verdict.rawValue, change.path.spelled, summary])
    let changes = report?.comparison.changes ?? []
    guard style.isTerminal else { return table.text + changes.map { "  \($0.fields)" }.joined() }
    var lines = Table(style, wraps: true)
    for change in changes { lines.append(["  " + change.severity.rawValue, change.line(style)]) }
    return table.text + lines.text
  }

  var json: JSONValue {
    .object([
      ("path", change.path.json), ("verdict", .text(verdict.rawValue)),
      ("action", .text(change.kind.rawValue)),
      ("comparison", report?.json ?? .null),
    ])
  }
}
