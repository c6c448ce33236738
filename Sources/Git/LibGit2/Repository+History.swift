internal import Clibgit2
public import Identifiers

/// The order in which a walk visits commits.
public enum WalkOrder: Sendable {
  /// By commit time, newest first; starts at once.
  case time
  /// No parent before all of its children; reads the whole history first.
  case topological
}

extension Repository {
  /// Visits every commit that is reachable from `starts`, until `body` answers false.
  public func walk(
    from starts: [ObjectID], order: WalkOrder = .time, _ body: (ObjectID) throws(GitError) -> Bool
  ) throws(GitError) {
    switch order {
    case .time: try walkByTime(from: starts, body)
    case .topological:
      try isShallow
        ? walkShallowTopologically(from: starts, body) : walkTopologically(from: starts, body)
    }
  }

  /// Visits the newest commit first of those whose child was visited, commits of one second in the order in
  /// which they were met, as git does; libgit2 may show a parent of the same second before its child.
  private func walkByTime(
    from starts: [ObjectID], _ body: (ObjectID) throws(GitError) -> Bool
  ) throws(GitError) {
    var queue = CommitQueue()
    var seen: Set<ObjectID> = []
    for start in starts where seen.insert(start).inserted { queue.insert(start, time: try time(start)) }
    while let id = queue.removeNewest() {
      guard try body(id) else { return }
      for parent in try parents(id) where seen.insert(parent).inserted {
        queue.insert(parent, time: try time(parent))
      }
    }
  }

  func time(_ id: ObjectID) throws(GitError) -> Int64 {
    var raw = id.raw
    let commit = try Handle<CommitKind> { git_commit_lookup(&$0, handle, &raw) }
    return git_commit_time(commit.raw)
  }

  func parents(_ id: ObjectID) throws(GitError) -> [ObjectID] {
    var raw = id.raw
    return try parents(of: try Handle<CommitKind> { git_commit_lookup(&$0, handle, &raw) }, id)
  }

  private func walkTopologically(
    from starts: [ObjectID], _ body: (ObjectID) throws(GitError) -> Bool
  ) throws(GitError) {
    let walk = try Handle<RevisionWalkKind> { git_revwalk_new(&$0, handle) }
    try check(git_revwalk_sorting(walk.raw, GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_TIME.rawValue))
    for start in starts {
      var raw = start.raw
      try check(git_revwalk_push(walk.raw, &raw))
    }
    var id = git_oid()
    while true {
      let status = git_revwalk_next(&id, walk.raw)
      if status == GIT_ITEROVER.rawValue { return }
      try check(status)
      guard try body(ObjectID(id)) else { return }
    }
  }

  /// Visits a commit and its first parents back to the root, with their trees, until `body` answers false.
  public func walkFirstParents(
    from start: ObjectID, _ body: (FirstParentStep) throws(GitError) -> Bool
  ) throws(GitError) {
    var next: ObjectID? = start
    while let id = next {
      let link = try link(id)
      guard try body(FirstParentStep(id: id, tree: link.tree, parent: link.firstParent)) else { return }
      next = link.firstParent
    }
  }

  /// The best common ancestors of a commit and of what a merge of `others` would be: the oldest first, those of one
  /// second in the order of their ids; none where the histories are unrelated.
  public func mergeBases(_ commit: ObjectID, _ others: some Sequence<ObjectID>) throws(GitError) -> [ObjectID]
  {
    let bases = try isShallow ? shallowMergeBases(commit, Array(others)) : deepMergeBases(commit, others)
    let dated = try bases.map { (base) throws(GitError) in (time: try time(base), id: base) }
    return dated.sorted { ($0.time, $0.id) < ($1.time, $1.id) }.map(\.id)
  }

  private func deepMergeBases(
    _ commit: ObjectID, _ others: some Sequence<ObjectID>
  ) throws(GitError) -> [ObjectID] {
    let commits = [commit.raw] + others.map(\.raw)
    var found = git_oidarray()
    do {
      try check(git_merge_bases_many(&found, handle, commits.count, commits))
    } catch  where error.code == .notFound {
      return []
    }
    defer { git_oidarray_dispose(&found) }
    return UnsafeBufferPointer(start: found.ids, count: found.count).map { ObjectID($0) }
  }

  /// Tells whether `ancestor` is `descendant` or one of its ancestors.
  public func isAncestor(_ ancestor: ObjectID, of descendant: ObjectID) throws(GitError) -> Bool {
    guard ancestor != descendant else { return true }
    if try isShallow { return try isShallowlyReachable(ancestor, from: [descendant]) }
    var old = ancestor.raw
    var new = descendant.raw
    return try check(git_graph_descendant_of(handle, &new, &old)) == 1
  }

  /// Tells whether any of `descendants` is `commit` or has it among its ancestors.
  public func isReachable(_ commit: ObjectID, from descendants: [ObjectID]) throws(GitError) -> Bool {
    if try isShallow { return try isShallowlyReachable(commit, from: descendants) }
    var target = commit.raw
    let starts = descendants.map(\.raw)
    return try check(git_graph_reachable_from_any(handle, &target, starts, starts.count)) == 1
  }
}

/// One commit of a first-parent walk.
public struct FirstParentStep: Sendable {
  /// The commit.
  public let id: ObjectID
  /// Its root tree.
  public let tree: ObjectID
  /// Its first parent; nil at a root.
  public let parent: ObjectID?

  /// Makes a step from its parts.
  public init(id: ObjectID, tree: ObjectID, parent: ObjectID?) {
    self.id = id
    self.tree = tree
    self.parent = parent
  }
}
