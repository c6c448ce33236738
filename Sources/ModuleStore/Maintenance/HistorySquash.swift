internal import Git
internal import Identifiers

/// The squash of a branch's history.
struct HistorySquash {
  /// The branch's commit.
  let head: ObjectID
  /// The commits that are kept and rewritten, the newest first.
  let kept: [Git.Commit]
  /// The newest of the squashed commits.
  let base: Git.Commit
  /// All squashed commits.
  let dropped: [Git.Commit]
  /// The nearest of their ancestors that other references reach. These stay anyway, and merges need them.
  let parents: [ObjectID]
  /// The commits that other references reach.
  let held: Set<ObjectID>
  /// The references that reach commits of the branch.
  let holders: [String]

  /// A line in the message of a squashed commit.
  static let trailer = "Wasmstore-Gc: squash"

  /// Returns whether a commit is the result of an earlier squash.
  static func isSquash(_ message: String) -> Bool {
    message.split(separator: "\n").contains { $0 == trailer }
  }

  var message: String {
    "Squash \(dropped.count) commit\(dropped.count == 1 ? "" : "s")\n\n\(HistorySquash.trailer)\n"
  }
}

extension StoreSession {
  /// Determines the squash of the branch's history.
  ///
  /// - Parameter count: The number of newest commits to keep.
  /// - Returns: The squash, or nil if there is nothing to squash, and the references that reach the history.
  /// - Throws: `StoreError.branchNotFound`, `.beyondBoundary` in a shallow clone.
  func squash(keeping count: Int) throws(StoreError) -> (squash: HistorySquash?, holders: [String]) {
    guard let head = try head()?.object else { return (nil, []) }
    if try isShallow { throw .beyondBoundary("cannot squash \(branch)") }
    let (held, names) = try heldCommits()
    return try translated { () throws(GitError) in
      var kept: [Git.Commit] = []
      var base = try repository.commit(head)
      while kept.count < count {
        guard let parent = base.parents.first else { return (nil, []) }
        kept.append(base)
        base = try repository.commit(parent)
      }
      var dropped: [Git.Commit] = []
      var parents: [ObjectID] = []
      var seen: Set<ObjectID> = [base.id]
      var pending = [base.id]
      while let id = pending.popLast() {
        guard !held.contains(id) else {
          parents.append(id)
          continue
        }
        let commit = try repository.commit(id)
        dropped.append(commit)
        pending += commit.parents.reversed().filter { seen.insert($0).inserted }
      }
      let holders = try parents.isEmpty ? [] : self.holders(of: parents, among: names)
      // A single commit whose parents other references reach is squashed too, as in the older wasmstore; but not a
      // commit that an earlier collection made, because that would be repeated each time.
      let isSingle = count == 0 && !parents.isEmpty && !HistorySquash.isSquash(dropped.first?.message ?? "")
      guard dropped.count > 1 || dropped.count == 1 && isSingle else { return (nil, holders) }
      return (
        HistorySquash(
          head: head, kept: kept, base: base, dropped: dropped, parents: try nearest(parents), held: held,
          holders: holders), holders
      )
    }
  }

  /// The commits that references other than the branch reach, and the commits that these name.
  private func heldCommits() throws(StoreError) -> (held: Set<ObjectID>, names: [(String, ObjectID)]) {
    var names: [(String, ObjectID)] = []
    for root in try reachability([]).roots {
      guard case .reference(let name, let worktree) = root.source else { continue }
      // References kept for `undo` are deleted, and a pin keeps objects, not history.
      if worktree == nil, name == branch.reference || name.hasPrefix("refs/wasmstore/") { continue }
      let commit = try translated { () throws(GitError) in try repository.commitID(peeling: root.object) }
      if let commit { names.append((root.source.description, commit)) }
    }
    var held: Set<ObjectID> = []
    try translated { () throws(GitError) in
      try repository.walk(from: names.map(\.1)) { (id) throws(GitError) in
        held.insert(id)
        return true
      }
    }
    return (held, names)
  }

  /// The commits that are not ancestors of others.
  private func nearest(_ commits: [ObjectID]) throws(GitError) -> [ObjectID] {
    var nearest: [ObjectID] = []
    for commit in commits {
      let others = commits.filter { $0 != commit }
      if try !repository.isReachable(commit, from: others) { nearest.append(commit) }
    }
    return nearest
  }

  private func holders(
    of commits: [ObjectID], among names: [(String, ObjectID)]
  ) throws(GitError) -> [String] {
    var holders: [String] = []
    for (name, commit) in names {
      for held in commits {
        guard try held == commit ? true : repository.isAncestor(held, of: commit) else { continue }
        holders.append(name)
        break
      }
    }
    return holders
  }

  /// Squashes the branch's history, and ends what can be undone. Called under the write lock.
  ///
  /// - Parameter squash: The squash, determined under the same lock.
  /// - Returns: The shortened history.
  /// - Throws: `StoreError.branchProtected`, `.branchCheckedOut`, and errors of moving a reference.
  func perform(_ squash: HistorySquash) throws(StoreError) -> SquashedHistory {
    if try isProtected(branch) { throw .branchProtected(branch) }
    try refuseCheckedOut(branch)
    let signature = try author.signature(at: work.now())
    let objects = ObjectSink(looseObjects)
    var rewritten: [ObjectID: ObjectID] = [:]
    let head = try translated { () throws(GitError) in
      var last = try objects.write(
        Git.Commit.encode(
          tree: squash.base.tree, parents: squash.parents, author: signature, committer: signature,
          message: squash.message
        ).span.bytes, kind: .commit)
      rewritten[squash.base.id] = last
      for commit in squash.kept.reversed() {
        // Another parent is kept if something else reaches it.
        let others = commit.parents.dropFirst().filter { squash.held.contains($0) }
        last = try objects.write(
          Git.Commit.encode(
            tree: commit.tree, parents: [last] + others, author: commit.author, committer: commit.committer,
            message: following(rewritten, squash.held, in: commit.message)
          ).span.bytes, kind: .commit)
        rewritten[commit.id] = last
      }
      return last
    }
    try perform(
      [ReferenceMove(name: branch.reference, before: squash.head, after: head)], command: "gc",
      objects: objects)
    let times = squash.dropped.map(\.committer.seconds)
    return SquashedHistory(
      branch: branch, commitCount: squash.dropped.count, oldest: Timestamp(seconds: times.min() ?? 0),
      before: CommitID(squash.head), after: CommitID(head),
      rewritten: Dictionary(
        uniqueKeysWithValues: rewritten.map { (CommitID($0.key), CommitID($0.value)) }))
  }

  /// A message whose trailer names the rewritten commit instead of the old one. The trailer is removed if its commit
  /// was removed.
  private func following(
    _ rewritten: [ObjectID: ObjectID], _ held: Set<ObjectID>, in message: String
  ) -> String {
    guard case .commit(let target) = RollbackTrailer.target(in: message), !held.contains(target) else {
      return message
    }
    let line = RollbackTrailer.line(.commit(target))
    let new = rewritten[target].map { RollbackTrailer.line(.commit($0)) }
    return message.split(separator: "\n", omittingEmptySubsequences: false)
      .compactMap { $0 == line ? new : String($0) }.joined(separator: "\n")
  }
}
