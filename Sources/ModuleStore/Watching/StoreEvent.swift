/// A change of a branch: a commit and the modules that it changed.
public struct StoreEvent: Hashable, Sendable {
  /// The branch's commit after the change; nil if the branch was deleted.
  public let commit: CommitID?
  /// The paths whose module changed, sorted by segments; at least one.
  public let changes: [Change]

  /// Selects the changes of modules; nil if there is none.
  init?(_ commit: CommitID?, _ changes: [Change]) {
    self.commit = commit
    self.changes = changes.compactMap { $0.ofModules }
    if self.changes.isEmpty { return nil }
  }
}

/// The start of a cursor.
public enum CursorStart: Hashable, Sendable {
  /// At the branch's current commit: later changes are reported.
  case now
  /// At nothing: the branch's modules are reported as added.
  case nothing
  /// At a revision: the changes after it are reported.
  case revision(String)
  /// At the position of another cursor of the branch.
  case position(CursorPosition)
}

extension Change {
  /// The change of modules only; nil if there is no module before or after.
  fileprivate var ofModules: Change? {
    guard old != new else { return nil }
    return Change(
      path: path, kind: old == nil ? .added : new == nil ? .removed : .updated, old: old, new: new,
      oldSize: oldSize, newSize: newSize)
  }
}
