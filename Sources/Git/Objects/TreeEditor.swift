public import Identifiers

/// Changes paths below a root tree and writes only the directories that changed.
public struct TreeEditor {
  private let trees: any TreeSource
  /// The directories that were opened, the root first.
  private var directories: [Directory]

  /// Starts with the root tree `base`, or with an empty tree.
  public init(_ trees: any TreeSource, base: ObjectID?) throws(GitError) {
    self.trees = trees
    directories = [Directory(base: try base.map { id throws(GitError) in try trees.tree(id) } ?? .empty)]
  }

  /// A directory in memory: its old contents and the changes.
  private struct Directory {
    let base: Tree
    var edits: [[UInt8]: Edit] = [:]
  }

  private enum Edit {
    case entry(TreeEntry)
    case removed
    /// The directory with that number.
    case directory(Int)
  }

  /// The entry at `path`; nil if there is none.
  ///
  /// A directory that was changed here has no id yet and is returned with `ObjectID.zero`.
  public func entry(at path: [[UInt8]]) throws(GitError) -> TreeEntry? {
    var directory = directories[0]
    for (depth, name) in path.enumerated() {
      let isLast = depth == path.count - 1
      switch directory.edits[name] {
      case .removed: return nil
      case .entry(let entry) where isLast || entry.mode != .directory: return isLast ? entry : nil
      case .directory(let child):
        if isLast { return TreeEntry(name: name, mode: .directory, id: .zero) }
        directory = directories[child]
      case .entry(let entry):
        return try trees.entry(at: Array(path[(depth + 1)...]), in: entry.id)
      case nil:
        guard let entry = try directory.base.entry(named: name) else { return nil }
        if isLast { return entry }
        guard entry.mode == .directory else { return nil }
        return try trees.entry(at: Array(path[(depth + 1)...]), in: entry.id)
      }
    }
    return nil
  }

  /// Puts an entry at `path`, and creates its parent directories.
  ///
  /// - Throws: `GitError` with `.exists` if there is a file where a directory is needed, or a directory in the place
  ///   of the file and `replacing` is false.
  public mutating func set(
    _ path: [[UInt8]], mode: EntryMode, id: ObjectID, replacing: Bool = false
  ) throws(GitError) {
    guard let name = path.last else { return }
    var directory = 0
    for (depth, step) in path.dropLast().enumerated() {
      guard let child = try descend(from: directory, to: step, making: true) else {
        let place = path[...depth].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
        throw GitError(.exists, "/\(place) is a file, not a directory")
      }
      directory = child
    }
    if !replacing, mode != .directory, try self.entry(in: directory, name)?.mode == .directory {
      let place = path.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
      throw GitError(.exists, "/\(place) is a directory")
    }
    directories[directory].edits[name] = .entry(TreeEntry(name: name, mode: mode, id: id))
  }

  /// Removes the entry at `path`, a file or a whole directory; returns whether there was one.
  @discardableResult
  public mutating func remove(_ path: [[UInt8]]) throws(GitError) -> Bool {
    guard let name = path.last else { return false }
    var directory = 0
    for step in path.dropLast() {
      guard let child = try descend(from: directory, to: step, making: false) else { return false }
      directory = child
    }
    guard try entry(in: directory, name) != nil else { return false }
    directories[directory].edits[name] = .removed
    return true
  }

  /// Applies the changes of a merge.
  ///
  /// - Throws: As `set`.
  public mutating func apply(_ edits: [TreeMerge.Edit]) throws(GitError) {
    // Removals first: they make room for additions.
    for edit in edits where edit.entry == nil { try remove(edit.path) }
    for edit in edits {
      if let entry = edit.entry { try set(edit.path, mode: entry.mode, id: entry.id, replacing: true) }
    }
  }

  private func entry(in directory: Int, _ name: [UInt8]) throws(GitError) -> TreeEntry? {
    switch directories[directory].edits[name] {
    case .removed: nil
    case .entry(let entry): entry
    case .directory: TreeEntry(name: name, mode: .directory, id: .zero)
    case nil: try directories[directory].base.entry(named: name)
    }
  }

  /// Enters a subdirectory; nil if it is a file, or if it does not exist and must not be created.
  private mutating func descend(
    from directory: Int, to name: [UInt8], making: Bool
  ) throws(GitError) -> Int? {
    if case .directory(let child) = directories[directory].edits[name] { return child }
    let child: Directory
    if let entry = try entry(in: directory, name) {
      guard entry.mode == .directory else { return nil }
      child = Directory(base: try trees.tree(entry.id))
    } else {
      guard making else { return nil }
      child = Directory(base: .empty)
    }
    directories.append(child)
    directories[directory].edits[name] = .directory(directories.count - 1)
    return directories.count - 1
  }

  /// Writes the changed trees with `write`, innermost first, and returns the root's id.
  ///
  /// Directories that became empty are omitted, because git has none.
  public func write(_ write: ([UInt8]) throws(GitError) -> ObjectID) throws(GitError) -> ObjectID {
    var ids: [Int: ObjectID] = [:]
    for number in changed.reversed() {
      let tree = try tree(of: directories[number], written: ids)
      if !tree.bytes.isEmpty { ids[number] = try write(tree.bytes) }
    }
    if let id = ids[0] { return id }
    return try write([])
  }

  /// The directories that are part of the result, each after its parent.
  ///
  /// A directory that was removed or replaced after it was opened is not part of it.
  private var changed: [Int] {
    var changed = [0]
    var next = 0
    while next < changed.count {
      for case .directory(let child) in directories[changed[next]].edits.values { changed.append(child) }
      next += 1
    }
    return changed
  }

  private func tree(
    of directory: Directory, written ids: [Int: ObjectID]
  ) throws(GitError) -> Tree {
    var entries: [TreeEntry] = []
    for (name, edit) in directory.edits {
      switch edit {
      case .removed: continue
      case .entry(let entry): entries.append(entry)
      case .directory(let child):
        if let id = ids[child] { entries.append(TreeEntry(name: name, mode: .directory, id: id)) }
      }
    }
    return try directory.base.replacing(directory.edits.keys, with: entries)
  }
}
