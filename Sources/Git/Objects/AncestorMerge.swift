public import Identifiers

extension Repository {
  /// Merges the trees of two commits over that of their best common ancestor.
  ///
  /// If there are several, they are merged with each other first. If there is none, the base is empty.
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
/// The trees are created in memory. If two ancestors conflict at a path, the base is an entry that equals neither
/// side. The same base is used if the limits below are exceeded: then each path that differs between the sides is a
/// conflict, and no change is silently reverted or lost.
struct AncestorMerge {
  /// The maximum number of levels of ancestors.
  static let depthLimit = 256
  /// The maximum number of merges.
  static let mergeLimit = 512
  /// The maximum size of the trees in memory before no further merge is started.
  static let sizeLimit = 64 << 20

  /// The trees of the repository and those created here.
  private(set) var trees: TreeOverlay
  /// The ids of the entries on which ancestors disagree.
  private(set) var disputed: Set<ObjectID> = [.zero]
  private let repository: Repository
  private var mergeCount = 0
  /// The results for lists of ancestors; these lists recur if more than two lines of history cross.
  private var known: [[ObjectID]: MergeBase] = [[]: .nothing]

  /// Starts without a merge.
  init(in repository: Repository) {
    self.repository = repository
    trees = TreeOverlay(over: repository)
  }

  /// Commits that are merged one after the other.
  private struct Line {
    /// The commits, oldest first.
    let commits: [ObjectID]
    /// The number of commits that are merged into the tree.
    var count = 1
    /// The result so far.
    var tree: ObjectID

    var isWhole: Bool { count == commits.count }
  }

  /// The tree that is the merge of all best common ancestors of two commits.
  mutating func base(of ours: ObjectID, and theirs: ObjectID) throws(GitError) -> MergeBase {
    // The levels are kept on an explicit stack, because a history may have more levels than the call stack allows.
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

  /// Returns the result for the commits, if it is known; otherwise pushes them onto the stack.
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

  /// An id that no file or directory has, and that does not depend on the order of the two sides.
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
