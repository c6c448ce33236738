internal import Git
internal import Identifiers

/// What becomes of a branch's history when it is squashed.
struct HistorySquash {
  /// The branch's commit.
  let head: ObjectID
  /// The commits that stay and are written anew, the newest first.
  let kept: [Git.Commit]
  /// The newest of those that become one.
  let base: Git.Commit
  /// All that become one.
  let dropped: [Git.Commit]
  /// The nearest of their ancestors that other references hold. They stay anyway, and merges need them.
  let parents: [ObjectID]
  /// The commits that other references hold.
  let held: Set<ObjectID>
  /// The references that hold commits of the branch.
  let holders: [String]

  /// A line in the message of the commit that stands for several.
  static let trailer = "Wasmstore-Gc: squash"

  /// Tells whether a commit stands for several that an earlier collection removed.
  static func isSquash(_ message: String) -> Bool {
    message.split(separator: "\n").contains { $0 == trailer }
  }

  var message: String {
    "Squash \(dropped.count) commit\(dropped.count == 1 ? "" : "s")\n\n\(HistorySquash.trailer)\n"
  }
}

extension StoreSession {
  /// Finds out what a squash of the branch's history comes to.
  ///
  /// - Parameter count: How many of the newest commits stay.
  /// - Returns: The squash, or nil where there is nothing to squash, and the references that hold the history.
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
      // One that stands on what others hold goes as well, as it did with the older wasmstore; but not one that an
      // earlier collection made, again and again.
      let isSingle = count == 0 && !parents.isEmpty && !HistorySquash.isSquash(dropped.first?.message ?? "")
      guard dropped.count > 1 || dropped.count == 1 && isSingle else { return (nil, holders) }
      return (
        HistorySquash(
          head: head, kept: kept, base: base, dropped: dropped, parents: try nearest(parents), held: held,
          holders: holders), holders
      )
    }
  }

  /// The commits that references other than the branch hold, and where these stand.
  private func heldCommits() throws(StoreError) -> (held: Set<ObjectID>, names: [(String, ObjectID)]) {
    var names: [(String, ObjectID)] = []
    for root in try reachability([]).roots {
      guard case .reference(let name, let worktree) = root.source else { continue }
      // What is kept for `undo` goes, and a reader that pins keeps objects, not history.
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

  /// Those that are no ancestors of others.
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
  /// - Parameter squash: What it comes to, found out under the same lock.
  /// - Returns: What became shorter.
  /// - Throws: `StoreError.branchProtected`, `.branchCheckedOut`, and what moving a reference throws.
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
        // Another parent stays where something else holds it.
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

  /// A message whose trailer names the commit that was written in place of the one it named. The trailer goes where its
  /// commit goes.
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
