public import Identifiers

/// A file of a tree: any entry except a directory.
public struct TreeFile: Hashable, Sendable {
  /// The names on the path to it, joined by slashes, after the prefix of the walk.
  public let path: [UInt8]
  /// The kind of the entry.
  public let mode: EntryMode
  /// The object it names.
  public let id: ObjectID

  /// Makes a file from its parts.
  public init(path: [UInt8], mode: EntryMode, id: ObjectID) {
    self.path = path
    self.mode = mode
    self.id = id
  }
}

/// A file that differs between two trees.
public struct TreeDifference: Hashable, Sendable {
  /// The file in one of the trees.
  public struct Side: Hashable, Sendable {
    /// The kind of the entry.
    public let mode: EntryMode
    /// The object it names.
    public let id: ObjectID

    /// Makes a side from its parts.
    public init(mode: EntryMode, id: ObjectID) {
      self.mode = mode
      self.id = id
    }
  }

  /// The names on the path to it.
  public let path: [[UInt8]]
  /// The file in the first tree; nil if it has none.
  public let old: Side?
  /// The file in the second tree; nil if it has none.
  public let new: Side?

  /// Makes a difference from its parts.
  public init(path: [[UInt8]], old: Side?, new: Side?) {
    self.path = path
    self.old = old
    self.new = new
  }
}

extension Repository {
  /// Visits the files below a tree, depth first, with names in the order of their bytes, until `body` returns false.
  ///
  /// `prefix`: The beginning of every path, such as the path of the tree and a slash.
  ///
  /// Pending directories are kept on an explicit stack, because a foreign tree may be nested more deeply than the
  /// call stack allows.
  public func walkFiles(
    below root: ObjectID, prefix: [UInt8] = [], _ body: (TreeFile) throws(GitError) -> Bool
  ) throws(GitError) {
    var pending = try tree(root).entriesFromLast(prefix: prefix)
    while let next = pending.popLast() {
      try requireWanted()
      if next.mode == .directory {
        pending += try tree(next.id).entriesFromLast(prefix: next.path + [0x2f])
      } else {
        guard try body(next) else { return }
      }
    }
  }

  /// Visits the files that differ between two trees, in the order of `walkFiles`; equal subtrees are never opened.
  ///
  /// `prefix`: The beginning of every path.
  /// `unwritten`: Trees that are not stored as objects yet, by the ids that they will have.
  public func compare(
    _ old: ObjectID?, _ new: ObjectID?, at prefix: [[UInt8]] = [], unwritten: [ObjectID: [UInt8]] = [:],
    _ body: (TreeDifference) throws(GitError) -> Void
  ) throws(GitError) {
    func read(_ id: ObjectID?) throws(GitError) -> Tree {
      guard let id else { return .empty }
      if let bytes = unwritten[id] { return Tree(bytes: bytes) }
      return try tree(id)
    }
    var pending = [DifferingDirectories(path: prefix, old: old, new: new, file: nil)]
    while let next = pending.popLast() {
      try requireWanted()
      if let file = next.file { try body(file) }
      guard next.old != next.new else { continue }
      let (left, right) = (try read(next.old), try read(next.new))
      let differing = try Tree.differing(left, right)
      for (old, new) in paired(differing.left, differing.right).reversed() where old != new {
        guard let name = old?.name ?? new?.name else { continue }
        pending.append(DifferingDirectories(path: next.path + [name], old: old, new: new))
      }
    }
  }
}

/// Two directories at the same path, and the files at this path on both sides.
private struct DifferingDirectories {
  let path: [[UInt8]]
  let old: ObjectID?
  let new: ObjectID?
  let file: TreeDifference?

  init(path: [[UInt8]], old: ObjectID?, new: ObjectID?, file: TreeDifference?) {
    self.path = path
    self.old = old
    self.new = new
    self.file = file
  }

  init(path: [[UInt8]], old: TreeEntry?, new: TreeEntry?) {
    let left = old.flatMap { $0.mode == .directory ? nil : TreeDifference.Side(mode: $0.mode, id: $0.id) }
    let right = new.flatMap { $0.mode == .directory ? nil : TreeDifference.Side(mode: $0.mode, id: $0.id) }
    self.init(
      path: path, old: old?.mode == .directory ? old?.id : nil, new: new?.mode == .directory ? new?.id : nil,
      file: left == nil && right == nil ? nil : TreeDifference(path: path, old: left, new: right))
  }
}

/// Pairs the entries of two lists that are sorted by name.
private func paired(_ left: [TreeEntry], _ right: [TreeEntry]) -> [(TreeEntry?, TreeEntry?)] {
  var pairs: [(TreeEntry?, TreeEntry?)] = []
  var one = left[...]
  var two = right[...]
  while let first = one.first, let second = two.first {
    if first.name == second.name {
      pairs.append((one.removeFirst(), two.removeFirst()))
    } else if first.name.lexicographicallyPrecedes(second.name) {
      pairs.append((one.removeFirst(), nil))
    } else {
      pairs.append((nil, two.removeFirst()))
    }
  }
  return pairs + one.map { ($0, nil) } + two.map { (nil, $0) }
}
