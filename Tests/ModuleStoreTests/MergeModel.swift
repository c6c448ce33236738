import Identifiers
import ModuleStore

/// The expected result of a merge, by the rules alone: whole trees as dictionaries, whole sets of ancestors.
struct MergeModel {
  /// The entry at a path.
  indirect enum Entry: Hashable {
    case module(ModuleDigest)
    /// Ancestors disagree, over this base and with these sides.
    case disputed(base: Tree, sides: Set<Tree>)
    /// Ancestors disagree about a directory above.
    case disputedAbove
  }

  typealias Tree = [String: Entry]

  /// A path that needs a decision, with the entries of each side there and below it.
  struct Conflict {
    let path: String
    let base: Tree
    let ours: Tree
    let theirs: Tree

    var isFileAgainstDirectory: Bool { Set(ours.keys).union(theirs.keys) != [path] }

    /// The path and its modules, as in an error.
    var text: String {
      ([path]
        + [base, ours, theirs].map { side in
          guard case .module(let digest)? = side[path] else { return "-" }
          return digest.hex
        }).joined(separator: " ")
    }
  }

  /// The merged tree; conflicts have our side.
  let tree: Tree
  let conflicts: [Conflict]
  /// Whether the ancestors disagree anywhere.
  let isDisputed: Bool

  /// Merges two commits.
  init(_ ours: StoreModel.Node, _ theirs: StoreModel.Node) {
    var ancestors = Ancestors()
    let base = ancestors.tree(ofAll: Ancestors.best(ours, [theirs]))
    (tree, conflicts) = MergeModel.merge(
      base: base, ours: ours.tree.mapValues { .module($0) }, theirs: theirs.tree.mapValues { .module($0) })
    isDisputed = base.values.contains { if case .module = $0 { false } else { true } }
  }

  /// The tree with all conflicts resolved.
  func decided(_ side: (Conflict) -> MergeSide) -> StoreModel.Tree {
    var tree = tree
    for conflict in conflicts where side(conflict) == .theirs {
      for path in conflict.ours.keys { tree[path] = nil }
      tree.merge(conflict.theirs) { $1 }
    }
    return tree.compactMapValues { if case .module(let digest) = $0 { digest } else { nil } }
  }

  private static func merge(base: Tree, ours: Tree, theirs: Tree) -> (tree: Tree, conflicts: [Conflict]) {
    var tree = ours
    var conflicts: [Conflict] = []
    let paths = Set(base.keys).union(ours.keys).union(theirs.keys)
    let clashes = paths.filter { path in
      ours[path] != nil && theirs.keys.contains { $0.hasPrefix(path + "/") }
        || theirs[path] != nil && ours.keys.contains { $0.hasPrefix(path + "/") }
    }
    let others = paths.filter { path in !clashes.contains { path == $0 || path.hasPrefix($0 + "/") } }
    for path in clashes.union(others).sorted() {
      let conflict = Conflict(
        path: path, base: part(of: base, at: path),
        ours: part(of: ours, at: path, alone: !clashes.contains(path)),
        theirs: part(of: theirs, at: path, alone: !clashes.contains(path)))
      let old = clashes.contains(path) ? conflict.base : conflict.base.filter { $0.key == path }
      if conflict.ours == conflict.theirs || conflict.theirs == old { continue }
      guard conflict.ours == old else {
        conflicts.append(conflict)
        continue
      }
      for path in conflict.ours.keys { tree[path] = nil }
      tree.merge(conflict.theirs) { $1 }
    }
    return (tree, conflicts)
  }

  /// The entries of a tree at a path and, unless `alone`, below it.
  private static func part(of tree: Tree, at path: String, alone: Bool = false) -> Tree {
    let steps = path.split(separator: "/")
    for count in 1..<max(steps.count, 1) {
      if case .disputed? = tree[steps[..<count].joined(separator: "/")] { return [path: .disputedAbove] }
    }
    return tree.filter { $0.key == path || !alone && $0.key.hasPrefix(path + "/") }
  }

  /// Common ancestors, and the merge of several of them.
  private struct Ancestors {
    private var known: [[Int]: Tree] = [:]

    /// The common ancestors of a commit and any of the others, without ancestors of another of them, oldest first.
    static func best(_ one: StoreModel.Node, _ others: some Sequence<StoreModel.Node>) -> [StoreModel.Node] {
      var nodes: [String: StoreModel.Node] = [:]
      var pending = [one]
      while let node = pending.popLast() {
        if nodes.updateValue(node, forKey: node.id) == nil { pending += node.parents }
      }
      let common = one.ancestors.intersection(others.reduce(into: []) { $0.formUnion($1.ancestors) })
      return common.compactMap { nodes[$0] }
        .filter { node in
          !common.contains { $0 != node.id && nodes[$0]?.ancestors.contains(node.id) == true }
        }
        .sorted { $0.number < $1.number }
    }

    /// Merges the commits in turn, each with the common ancestors that it has with the earlier ones as the base.
    mutating func tree(ofAll commits: [StoreModel.Node]) -> Tree {
      if let tree = known[commits.map(\.number)] { return tree }
      var tree: Tree = commits.first?.tree.mapValues { .module($0) } ?? [:]
      for (index, commit) in commits.enumerated().dropFirst() {
        let base = self.tree(ofAll: Ancestors.best(commit, commits[..<index]))
        let merge = MergeModel.merge(base: base, ours: tree, theirs: commit.tree.mapValues { .module($0) })
        tree = merge.tree
        for conflict in merge.conflicts {
          for path in conflict.ours.keys { tree[path] = nil }
          tree[conflict.path] = .disputed(base: conflict.base, sides: [conflict.ours, conflict.theirs])
        }
      }
      known[commits.map(\.number)] = tree
      return tree
    }
  }
}
