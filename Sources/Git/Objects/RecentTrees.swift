internal import Identifiers

/// The trees that were used last: neighbouring commits share most of theirs.
struct RecentTrees {
  private var newer: [ObjectID: Tree] = [:]
  /// What was in `newer` when it was full last; what is used again moves over.
  private var older: [ObjectID: Tree] = [:]
  private var byteCount = 0

  /// The bytes that either of the two may hold; trees of more than a quarter are not kept.
  private static let limit = 2 << 20

  /// The tree of that id; nil where it is not kept.
  mutating func tree(_ id: ObjectID) -> Tree? {
    if let tree = newer[id] { return tree }
    guard let tree = older[id] else { return nil }
    insert(tree, for: id)
    return tree
  }

  /// Keeps a tree.
  mutating func insert(_ tree: Tree, for id: ObjectID) {
    guard tree.bytes.count <= RecentTrees.limit / 4 else { return }
    byteCount += tree.bytes.count
    if byteCount > RecentTrees.limit {
      swap(&older, &newer)
      newer.removeAll(keepingCapacity: true)
      byteCount = tree.bytes.count
    }
    newer[id] = tree
  }
}
