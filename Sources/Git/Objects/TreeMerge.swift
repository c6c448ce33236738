internal import Identifiers

/// The result of a three-way merge of two trees.
public struct TreeMerge: Sendable {
  /// A change to apply to our side.
  public struct Edit: Hashable, Sendable {
    /// The names on the path to the entry.
    public let path: [[UInt8]]
    /// The new entry, a file or a whole directory; nil if the entry is removed.
    public let entry: TreeDifference.Side?

    /// Makes an edit from its parts.
    public init(path: [[UInt8]], entry: TreeDifference.Side?) {
      self.path = path
      self.entry = entry
    }
  }

  /// A path that both sides changed in different ways.
  public struct Conflict: Hashable, Sendable {
    /// The names on the path to the entry.
    public let path: [[UInt8]]
    /// The entry of the common ancestor; nil if it has none, or if several ancestors disagree.
    public let base: TreeDifference.Side?
    /// The entry of our side.
    public let ours: TreeDifference.Side?
    /// The entry of their side.
    public let theirs: TreeDifference.Side?
  }

  /// The changes that only their side made.
  public var edits: [Edit] = []
  /// The changes that need a decision.
  public var conflicts: [Conflict] = []
}

/// The base of a three-way merge of two directories.
enum MergeBase {
  case nothing
  case tree(ObjectID)
  /// Common ancestors that disagree: a base that equals neither side, here and everywhere below.
  case disputed
}

extension TreeSource {
  /// Merges two trees over a base, path by path.
  ///
  /// Renames are not detected and contents are not merged: the bytes of a path are never stored under another name.
  /// Subtrees that are equal on two sides are never opened.
  ///
  /// `disputed`: The ids of entries on which several ancestors disagree. If the whole base is disputed, it contains
  /// zero.
  func merge(
    base: MergeBase, ours: ObjectID, theirs: ObjectID, disputed: Set<ObjectID>
  ) throws(GitError) -> TreeMerge {
    var walk = ThreeWayWalk(disputed: disputed)
    walk.pending = [DirectoryTriple(path: [], base: base, ours: ours, theirs: theirs)]
    while let next = walk.pending.popLast() {
      let base: [[UInt8]: TreeEntry]? =
        switch next.base {
        case .nothing: [:]
        case .tree(let id): try entries(id)
        case .disputed: nil
        }
      let ours = try entries(next.ours)
      let theirs = try entries(next.theirs)
      let names = Set([base ?? [:], ours, theirs].flatMap(\.keys))
      for name in names.sorted(by: { $1.lexicographicallyPrecedes($0) }) {
        walk.settle(
          EntryTriple(
            path: next.path + [name], base: base.map { $0[name] } ?? .disputed(name), ours: ours[name],
            theirs: theirs[name]))
      }
    }
    walk.merge.conflicts.sort {
      $0.path.lexicographicallyPrecedes($1.path) { $0.lexicographicallyPrecedes($1) }
    }
    return walk.merge
  }

  private func entries(_ id: ObjectID?) throws(GitError) -> [[UInt8]: TreeEntry] {
    guard let id else { return [:] }
    return Dictionary(try tree(id).entries().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

extension TreeEntry {
  /// The base of any name below a directory on which ancestors disagree.
  fileprivate static func disputed(_ name: [UInt8]) -> TreeEntry {
    TreeEntry(name: name, mode: .submodule, id: .zero)
  }
}

/// One directory on the three sides.
private struct DirectoryTriple {
  let path: [[UInt8]]
  let base: MergeBase
  let ours: ObjectID?
  let theirs: ObjectID?
}

/// One name on the three sides.
private struct EntryTriple {
  let path: [[UInt8]]
  let base: TreeEntry?
  let ours: TreeEntry?
  let theirs: TreeEntry?
}

/// Goes through two trees and their base, name by name.
private struct ThreeWayWalk {
  let disputed: Set<ObjectID>
  var pending: [DirectoryTriple] = []
  var merge = TreeMerge()

  /// Merges the name, or leaves it until the directories below it are opened.
  mutating func settle(_ name: EntryTriple) {
    let (base, ours, theirs) = (name.base, name.ours, name.theirs)
    if ours == theirs || theirs == base { return }
    if ours == base {
      merge.edits.append(TreeMerge.Edit(path: name.path, entry: side(theirs)))
      return
    }
    let isFileAgainstDirectory = ours != nil && theirs != nil && isDirectory(ours) != isDirectory(theirs)
    if isFileAgainstDirectory { return conflict(at: name) }
    // From here on, the sides that have the name agree in its kind. If the ancestor has a file and both sides have
    // directories, or the reverse, this is a removal on both sides.
    guard isDirectory(ours) || isDirectory(theirs) else { return settleFile(name) }
    pending.append(
      DirectoryTriple(
        path: name.path, base: isDisputed(base) ? .disputed : directory(base).map { .tree($0) } ?? .nothing,
        ours: directory(ours), theirs: directory(theirs)))
  }

  private mutating func settleFile(_ name: EntryTriple) {
    // A directory of the ancestor was removed on both sides; the rest of it is merged below its own path.
    if isDirectory(name.base), name.ours == nil || name.theirs == nil {
      if name.ours == nil {
        merge.edits.append(TreeMerge.Edit(path: name.path, entry: side(name.theirs)))
      }
      return
    }
    conflict(at: name)
  }

  private mutating func conflict(at name: EntryTriple) {
    merge.conflicts.append(
      TreeMerge.Conflict(
        path: name.path, base: side(name.base), ours: side(name.ours),
        theirs: side(name.theirs)))
  }

  private func isDisputed(_ entry: TreeEntry?) -> Bool {
    entry.map { disputed.contains($0.id) } ?? false
  }

  private func isDirectory(_ entry: TreeEntry?) -> Bool { entry?.mode == .directory }

  private func directory(_ entry: TreeEntry?) -> ObjectID? { isDirectory(entry) ? entry?.id : nil }

  private func side(_ entry: TreeEntry?) -> TreeDifference.Side? {
    entry.map { TreeDifference.Side(mode: $0.mode, id: $0.id) }
  }
}
