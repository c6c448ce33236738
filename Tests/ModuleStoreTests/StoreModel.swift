import Identifiers
import ModuleStore

/// The expected contents of a store, in plain dictionaries: the whole history is a list of them.
struct StoreModel {
  typealias Tree = [String: ModuleDigest]

  /// A commit of the model.
  final class Node {
    let id: String
    let tree: Tree
    let parents: [Node]
    /// The commit whose state this one has, after a rollback of the branch.
    let rolledBackTo: Node?
    /// The ids of its ancestors, including its own.
    let ancestors: Set<String>
    /// Later commits have higher numbers.
    let number: Int

    init(id: String, tree: Tree, parents: [Node], rolledBackTo: Node? = nil, number: Int) {
      self.id = id
      self.tree = tree
      self.parents = parents
      self.rolledBackTo = rolledBackTo
      self.number = number
      ancestors = parents.reduce(into: [id]) { $0.formUnion($1.ancestors) }
    }

    var parent: Node? { parents.first }
    var original: Node { rolledBackTo ?? self }
  }

  /// The commits by their ids in the store.
  var nodes: [String: Node] = [:]
  /// The branches and the ids of their heads.
  var heads: [String: String] = [:]

  func tree(_ branch: String) -> Tree { head(branch)?.tree ?? [:] }

  /// The commit at the head of a branch.
  func head(_ branch: String) -> Node? { heads[branch].flatMap { nodes[$0] } }

  /// Records a commit that the store made on a branch.
  mutating func commit(
    _ id: CommitID, tree: Tree, on branch: String, merged: Node? = nil, rolledBackTo: Node? = nil
  ) {
    nodes[id.hex] = Node(
      id: id.hex, tree: tree, parents: [head(branch), merged].compactMap { $0 }, rolledBackTo: rolledBackTo,
      number: nodes.count)
    heads[branch] = id.hex
  }

  /// The states of a path along the first parents of a branch, oldest first, without repeats in a row.
  func history(of path: String, on branch: String) -> [ModuleDigest?] {
    var states: [ModuleDigest?] = []
    var node = head(branch)
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

  /// The modules that a path has had, newest first, each with the newest commit that has it.
  func newestHolders(of path: String, on branch: String) -> [(digest: ModuleDigest, commit: String)] {
    var holders: [(digest: ModuleDigest, commit: String)] = []
    var node = head(branch)
    while let current = node {
      if let digest = current.tree[path], !holders.contains(where: { $0.digest == digest }) {
        holders.append((digest, current.id))
      }
      node = current.parent
    }
    return holders
  }
}
