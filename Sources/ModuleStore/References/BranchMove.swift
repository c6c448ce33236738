internal import Catalog
internal import Git
public import Identifiers

/// One move of a branch: by a command, or by plain git.
public struct BranchMove: Hashable, Sendable {
  /// The module at a path of the branch before and after.
  public struct FileChange: Hashable, Sendable {
    /// The module before; nil if there was none.
    public let old: ModuleDigest?
    /// The module after; nil if there is none.
    public let new: ModuleDigest?
  }

  /// The time of the move; nil if it is unknown.
  public let time: Timestamp?
  /// The author of the move; nil if unknown. The mail address is empty if it is unknown.
  public let maker: Author?
  /// The command, or the message in plain git's reflog; nil if unknown.
  public let command: String?
  /// Whether wasmstore moved the branch; false for plain git, and if unknown.
  public let isByWasmstore: Bool
  /// The commit before; nil if the branch did not exist.
  public let before: CommitID?
  /// The commit after; nil if the branch was deleted.
  public let after: CommitID?
  /// The change of the requested path; nil if no path was requested, or if it is a directory.
  public let change: FileChange?
}

extension StoreSession {
  /// The moves of the branch, newest first: from the operation record and, for those by plain git, the reflog.
  ///
  /// - Parameters:
  ///   - path: A file or directory; only moves that changed it are returned, if their commits still exist.
  ///   - limit: The maximum number of moves.
  ///   - filter: Selects moves.
  /// - Returns: The moves.
  /// - Throws: `StoreError.branchNotFound` if there is neither a branch of that name nor a move of one.
  public func moves(
    of path: ModulePath? = nil, limit: Int? = nil, filter: HistoryFilter = HistoryFilter()
  ) throws(StoreError) -> [BranchMove] {
    var history = try history(of: branch.reference)
    let current = try commitID(ofReference: branch.reference)
    if history.moves.isEmpty, current == nil, branch != defaultBranch { throw .branchNotFound(branch) }
    history.closeGaps(upTo: current?.hex)
    var moves: [BranchMove] = []
    for move in history.moves.reversed() where filter.wants(by: move.cause?.maker, at: move.time) {
      guard moves.count < limit ?? .max else { break }
      let before = move.before.flatMap { CommitID(hex: $0) }
      let after = move.after.flatMap { CommitID(hex: $0) }
      var change: BranchMove.FileChange?
      if let path {
        guard let sides = try sides(of: path, before, after), sides.old != sides.new else { continue }
        if ![sides.old, sides.new].contains(where: { $0?.mode == .directory }) {
          change = BranchMove.FileChange(old: try digest(of: sides.old), new: try digest(of: sides.new))
        }
      }
      moves.append(
        BranchMove(
          time: move.time, maker: move.cause?.maker, command: move.cause?.command,
          isByWasmstore: move.cause?.isByWasmstore ?? false, before: before, after: after, change: change))
    }
    return moves
  }

  /// The content of a path in two commits; nil if one of them no longer exists.
  private func sides(
    of path: ModulePath, _ before: CommitID?, _ after: CommitID?
  ) throws(StoreError) -> (old: TreeEntry?, new: TreeEntry?)? {
    for commit in [before, after] {
      if let commit, !repository.contains(commit.object) { return nil }
    }
    let old = try before.flatMap { id throws(StoreError) in try entry(at: path, in: id) }
    let new = try after.flatMap { id throws(StoreError) in try entry(at: path, in: id) }
    return (old, new)
  }

  private func digest(of entry: TreeEntry?) throws(StoreError) -> ModuleDigest? {
    guard let entry, entry.mode == .file else { return nil }
    return try facts(ofBlob: entry.id).digest
  }
}
