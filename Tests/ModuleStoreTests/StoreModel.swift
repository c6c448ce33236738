import ModuleStore

/// What a store must hold, kept in plain dictionaries: the whole history is a list of them.
struct StoreModel {
  typealias Tree = [String: ModuleDigest]

  /// A commit of the model.
  final class Node {
    let tree: Tree
    let parent: Node?
    /// The commit whose state this one is, after a rollback of the branch.
    let rolledBackTo: Node?

    init(tree: Tree, parent: Node?, rolledBackTo: Node? = nil) {
      self.tree = tree
      self.parent = parent
      self.rolledBackTo = rolledBackTo
    }

    var original: Node { rolledBackTo ?? self }
  }

  /// The commits by the ids that the store gave them.
  var nodes: [String: Node] = [:]
  /// The branches and the ids of their heads.
  var heads: [String: String] = [:]

  func tree(_ branch: String) -> Tree { heads[branch].flatMap { nodes[$0] }?.tree ?? [:] }

  /// Records a commit that the store made on a branch.
  mutating func commit(_ id: CommitID, tree: Tree, on branch: String, rolledBackTo: Node? = nil) {
    nodes[id.hex] = Node(
      tree: tree, parent: heads[branch].flatMap { nodes[$0] }, rolledBackTo: rolledBackTo)
    heads[branch] = id.hex
  }

  /// The states of a path along the first parents of a branch, oldest first, without repeats in a row.
  func history(of path: String, on branch: String) -> [ModuleDigest?] {
    var states: [ModuleDigest?] = []
    var node = heads[branch].flatMap { nodes[$0] }
    while let current = node {
      states.append(current.tree[path])
      node = current.parent
    }
    var changes: [ModuleDigest?] = []
    var last: ModuleDigest?
    for state in states.reversed() where state != last {
      changes.append(state)
      last = state
    }
    return changes
  }

  /// The versions of a path, oldest first, each hash once.
  func versions(of path: String, on branch: String) -> [ModuleDigest] {
    var seen: Set<ModuleDigest> = []
    return history(of: path, on: branch).compactMap { $0 }.filter { seen.insert($0).inserted }
  }

  /// The modules that a path has held, the newest first, each with the newest commit that has it.
  func newestHolders(of path: String, on branch: String) -> [(digest: ModuleDigest, commit: String)] {
    let ids = Dictionary(
      nodes.map { (ObjectIdentifier($0.value), $0.key) }, uniquingKeysWith: { first, _ in first })
    var holders: [(digest: ModuleDigest, commit: String)] = []
    var node = heads[branch].flatMap { nodes[$0] }
    while let current = node {
      if let digest = current.tree[path], !holders.contains(where: { $0.digest == digest }) {
        holders.append((digest, ids[ObjectIdentifier(current)] ?? ""))
      }
      node = current.parent
    }
    return holders
  }
}
