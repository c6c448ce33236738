/// The trees that were read last: neighbouring commits share most of theirs.
struct RecentTrees {
  private var trees: [ObjectID: Tree] = [:]
  private var byteCount = 0

  /// Larger trees are not kept, and all are dropped when they come to more than this, in bytes.
  private static let limit = 1 << 20

  subscript(id: ObjectID) -> Tree? { trees[id] }

  /// Keeps a tree.
  mutating func insert(_ tree: Tree, for id: ObjectID) {
    guard tree.bytes.count <= RecentTrees.limit / 4 else { return }
    byteCount += tree.bytes.count
    if byteCount > RecentTrees.limit {
      trees.removeAll(keepingCapacity: true)
      byteCount = tree.bytes.count
    }
    trees[id] = tree
  }
}
