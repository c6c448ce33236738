internal import Git
internal import Identifiers

/// Converts the folders of the older wasmstore to git's trees.
struct PredecessorTrees {
  /// The tree of each folder; nil for an empty folder.
  private(set) var trees: [PredecessorKey: ObjectID?] = [:]
  /// Names that had to be changed, old and new.
  private(set) var renamed: [[UInt8]: [UInt8]] = [:]

  private let survey: PredecessorSurvey
  /// The blob of each intact module.
  private let blobs: [PredecessorKey: ObjectID]
  /// Folders with missing contents, at any depth.
  private var incomplete: Set<PredecessorKey> = []

  /// Creates all trees.
  ///
  /// - Parameters:
  ///   - survey: The contents of the older store.
  ///   - blobs: The blob of each intact module.
  ///   - work: Receives progress, and can cancel.
  ///   - write: Stores a tree.
  /// - Throws: `StoreError.pathConflict` if two names become equal, and errors of `write`.
  init(
    _ survey: PredecessorSurvey, blobs: [PredecessorKey: ObjectID], _ work: Work,
    write: ([UInt8]) throws(GitError) -> ObjectID
  ) throws(StoreError) {
    (self.survey, self.blobs) = (survey, blobs)
    for key in survey.folders {
      try work.check()
      let entries = try entries(of: key)
      trees[key] = .some(
        entries.isEmpty
          ? nil : try translated { () throws(GitError) in try write(Tree(entries: entries).bytes) })
    }
  }

  /// The tree of a commit's root, which may be empty.
  func root(_ key: PredecessorKey) -> ObjectID? { trees[key].flatMap(\.self) }

  private mutating func entries(of key: PredecessorKey) throws(StoreError) -> [TreeEntry] {
    var entries: [[UInt8]: TreeEntry] = [:]
    func add(_ entry: TreeEntry) throws(StoreError) {
      guard entries.updateValue(entry, forKey: entry.name) == nil else {
        throw .pathConflict("two entries of folder \(key) would both get the name \(spelled(entry.name))")
      }
    }
    for entry in try survey.folder(key).entries {
      if entry.kind == .folder, entry.name.isEmpty {
        // A path such as //x is the same as /x.
        renamed[[0x2f]] = []
        if isIncomplete(entry) { incomplete.insert(key) }
        if trees[entry.key] != nil { for inner in try self.entries(of: entry.key) { try add(inner) } }
        continue
      }
      if isIncomplete(entry) { incomplete.insert(key) }
      let (mode, id) =
        switch entry.kind {
        case .folder: (EntryMode.directory, trees[entry.key].flatMap(\.self))
        case .module: (EntryMode.file, blobs[entry.key])
        }
      guard let id else { continue }
      let name = entry.name.isEmpty ? Array("unnamed".utf8) : PredecessorName.step(entry.name)
      if name != entry.name { renamed[entry.name] = name }
      try add(TreeEntry(name: name, mode: mode, id: id))
    }
    return Array(entries.values)
  }

  private func isIncomplete(_ entry: PredecessorNode.Entry) -> Bool {
    switch entry.kind {
    case .folder: trees[entry.key] == nil || incomplete.contains(entry.key)
    case .module: blobs[entry.key] == nil
    }
  }

  /// The paths that are missing below a root, because they are damaged.
  func missingPaths(below root: PredecessorKey) throws(StoreError) -> [RawPath] {
    if trees[root] == nil { return [RawPath([[UInt8]]())] }
    guard incomplete.contains(root) else { return [] }
    var paths: [RawPath] = []
    var pending: [(key: PredecessorKey, names: [[UInt8]])] = [(root, [])]
    while let (key, names) = pending.popLast() {
      for entry in try survey.folder(key).entries where isIncomplete(entry) {
        let inside = names + [entry.name]
        if entry.kind == .folder, trees[entry.key] != nil {
          pending.append((entry.key, inside))
        } else {
          paths.append(RawPath(inside))
        }
      }
    }
    return paths.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }
}
