internal import Clibgit2

/// The order in which a walk visits commits.
public enum WalkOrder: Sendable {
  /// By commit time, newest first; starts at once.
  case time
  /// No parent before all of its children; reads the whole history first.
  case topological
}

extension Repository {
  /// Visits every commit that is reachable from `starts` and not from `hidden`, until `body` answers false.
  public func walk(
    from starts: [ObjectID], hiding hidden: [ObjectID] = [], order: WalkOrder = .time,
    _ body: (ObjectID) throws(GitError) -> Bool
  ) throws(GitError) {
    let walk = try Handle<RevisionWalkKind> { git_revwalk_new(&$0, handle.raw) }
    let sorting =
      order == .time ? GIT_SORT_TIME.rawValue : GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_TIME.rawValue
    try check(git_revwalk_sorting(walk.raw, sorting))
    for start in starts {
      var raw = start.raw
      try check(git_revwalk_push(walk.raw, &raw))
    }
    for end in hidden {
      var raw = end.raw
      try check(git_revwalk_hide(walk.raw, &raw))
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

  /// The best common ancestor of two commits; nil where their histories are unrelated.
  public func mergeBase(_ first: ObjectID, _ second: ObjectID) throws(GitError) -> ObjectID? {
    var base = git_oid()
    var one = first.raw
    var two = second.raw
    do {
      try check(git_merge_base(&base, handle.raw, &one, &two))
      return ObjectID(base)
    } catch  where error.code == .notFound {
      return nil
    }
  }

  /// Tells whether `ancestor` is `descendant` or one of its ancestors.
  public func isAncestor(_ ancestor: ObjectID, of descendant: ObjectID) throws(GitError) -> Bool {
    guard ancestor != descendant else { return true }
    var old = ancestor.raw
    var new = descendant.raw
    return try check(git_graph_descendant_of(handle.raw, &new, &old)) == 1
  }

  /// Tells whether any of `descendants` is `commit` or has it among its ancestors.
  public func isReachable(_ commit: ObjectID, from descendants: [ObjectID]) throws(GitError) -> Bool {
    var target = commit.raw
    let starts = descendants.map(\.raw)
    return try check(git_graph_reachable_from_any(handle.raw, &target, starts, starts.count)) == 1
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
