internal import Catalog
internal import Git
internal import Identifiers

/// One directory of a branch, kept in memory: its modules and directories, sorted by the bytes of their names.
///
/// It never changes. Snapshots with the same tree at the same path share it.
final class TreeSnapshot: Sendable {
  /// A module and the position of its name.
  struct File: Sendable {
    let name: Range<UInt32>
    let kind: EntryKind
    let size: Int
    let digest: ModuleDigest
    let blob: ObjectID
  }

  /// A directory and the position of its name.
  struct Directory: Sendable {
    let name: Range<UInt32>
    let tree: TreeSnapshot
  }

  /// Its tree in git.
  let id: ObjectID
  let files: [File]
  let directories: [Directory]
  /// The number of modules in it and below.
  let count: Int
  /// The reasons why modules are invalid, by their index; there are few.
  private let problems: [Int: String]
  private let names: NameList

  /// Creates a directory.
  ///
  /// - Parameters:
  ///   - id: Its tree in git.
  ///   - names: The names of the files and directories.
  ///   - files: The files, ordered by name. Files that are not modules are left out.
  ///   - directories: The directories, ordered by name.
  init(
    id: ObjectID, names: NameList, files: [(name: Range<UInt32>, module: StoredModule)],
    directories: [Directory]
  ) {
    self.id = id
    self.names = names
    self.directories = directories
    var kept: [File] = []
    kept.reserveCapacity(files.count)
    var problems: [Int: String] = [:]
    for (name, module) in files {
      let facts = module.facts
      guard let digest = facts.digest, let kind = EntryKind(facts.kind) else { continue }
      problems[kept.count] = facts.problem
      kept.append(File(name: name, kind: kind, size: facts.size, digest: digest, blob: module.blob))
    }
    self.files = kept
    self.problems = problems
    count = kept.count + directories.reduce(0) { $0 + $1.tree.count }
  }

  func name(_ range: Range<UInt32>) -> ArraySlice<UInt8> { names[range] }

  /// A module and its facts when the snapshot was created.
  func module(_ index: Int) -> StoredModule {
    let file = files[index]
    let facts = ModuleFacts(
      digest: file.digest, size: file.size, kind: ModuleFacts.Kind(file.kind), problem: problems[index])
    return StoredModule(blob: file.blob, facts: facts)
  }

  /// The index of the module with a name.
  func file(named name: some Collection<UInt8>) -> Int? { search(files.count, name) { files[$0].name } }

  /// The directory with a name.
  func directory(named name: some Collection<UInt8>) -> TreeSnapshot? {
    search(directories.count, name) { directories[$0].name }.map { directories[$0].tree }
  }

  private func search(
    _ count: Int, _ wanted: some Collection<UInt8>, _ range: (Int) -> Range<UInt32>
  ) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if name(range(middle)).lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
    }
    return low < count && name(range(low)).elementsEqual(wanted) ? low : nil
  }

  /// Passes each module in it and below, with paths sorted by segments, until `body` returns false.
  ///
  /// - Returns: Whether all were passed.
  func forEachFile(_ prefix: [UInt8], _ body: ([UInt8], TreeSnapshot, Int) -> Bool) -> Bool {
    var (file, directory) = (0, 0)
    while file < files.count || directory < directories.count {
      let isFile =
        directory == directories.count
        || file < files.count
          && name(files[file].name).lexicographicallyPrecedes(name(directories[directory].name))
      if isFile {
        guard body(prefix + name(files[file].name), self, file) else { return false }
        file += 1
      } else {
        let next = directories[directory]
        guard next.tree.forEachFile(prefix + name(next.name) + [0x2f], body) else { return false }
        directory += 1
      }
    }
    return true
  }
}

/// Names in one piece of memory: an array for each of 100,000 names takes twice the memory.
struct NameList: Sendable {
  private var bytes: [UInt8] = []

  subscript(_ range: Range<UInt32>) -> ArraySlice<UInt8> {
    bytes[Int(range.lowerBound)..<Int(range.upperBound)]
  }

  /// Adds a name, and returns its position.
  mutating func add(_ name: [UInt8]) -> Range<UInt32> {
    let start = UInt32(bytes.count)
    bytes += name
    return start..<UInt32(bytes.count)
  }
}

extension ModuleFacts.Kind {
  /// The kind of an entry that a snapshot treats as a module.
  fileprivate init(_ kind: EntryKind) {
    switch kind {
    case .core: self = .core
    case .component: self = .component
    default: self = .unknown
    }
  }
}
