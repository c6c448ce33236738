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

/// How a merge decides.
public struct MergeStrategy: Sendable {
  /// The side that wins every conflict; nil for neither.
  public var favor: MergeSide?
  /// The side that wins at a path.
  public var picks: [ModulePath: MergeSide] = [:]
  /// Whether only a merge that needs no commit is done.
  public var isFastForwardOnly = false
  /// Whether there is a merge commit even where the branch could just move forward.
  public var alwaysCommits = false

  /// Decides nothing.
  public init() {}
}

/// What a merge came to.
public struct MergeResult: Hashable, Sendable {
  /// The kinds of outcome.
  public enum Kind: String, Hashable, Sendable {
    case upToDate = "up to date"
    case fastForward = "fast-forward"
    case merged
  }

  /// How it was done.
  public let kind: Kind
  /// Where the branch stands now; nil where nothing changed, or in a dry run.
  public let commit: CommitID?
  /// What changed in the branch.
  public let changes: [Change]
  /// What took back what is merged, where the branch has it in its history and not in its tree; else nil.
  public internal(set) var rolledBack: RolledBackMerge?
}

/// A path that both histories changed, each in its own way.
public struct MergeConflict: Hashable, Sendable {
  /// Where they changed it.
  public let path: RawPath
  /// What the common ancestor holds; nil where it has no module there, or where there are several that disagree.
  public let base: ModuleDigest?
  /// What the branch holds.
  public let ours: ModuleDigest?
  /// What the other history holds.
  public let theirs: ModuleDigest?
}

/// The conflicts that stopped a merge.
public struct MergeConflicts: Hashable, Sendable {
  /// What was to be merged.
  public let from: String
  /// The branch that it was to be merged into.
  public let into: BranchName
  /// The paths that need a decision, in order.
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
        // Someone else's commit came in between, so this is a merge of two histories now.
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

  /// Moves the branch on to a history that has all of its own; a branch without commits begins with it.
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
      // A history that was found good is not gone through again while others wait.
      let present = try self.policies()
      guard present.texts != policies.texts else { return }
      try present.enforce(on: differences, in: self)
    }
    return MergeResult(kind: .fastForward, commit: theirs, changes: changes)
  }

  /// What the merge changes in our tree, the conflicts decided as the strategy says.
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
