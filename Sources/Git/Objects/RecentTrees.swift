internal import Identifiers

/// The most recently used trees: neighbouring commits have most trees in common.
struct RecentTrees {
  private var newer: [ObjectID: Tree] = [:]
  /// The contents of `newer` when it was last full; a tree that is used again moves to `newer`.
  private var older: [ObjectID: Tree] = [:]
  private var byteCount = 0

  /// The maximum number of bytes in each of the two; trees of more than a quarter are not kept.
  private static let limit = 2 << 20

  /// The tree with that id; nil if it is not kept.
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
