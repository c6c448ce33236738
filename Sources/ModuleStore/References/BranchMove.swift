internal import Catalog
internal import Git
public import Identifiers

/// One move of a branch: by a command, or by plain git.
public struct BranchMove: Hashable, Sendable {
  /// What a file of the branch held before and after.
  public struct FileChange: Hashable, Sendable {
    /// The module before; nil where there was none.
    public let old: ModuleDigest?
    /// The module after; nil where there is none.
    public let new: ModuleDigest?
  }

  /// When it was; nil where nothing tells.
  public let time: Timestamp?
  /// Who did it; nil where nothing tells. The mail address is empty where that is not known.
  public let maker: Author?
  /// What the command did, or the message of plain git's reflog; nil where nothing tells.
  public let command: String?
  /// Whether wasmstore did it; false for plain git, and where nothing tells.
  public let isByWasmstore: Bool
  /// Where the branch stood; nil where it was not there.
  public let before: CommitID?
  /// Where it stood then; nil where it was gone.
  public let after: CommitID?
  /// What became of the path that was asked for; nil where none was, or where it is a directory.
  public let change: FileChange?
}

extension StoreSession {
  /// The moves of the branch, newest first: from the operation record and, for those by plain git, the reflog.
  ///
  /// - Parameters:
  ///   - path: A file or directory; only moves that changed it are wanted, as far as their commits are there.
  ///   - limit: The most moves to answer.
  ///   - filter: Which moves are wanted.
  /// - Returns: The moves.
  /// - Throws: `StoreError.branchNotFound` where there is neither a branch of that name nor a move of one.
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

  /// What a path holds in two commits; nil where one of them is gone.
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
