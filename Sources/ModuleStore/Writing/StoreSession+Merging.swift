internal import Catalog
internal import Git
public import Identifiers

/// One of the two histories of a merge.
public enum MergeSide: String, Hashable, Sendable, CaseIterable {
  /// The branch in use.
  case ours
  /// The history that is merged into it.
  case theirs
}

/// How a merge resolves conflicts.
public struct MergeStrategy: Sendable {
  /// The side that wins every conflict; nil for neither.
  public var favor: MergeSide?
  /// The side that wins at each of these paths.
  public var picks: [ModulePath: MergeSide] = [:]
  /// Whether the merge fails if it would need a commit.
  public var isFastForwardOnly = false
  /// Whether a merge commit is made even if the branch could just move forward.
  public var alwaysCommits = false

  /// Makes a strategy that resolves no conflict.
  public init() {}
}

/// The result of a merge.
public struct MergeResult: Hashable, Sendable {
  /// The kinds of results.
  public enum Kind: String, Hashable, Sendable {
    case upToDate = "up to date"
    case fastForward = "fast-forward"
    case merged
  }

  /// The kind of this result.
  public let kind: Kind
  /// The commit of the branch now; nil if nothing changed, or in a dry run.
  public let commit: CommitID?
  /// The changes in the branch.
  public let changes: [Change]
  /// The rollback that undid an earlier merge of the same history, if its changes are missing for that reason; else
  /// nil.
  public internal(set) var rolledBack: RolledBackMerge?
}

/// A path that both histories changed in different ways.
public struct MergeConflict: Hashable, Sendable {
  /// The path.
  public let path: RawPath
  /// The module in the common ancestor; nil if there is none, or if several ancestors differ.
  public let base: ModuleDigest?
  /// The module in the branch.
  public let ours: ModuleDigest?
  /// The module in the other history.
  public let theirs: ModuleDigest?
}

/// The conflicts that stopped a merge.
public struct MergeConflicts: Hashable, Sendable {
  /// The branch or revision to merge.
  public let from: String
  /// The target branch of the merge.
  public let into: BranchName
  /// The paths that need a decision, sorted.
  public let conflicts: [MergeConflict]
}

extension StoreSession {
  /// Merges a branch or revision into the branch: three-way over paths, all or nothing.
  ///
  /// - Throws: `StoreError.mergeConflict`, with nothing changed; `.notFastForward`, `.invalidPick`.
  public func merge(
    _ name: String, strategy: MergeStrategy = MergeStrategy(), message: String? = nil, dryRun: Bool = false
  ) throws(StoreError) -> MergeResult {
    try whileNothingIsDeleted(unless: dryRun) { () throws(StoreError) in
      try merge(resolve(name), name: name, strategy: strategy, message: message, dryRun: dryRun)
    }
  }

  private func merge(
    _ theirs: CommitID, name: String, strategy: MergeStrategy, message: String?, dryRun: Bool
  ) throws(StoreError) -> MergeResult {
    guard let head = try head() else {
      return try fastForward(from: nil, to: theirs, name: name, dryRun: dryRun)
    }
    if try isAncestor(theirs, of: head) {
      return MergeResult(
        kind: .upToDate, commit: nil, changes: [], rolledBack: try rollback(of: theirs, upTo: head))
    }
    if !strategy.alwaysCommits, try isAncestor(head, of: theirs) {
      do throws(StoreError) {
        return try fastForward(from: head, to: theirs, name: name, dryRun: dryRun)
      } catch .branchMoved {
        // Another process committed in between, so this is a merge of two histories now.
      }
    }
    if strategy.isFastForwardOnly { throw .notFastForward(from: name, into: branch) }
    let result = try transaction("merge \(name)", isDirect: false, dryRun: dryRun) {
      (transaction) throws(StoreError) in
      guard let commit = transaction.base else { throw .noCommits(branch) }
      let edits = try mergeEdits(of: theirs, into: commit, name: name, strategy: strategy)
      try translated { () throws(GitError) in try transaction.editor.apply(edits) }
      return Draft(message: message ?? "Merge \(name)", otherParents: [theirs.object], isAlwaysMade: true)
    }
    record(result)
    return MergeResult(
      kind: .merged, commit: result.commit.map { CommitID($0) },
      changes: try changes(of: result.differences))
  }

  /// Moves the branch forward to a history that contains its own; a branch without commits starts with that history.
  private func fastForward(
    from head: CommitID?, to theirs: CommitID, name: String, dryRun: Bool
  ) throws(StoreError) -> MergeResult {
    if head == nil { try refuseClash(of: branch.reference) }
    let old = try head.map { id throws(StoreError) in try commit(id).tree }
    let new = try commit(theirs).tree
    var differences: [TreeDifference] = []
    try translated { () throws(GitError) in
      try repository.compare(old, new) { differences.append($0) }
    }
    let policies = try policies()
    try policies.enforce(on: differences, in: self)
    let changes = try changes(of: differences)
    guard !dryRun else { return MergeResult(kind: .fastForward, commit: nil, changes: changes) }
    try moveReferences(
      [ReferenceMove(name: branch.reference, before: head?.object, after: theirs.object)],
      command: "merge \(name)"
    ) { () throws(StoreError) in
      // Do not check a history again that passed already, while others wait.
      let present = try self.policies()
      guard present.texts != policies.texts else { return }
      try present.enforce(on: differences, in: self)
    }
    return MergeResult(kind: .fastForward, commit: theirs, changes: changes)
  }

  /// The changes of the merge to our tree, with conflicts resolved by the strategy.
  private func mergeEdits(
    of theirs: CommitID, into commit: Commit, name: String, strategy: MergeStrategy
  ) throws(StoreError) -> [TreeMerge.Edit] {
    let bases = try translated { () throws(GitError) in
      try repository.mergeBases(commit.id.object, [theirs.object])
    }
    if bases.isEmpty, try isShallow { throw .beyondBoundary("cannot merge \(name) into \(branch)") }
    var merge = try translated { () throws(GitError) in
      try repository.merge(commit.id.object, theirs.object)
    }
    let conflicts = merge.conflicts
    merge.conflicts = []
    for pick in strategy.picks.keys.sorted() where !conflicts.contains(where: { $0.path == pick.names }) {
      throw .invalidPick(pick)
    }
    for conflict in conflicts {
      let pick =
        ModulePath(bytes: Array(conflict.path.joined(separator: [0x2f]))).flatMap { strategy.picks[$0] }
        ?? strategy.favor
      switch pick {
      case .ours?: continue
      case .theirs?: merge.edits.append(TreeMerge.Edit(path: conflict.path, entry: conflict.theirs))
      case nil: merge.conflicts.append(conflict)
      }
    }
    guard merge.conflicts.isEmpty else {
      throw .mergeConflict(try described(merge.conflicts, from: name))
    }
    return merge.edits
  }

  private func described(
    _ conflicts: [TreeMerge.Conflict], from name: String
  ) throws(StoreError) -> MergeConflicts {
    var described: [MergeConflict] = []
    for conflict in conflicts {
      described.append(
        MergeConflict(
          path: RawPath(conflict.path), base: try digest(of: conflict.base),
          ours: try digest(of: conflict.ours), theirs: try digest(of: conflict.theirs)))
    }
    return MergeConflicts(from: name, into: branch, conflicts: described)
  }

  private func digest(of side: TreeDifference.Side?) throws(StoreError) -> ModuleDigest? {
    guard let side, side.mode == .file else { return nil }
    return try facts(ofBlob: side.id).digest
  }
}
