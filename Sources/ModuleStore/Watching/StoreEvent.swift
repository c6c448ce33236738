/// What became of a branch: a commit and the modules that it changed.
public struct StoreEvent: Hashable, Sendable {
  /// The commit that the branch stands at afterwards; nil where the branch went.
  public let commit: CommitID?
  /// The paths whose module is another one, in the order of their steps; at least one.
  public let changes: [Change]

  /// Takes of the changes those of modules; nil where there is none.
  init?(_ commit: CommitID?, _ changes: [Change]) {
    self.commit = commit
    self.changes = changes.compactMap { $0.ofModules }
    if self.changes.isEmpty { return nil }
  }
}

/// Where a cursor begins.
public enum CursorStart: Hashable, Sendable {
  /// Where the branch stands: what comes after is told.
  case now
  /// At nothing: what the branch holds is told as added.
  case nothing
  /// At a revision: what came after it is told.
  case revision(String)
  /// Where another cursor of the branch stands.
  case position(CursorPosition)
}

extension Change {
  /// The change as one who sees modules alone sees it; nil where there is no module before or after.
  fileprivate var ofModules: Change? {
    guard old != new else { return nil }
    return Change(
      path: path, kind: old == nil ? .added : new == nil ? .removed : .updated, old: old, new: new,
      oldSize: oldSize, newSize: newSize)
  }
}
