internal import Catalog
internal import Git
public import Identifiers

/// The kind of a change of a path.
public enum ChangeKind: String, Hashable, Sendable {
  case added
  case updated
  case removed
}

/// A path that differs between two trees.
public struct Change: Hashable, Sendable {
  /// The path.
  public let path: RawPath
  /// The kind of the change.
  public let kind: ChangeKind
  /// The hash before; nil if there was no module.
  public let old: ModuleDigest?
  /// The hash after; nil if there is no module.
  public let new: ModuleDigest?
  /// The size in bytes before; nil if there was no file.
  public let oldSize: Int?
  /// The size in bytes after; nil if there is no file.
  public let newSize: Int?
}

extension StoreSession {
  /// The paths that differ between two trees, ordered by their components.
  func changes(
    from old: ObjectID?, to new: ObjectID?, below filter: ModulePath? = nil
  ) throws(StoreError) -> [Change] {
    var differences: [TreeDifference] = []
    try translated { () throws(GitError) in
      try compare(old, new, below: filter?.names ?? []) { differences.append($0) }
    }
    return try changes(of: differences)
  }

  /// The same for known differences, and facts about blobs that cannot be read yet.
  func changes(
    of differences: [TreeDifference], known: [ObjectID: ModuleFacts] = [:]
  ) throws(StoreError) -> [Change] {
    var changes: [Change] = []
    for difference in differences {
      let old = try side(difference.old, known)
      let new = try side(difference.new, known)
      changes.append(
        Change(
          path: RawPath(difference.path),
          kind: difference.old == nil ? .added : difference.new == nil ? .removed : .updated,
          old: old.digest, new: new.digest, oldSize: old.size, newSize: new.size))
    }
    return changes
  }

  private func compare(
    _ old: ObjectID?, _ new: ObjectID?, below prefix: [[UInt8]], _ body: (TreeDifference) -> Void
  ) throws(GitError) {
    guard !prefix.isEmpty else { return try repository.compare(old, new) { body($0) } }
    let entries = try [old, new].map { root throws(GitError) in
      guard let root else { return nil as TreeEntry? }
      return try repository.entry(at: prefix, in: root)
    }
    let files = entries.map { entry in
      entry.flatMap { $0.mode == .directory ? nil : TreeDifference.Side(mode: $0.mode, id: $0.id) }
    }
    if files[0] != files[1] { body(TreeDifference(path: prefix, old: files[0], new: files[1])) }
    let folders = entries.map { entry in entry.flatMap { $0.mode == .directory ? $0.id : nil } }
    try repository.compare(folders[0], folders[1], at: prefix) { body($0) }
  }

  private func side(_ side: TreeDifference.Side?, _ known: [ObjectID: ModuleFacts]) throws(StoreError) -> (
    digest: ModuleDigest?, size: Int?
  ) {
    guard let side, side.mode != .submodule else { return (nil, nil) }
    guard side.mode == .file else {
      return (nil, try translated { () throws(GitError) in try repository.header(of: side.id).size })
    }
    let facts: ModuleFacts
    if let known = known[side.id] { facts = known } else { facts = try self.facts(ofBlob: side.id) }
    return (facts.digest, facts.size)
  }
}
