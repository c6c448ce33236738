/// What a three-way merge of two trees comes to.
public struct TreeMerge: Sendable {
  /// A change to apply to our side.
  public struct Edit: Hashable, Sendable {
    /// The steps that lead to the entry.
    public let path: [[UInt8]]
    /// What is to stand there, a file or a whole directory; nil where the entry goes.
    public let entry: TreeDifference.Side?

    /// Makes an edit from its parts.
    public init(path: [[UInt8]], entry: TreeDifference.Side?) {
      self.path = path
      self.entry = entry
    }
  }

  /// A path that both sides changed, each in its own way.
  public struct Conflict: Hashable, Sendable {
    /// The steps that lead to the entry.
    public let path: [[UInt8]]
    /// What the common ancestor holds.
    public let base: TreeDifference.Side?
    /// What our side holds.
    public let ours: TreeDifference.Side?
    /// What their side holds.
    public let theirs: TreeDifference.Side?
  }

  /// What their side changed and ours did not.
  public var edits: [Edit] = []
  /// What needs a decision.
  public var conflicts: [Conflict] = []
}

extension Repository {
  /// Merges two trees over their common ancestor, path by path.
  ///
  /// There is no detection of renames and no merge of contents: bytes never change under another name.
  /// Subtrees that are equal on two sides are never opened. A missing ancestor is an empty tree.
  public func merge(base: ObjectID?, ours: ObjectID, theirs: ObjectID) throws(GitError) -> TreeMerge {
    var merge = TreeMerge()
    var pending = [DirectoryTriple(path: [], base: base, ours: ours, theirs: theirs)]
    while let next = pending.popLast() {
      let sides = try [next.base, next.ours, next.theirs].map { id throws(GitError) in
        guard let id else { return [:] as [[UInt8]: TreeEntry] }
        return Dictionary(
          try tree(id).entries().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
      }
      let names = Set(sides.flatMap(\.keys)).sorted { $0.lexicographicallyPrecedes($1) }
      for name in names.reversed() {
        let entries = EntryTriple(
          path: next.path + [name], base: sides[0][name], ours: sides[1][name], theirs: sides[2][name])
        if let deeper = entries.resolve(into: &merge) { pending.append(deeper) }
      }
    }
    merge.conflicts.sort { $0.path.lexicographicallyPrecedes($1.path) { $0.lexicographicallyPrecedes($1) } }
    return merge
  }
}

/// One directory on the three sides.
private struct DirectoryTriple {
  let path: [[UInt8]]
  let base: ObjectID?
  let ours: ObjectID?
  let theirs: ObjectID?
}

/// One name on the three sides.
private struct EntryTriple {
  let path: [[UInt8]]
  let base: TreeEntry?
  let ours: TreeEntry?
  let theirs: TreeEntry?

  /// Settles the name, or answers the directories to open for it.
  func resolve(into merge: inout TreeMerge) -> DirectoryTriple? {
    if ours == theirs || theirs == base { return nil }
    if ours == base {
      merge.edits.append(TreeMerge.Edit(path: path, entry: side(theirs)))
      return nil
    }
    let isFileAgainstDirectory = ours != nil && theirs != nil && isDirectory(ours) != isDirectory(theirs)
    if isFileAgainstDirectory {
      conflict(into: &merge)
      return nil
    }
    // From here on the sides that have the name agree in what it is; a file of the ancestor that both
    // replaced by directories, or the reverse, is a removal on both sides.
    guard isDirectory(ours) || isDirectory(theirs) else {
      resolveFile(into: &merge)
      return nil
    }
    return DirectoryTriple(
      path: path, base: directory(base), ours: directory(ours), theirs: directory(theirs))
  }

  private func resolveFile(into merge: inout TreeMerge) {
    // A directory of the ancestor is gone on both sides; what remains of it is settled below its own path.
    if isDirectory(base), ours == nil || theirs == nil {
      if ours == nil { merge.edits.append(TreeMerge.Edit(path: path, entry: side(theirs))) }
      return
    }
    conflict(into: &merge)
  }

  private func conflict(into merge: inout TreeMerge) {
    merge.conflicts.append(
      TreeMerge.Conflict(path: path, base: side(base), ours: side(ours), theirs: side(theirs)))
  }

  private func isDirectory(_ entry: TreeEntry?) -> Bool { entry?.mode == .directory }

  private func directory(_ entry: TreeEntry?) -> ObjectID? { isDirectory(entry) ? entry?.id : nil }

  private func side(_ entry: TreeEntry?) -> TreeDifference.Side? {
    entry.map { TreeDifference.Side(mode: $0.mode, id: $0.id) }
  }
}
