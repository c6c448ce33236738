/// Changes paths below a root tree and writes only the directories that they touch.
public struct TreeEditor {
  private let repository: Repository
  private let root: Directory

  /// Begins with the root tree `base`, or with nothing.
  public init(_ repository: Repository, base: ObjectID?) throws(GitError) {
    self.repository = repository
    root = Directory(base: try base.map { id throws(GitError) in try repository.tree(id) } ?? .empty)
  }

  /// A directory in memory: what it held, and what is to change.
  private final class Directory {
    let base: Tree
    var edits: [[UInt8]: Edit] = [:]

    init(base: Tree) { self.base = base }
  }

  private enum Edit {
    case entry(TreeEntry)
    case removed
    case directory(Directory)
  }

  /// What stands at `path`; nil where there is nothing.
  ///
  /// A directory that was changed here has no id yet and answers `ObjectID.zero`.
  public func entry(at path: [[UInt8]]) throws(GitError) -> TreeEntry? {
    var directory = root
    for (depth, name) in path.enumerated() {
      let isLast = depth == path.count - 1
      switch directory.edits[name] {
      case .removed: return nil
      case .entry(let entry) where isLast || entry.mode != .directory: return isLast ? entry : nil
      case .directory(let child):
        if isLast { return TreeEntry(name: name, mode: .directory, id: .zero) }
        directory = child
      case .entry(let entry):
        return try repository.entry(at: Array(path[(depth + 1)...]), in: entry.id)
      case nil:
        guard let entry = try directory.base.entry(named: name) else { return nil }
        if isLast { return entry }
        guard entry.mode == .directory else { return nil }
        return try repository.entry(at: Array(path[(depth + 1)...]), in: entry.id)
      }
    }
    return nil
  }

  /// Puts an entry at `path`, making the directories above it.
  ///
  /// - Throws: `GitError` with `.exists` when a file stands where a directory is needed, or a directory
  ///   where the file is to go and `replacing` is false.
  public mutating func set(
    _ path: [[UInt8]], mode: EntryMode, id: ObjectID, replacing: Bool = false
  ) throws(GitError) {
    guard let name = path.last else { return }
    var directory = root
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
    directory.edits[name] = .entry(TreeEntry(name: name, mode: mode, id: id))
  }

  /// Removes what stands at `path`, a file or a whole directory; answers whether anything did.
  @discardableResult
  public mutating func remove(_ path: [[UInt8]]) throws(GitError) -> Bool {
    guard let name = path.last else { return false }
    var directory = root
    for step in path.dropLast() {
      guard let child = try descend(from: directory, to: step, making: false) else { return false }
      directory = child
    }
    guard try entry(in: directory, name) != nil else { return false }
    directory.edits[name] = .removed
    return true
  }

  private func entry(in directory: Directory, _ name: [UInt8]) throws(GitError) -> TreeEntry? {
    switch directory.edits[name] {
    case .removed: nil
    case .entry(let entry): entry
    case .directory: TreeEntry(name: name, mode: .directory, id: .zero)
    case nil: try directory.base.entry(named: name)
    }
  }

  /// Steps into a subdirectory; nil where it is a file, or where there is nothing and none is to be made.
  private func descend(
    from directory: Directory, to name: [UInt8], making: Bool
  ) throws(GitError) -> Directory? {
    if case .directory(let child) = directory.edits[name] { return child }
    let child: Directory
    if let entry = try entry(in: directory, name) {
      guard entry.mode == .directory else { return nil }
      child = Directory(base: try repository.tree(entry.id))
    } else {
      guard making else { return nil }
      child = Directory(base: .empty)
    }
    directory.edits[name] = .directory(child)
    return child
  }

  /// Writes the changed trees, innermost first, through `write`, and answers the root's id.
  ///
  /// Directories that became empty are left out; git has none.
  public func write(_ write: ([UInt8]) throws(GitError) -> ObjectID) throws(GitError) -> ObjectID {
    if let id = try TreeEditor.write(root, write) { return id }
    return try write([])
  }

  private static func write(
    _ directory: Directory, _ write: ([UInt8]) throws(GitError) -> ObjectID
  ) throws(GitError) -> ObjectID? {
    var entries: [TreeEntry] = []
    for entry in try directory.base.entries() where directory.edits[entry.name] == nil {
      entries.append(entry)
    }
    for (name, edit) in directory.edits {
      switch edit {
      case .removed: continue
      case .entry(let entry): entries.append(entry)
      case .directory(let child):
        guard let id = try self.write(child, write) else { continue }
        entries.append(TreeEntry(name: name, mode: .directory, id: id))
      }
    }
    return entries.isEmpty ? nil : try write(Tree(entries: entries).bytes)
  }
}
