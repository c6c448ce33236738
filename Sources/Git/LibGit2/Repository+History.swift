public import Identifiers

/// The order in which a walk visits commits.
public enum WalkOrder: Sendable {
  /// By commit time, newest first; the first commit is visited immediately.
  case time
  /// No parent before all of its children; reads the whole history first.
  case topological
}

extension Repository {
  /// Visits every commit that is reachable from `starts`, until `body` returns false.
  ///
  /// - Parameters:
  ///   - starts: Where the walk begins.
  ///   - excluded: Commits that are passed over, with what only they lead to.
  ///   - order: Which commits come first.
  ///   - body: Is given each commit.
  /// - Throws: `GitError` where a commit cannot be read, and what `body` throws.
  public func walk(
    from starts: [ObjectID], excluding excluded: Set<ObjectID> = [], order: WalkOrder = .time,
    _ body: (ObjectID) throws(GitError) -> Bool
  ) throws(GitError) {
    switch order {
    case .time: try walkByTime(from: starts, excluded, body)
    case .topological: try walkTopologically(from: starts, excluded, body)
    }
  }

  /// Visits, among the parents of visited commits, the newest first, and commits of the same second in the order in
  /// which they were found, as git does; libgit2 may visit a parent of the same second before its child.
  private func walkByTime(
    from starts: [ObjectID], _ excluded: Set<ObjectID>, _ body: (ObjectID) throws(GitError) -> Bool
  ) throws(GitError) {
    var queue = CommitQueue()
    var parents: [ObjectID: [ObjectID]] = [:]
    func meet(_ id: ObjectID) throws(GitError) {
      guard parents[id] == nil, !excluded.contains(id) else { return }
      let links = try links(of: id)
      parents[id] = links.parents
      queue.insert(id, time: links.time)
    }
    for start in starts { try meet(start) }
    while let id = queue.removeNewest() {
      try requireWanted()
      guard try body(id) else { return }
      for parent in parents[id] ?? [] { try meet(parent) }
      // It was found already and is not added again.
      parents[id] = []
    }
  }

  /// Visits, among the commits whose children were all visited, the newest first.
  private func walkTopologically(
    from starts: [ObjectID], _ excluded: Set<ObjectID>, _ body: (ObjectID) throws(GitError) -> Bool
  ) throws(GitError) {
    var links: [ObjectID: CommitLinks] = [:]
    var children: [ObjectID: Int] = [:]
    var pending = starts
    while let id = pending.popLast() {
      try requireWanted()
      guard links[id] == nil, !excluded.contains(id) else { continue }
      let found = try self.links(of: id)
      links[id] = found
      for parent in found.parents { children[parent, default: 0] += 1 }
      pending += found.parents
    }
    var queue = CommitQueue()
    func insert(_ id: ObjectID) {
      if children[id, default: 0] == 0, let time = links[id]?.time { queue.insert(id, time: time) }
    }
    var met: Set<ObjectID> = []
    for start in starts where met.insert(start).inserted { insert(start) }
    while let id = queue.removeNewest() {
      try requireWanted()
      guard try body(id) else { return }
      for parent in links[id]?.parents ?? [] {
        children[parent, default: 1] -= 1
        insert(parent)
      }
    }
  }

  /// The parents of a commit (none if history ends with it), and its time.
  typealias CommitLinks = (parents: [ObjectID], time: Int64)

  func links(of id: ObjectID) throws(GitError) -> CommitLinks {
    let text = ObjectText(try object(id, kind: .commit))
    return (try endsHistory(id) ? [] : text.ids("parent"), text.seconds("committer"))
  }

  /// Visits a commit and its first parents back to the root, with their trees, until `body` returns false.
  public func walkFirstParents(
    from start: ObjectID, _ body: (FirstParentStep) throws(GitError) -> Bool
  ) throws(GitError) {
    var next: ObjectID? = start
    while let id = next {
      try requireWanted()
      let link = try link(id)
      guard try body(FirstParentStep(id: id, tree: link.tree, parent: link.firstParent)) else { return }
      next = link.firstParent
    }
  }
}

/// One commit of a first-parent walk.
public struct FirstParentStep: Sendable {
  /// The commit.
  public let id: ObjectID
  /// Its root tree.
  public let tree: ObjectID
  /// Its first parent; nil for a root.
  public let parent: ObjectID?

  /// Creates a step from its parts.
  public init(id: ObjectID, tree: ObjectID, parent: ObjectID?) {
    self.id = id
    self.tree = tree
    self.parent = parent
  }
}
