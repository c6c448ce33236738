public import Identifiers

extension Repository {
  /// Merges the trees of two commits over that of their best common ancestor.
  ///
  /// Where there are several, they are merged with each other first. Histories without one are compared with nothing.
  public func merge(_ ours: ObjectID, _ theirs: ObjectID) throws(GitError) -> TreeMerge {
    var ancestors = AncestorMerge(in: self)
    let base = try ancestors.base(of: ours, and: theirs)
    var merge = try ancestors.trees.merge(
      base: base, ours: try link(ours).tree, theirs: try link(theirs).tree, disputed: ancestors.disputed)
    merge.conflicts = merge.conflicts.map { conflict in
      guard let base = conflict.base, ancestors.disputed.contains(base.id) else { return conflict }
      return TreeMerge.Conflict(
        path: conflict.path, base: nil, ours: conflict.ours, theirs: conflict.theirs)
    }
    return merge
  }
}

/// Merges the best common ancestors of two commits with each other, over their own common ancestors, and so on, as
/// git's recursive strategy does.
///
/// The trees are made in memory. Where two ancestors conflict, the base equals neither side. The same base is taken
/// where more work would be needed than the limits below allow: then a path in which the sides differ is a
/// conflict, and nothing is brought back or dropped unseen.
struct AncestorMerge {
  /// How often ancestors of ancestors are asked for.
  static let depthLimit = 256
  /// How many merges are made.
  static let mergeLimit = 512
  /// How many bytes the trees in memory may have before no other merge is begun.
  static let sizeLimit = 64 << 20

  /// The trees of the repository and those made here.
  private(set) var trees: TreeOverlay
  /// The ids of the entries on which ancestors disagree.
  private(set) var disputed: Set<ObjectID> = [.zero]
  private let repository: Repository
  private var mergeCount = 0
  /// What lists of ancestors came to; they recur where more than two lines of history cross.
  private var known: [[ObjectID]: MergeBase] = [[]: .nothing]

  /// Begins without a merge.
  init(in repository: Repository) {
    self.repository = repository
    trees = TreeOverlay(over: repository)
  }

  /// Commits that are merged one after the other.
  private struct Line {
    /// The oldest first.
    let commits: [ObjectID]
    /// The number of them that are in the tree.
    var count = 1
    /// What they came to so far.
    var tree: ObjectID

    var isWhole: Bool { count == commits.count }
  }

  /// The tree that stands for all best common ancestors of two commits.
  mutating func base(of ours: ObjectID, and theirs: ObjectID) throws(GitError) -> MergeBase {
    // Ancestors of ancestors stand on a stack of its own: a history may cross more often than the call stack is deep.
    var lines: [Line] = []
    var base = try begin(try repository.mergeBases(ours, [theirs]), on: &lines)
    while let top = lines.indices.last {
      if let base {
        guard mergeCount < AncestorMerge.mergeLimit, trees.byteCount < AncestorMerge.sizeLimit else {
          return .disputed
        }
        let next = try repository.link(lines[top].commits[lines[top].count]).tree
        lines[top].tree = try merge(lines[top].tree, next, over: base)
        lines[top].count += 1
      }
      let line = lines[top]
      if line.isWhole {
        base = .tree(line.tree)
        known[line.commits] = base
        lines.removeLast()
      } else {
        let bases = try repository.mergeBases(line.commits[line.count], line.commits[..<line.count])
        base = try begin(bases, on: &lines)
      }
    }
    return base ?? .nothing
  }

  /// Answers what the commits come to, if that is clear; else lays them on the stack.
  private mutating func begin(
    _ commits: [ObjectID], on lines: inout [Line]
  ) throws(GitError) -> MergeBase? {
    if let base = known[commits] { return base }
    guard lines.count < AncestorMerge.depthLimit, mergeCount + commits.count <= AncestorMerge.mergeLimit
    else { return .disputed }
    lines.append(Line(commits: commits, tree: try repository.link(commits[0]).tree))
    return nil
  }

  /// Merges two trees into one in memory.
  private mutating func merge(
    _ ours: ObjectID, _ theirs: ObjectID, over base: MergeBase
  ) throws(GitError) -> ObjectID {
    mergeCount += 1
    let merge = try trees.merge(base: base, ours: ours, theirs: theirs, disputed: disputed)
    var editor = try TreeEditor(trees, base: ours)
    try editor.apply(merge.edits)
    for conflict in merge.conflicts {
      let id = try AncestorMerge.name(of: conflict)
      disputed.insert(id)
      try editor.set(conflict.path, mode: .submodule, id: id, replacing: true)
    }
    return try editor.write { (bytes) throws(GitError) in try trees.insert(bytes) }
  }

  /// An id that no file or directory has, the same whichever of the two sides comes first.
  private static func name(of conflict: TreeMerge.Conflict) throws(GitError) -> ObjectID {
    let sides = [conflict.ours, conflict.theirs].compactMap { $0 }
      .sorted { ($0.id, $0.mode.rawValue) < ($1.id, $1.mode.rawValue) }
    var entries = [("base", conflict.base)].compactMap { name, side in side.map { (name, $0) } }
    entries += sides.enumerated().map { ("side \($0)", $1) }
    let bytes = Tree(
      entries: entries.map { TreeEntry(name: Array($0.utf8), mode: $1.mode, id: $1.id) }
    ).bytes
    return try ObjectID(of: bytes.span.bytes, kind: .commit)
  }
}
