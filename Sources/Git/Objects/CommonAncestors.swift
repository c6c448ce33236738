public import Identifiers

extension Repository {
  /// The best common ancestors of a commit and of a merge of `others`: the oldest first, and those of the same second
  /// sorted by id; empty if the histories are unrelated.
  public func mergeBases(_ commit: ObjectID, _ others: some Sequence<ObjectID>) throws(GitError) -> [ObjectID]
  {
    var bases = try CommonAncestors(of: commit, Array(others), in: self).found
    // If dates are out of order, some may be ancestors of others.
    for base in bases where bases.count > 1 {
      let rest = bases.filter { $0 != base }
      if try isReachable(base, from: rest) { bases = rest }
    }
    let dated = try bases.map { (base) throws(GitError) in (time: try links(of: base).time, id: base) }
    return dated.sorted { ($0.time, $0.id) < ($1.time, $1.id) }.map(\.id)
  }

  /// Returns whether `ancestor` is `descendant` or one of its ancestors.
  public func isAncestor(_ ancestor: ObjectID, of descendant: ObjectID) throws(GitError) -> Bool {
    try isReachable(ancestor, from: [descendant])
  }

  /// Returns whether any of `descendants` is `commit` or has it among its ancestors.
  public func isReachable(_ commit: ObjectID, from descendants: [ObjectID]) throws(GitError) -> Bool {
    if descendants.contains(commit) { return true }
    return try CommonAncestors(of: commit, descendants, in: self).isAncestor
  }
}

/// Walks two histories back until only common commits are left.
///
/// Each commit is marked with the sides from which it is reachable, the newest first. A commit that is reachable from
/// both sides is common, and so are all its ancestors (`paint_down_to_common` of git's commit-reach).
private struct CommonAncestors {
  /// The common ancestors that are not reachable from others.
  private(set) var found: [ObjectID] = []
  /// Whether the first side's commit is reachable from the second side.
  var isAncestor: Bool { colors[first]?.contains(.second) == true }

  private struct Colors: OptionSet {
    let rawValue: UInt8
    static let first = Colors(rawValue: 1)
    static let second = Colors(rawValue: 2)
    /// Reachable from a common ancestor.
    static let stale = Colors(rawValue: 4)
  }

  private let first: ObjectID
  private var colors: [ObjectID: Colors] = [:]
  private var parents: [ObjectID: [ObjectID]] = [:]
  private var queue = CommitQueue()
  /// The number of times that each commit is in the queue.
  private var waiting: [ObjectID: Int] = [:]
  /// The number of entries of the queue whose commits are not stale.
  private var freshCount = 0

  init(of first: ObjectID, _ second: [ObjectID], in repository: Repository) throws(GitError) {
    self.first = first
    try paint(first, .first, in: repository)
    for commit in second { try paint(commit, .second, in: repository) }
    var common: [ObjectID] = []
    while freshCount > 0, let id = queue.removeNewest() {
      try repository.requireWanted()
      leave(id)
      var color = colors[id, default: []]
      if color == [.first, .second] {
        common.append(id)
        color.insert(.stale)
      }
      for parent in parents[id] ?? [] where !colors[parent, default: []].isSuperset(of: color) {
        try paint(parent, color, in: repository)
      }
    }
    found = Set(common).filter { !colors[$0, default: []].contains(.stale) }.sorted()
  }

  private mutating func paint(_ id: ObjectID, _ color: Colors, in repository: Repository) throws(GitError) {
    let before = colors[id, default: []]
    colors[id] = before.union(color)
    if color.contains(.stale), !before.contains(.stale) { freshCount -= waiting[id, default: 0] }
    let links = try repository.links(of: id)
    parents[id] = links.parents
    queue.insert(id, time: links.time)
    waiting[id, default: 0] += 1
    if !before.union(color).contains(.stale) { freshCount += 1 }
  }

  private mutating func leave(_ id: ObjectID) {
    waiting[id, default: 1] -= 1
    if !colors[id, default: []].contains(.stale) { freshCount -= 1 }
  }
}
