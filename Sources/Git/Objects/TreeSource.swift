public import Identifiers

/// A source of trees.
public protocol TreeSource {
  /// Reads a tree.
  ///
  /// - Throws: `GitError` with `.notFound`, or `.damaged` if the object is of another kind.
  func tree(_ id: ObjectID) throws(GitError) -> Tree
}

extension Repository: TreeSource {}

extension TreeSource {
  /// The entry at `path` below a root tree; nil if there is none.
  public func entry(at path: [[UInt8]], in root: ObjectID) throws(GitError) -> TreeEntry? {
    var tree = root
    for (depth, name) in path.enumerated() {
      guard let entry = try self.tree(tree).entry(named: name) else { return nil }
      if depth == path.count - 1 { return entry }
      guard entry.mode == .directory else { return nil }
      tree = entry.id
    }
    return nil
  }
}

/// Trees in memory in addition to those of a repository: they can be read as if they were stored, and are never
/// written.
struct TreeOverlay: TreeSource {
  private let repository: Repository
  private var trees: [ObjectID: Tree] = [:]
  /// The size of the trees in memory.
  private(set) var byteCount = 0

  /// Starts with only the trees of the repository.
  init(over repository: Repository) { self.repository = repository }

  func tree(_ id: ObjectID) throws(GitError) -> Tree {
    if let tree = trees[id] { return tree }
    return try repository.tree(id)
  }

  /// Adds a tree, and returns the id that it would have as an object.
  mutating func insert(_ bytes: [UInt8]) throws(GitError) -> ObjectID {
    let id = try ObjectID(of: bytes.span.bytes, kind: .tree)
    if trees.updateValue(Tree(bytes: bytes), forKey: id) == nil { byteCount += bytes.count }
    return id
  }
}
