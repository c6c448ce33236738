internal import Catalog
internal import Git
internal import Identifiers

extension StoreSession {
  /// Takes a snapshot of the session's branch.
  ///
  /// - Parameter others: Snapshots that may have the same directories: earlier ones of the branch, and those of other
  ///   branches.
  /// - Returns: The snapshot.
  /// - Throws: `StoreError.branchNotFound` for a missing branch other than the default one, `.damaged`.
  public func snapshot(like others: [BranchSnapshot] = []) throws(StoreError) -> BranchSnapshot {
    // Before the branch is read, so that a later move is detected.
    let stamp = try connection.store.stamp(of: branch)
    guard let head = try head() else {
      let root = TreeSnapshot(id: .zero, names: NameList(), files: [], directories: [])
      return BranchSnapshot(branch: branch, commit: nil, root: root, stamp: stamp)
    }
    let tree = try translated { () throws(GitError) in try repository.link(head.object).tree }
    var reader = TreeSnapshotReader(session: self)
    let draft = try reader.read(tree, at: [], like: others.map(\.root))
    let root = try reader.finish(draft)
    return BranchSnapshot(branch: branch, commit: head, root: root, stamp: stamp)
  }
}

/// Reads the directories that no snapshot has yet: first all their trees, then the facts about their blobs.
private struct TreeSnapshotReader {
  let session: StoreSession
  private var known = KnownBlobs()
  private var unknown: Set<ObjectID> = []

  init(session: StoreSession) { self.session = session }

  /// A directory without the facts about its blobs, or one that exists already.
  indirect enum Draft {
    case new(
      ObjectID, NameList, files: [(name: Range<UInt32>, blob: ObjectID)],
      directories: [(name: Range<UInt32>, draft: Draft)])
    case present(TreeSnapshot)
  }

  /// Reads a directory.
  ///
  /// `place`: The bytes of its path, with a slash at the end, which determine the valid paths in it.
  /// `others`: The directories of other snapshots at that path.
  mutating func read(_ id: ObjectID, at place: [UInt8], like others: [TreeSnapshot]) throws(StoreError)
    -> Draft
  {
    if let same = others.first(where: { $0.id == id }) { return .present(same) }
    try session.work.check()
    for other in others {
      for index in other.files.indices { known.insert(other.module(index)) }
    }
    let entries = try translated { () throws(GitError) in try session.repository.tree(id).entries() }
      .sorted { $0.name.lexicographicallyPrecedes($1.name) }
    var names = NameList()
    var files: [(name: Range<UInt32>, blob: ObjectID)] = []
    var directories: [(name: Range<UInt32>, draft: Draft)] = []
    for entry in entries {
      switch entry.mode {
      case .file where ModulePath.isPath(place + entry.name):
        files.append((names.add(entry.name), entry.id))
        if known[entry.id] == nil { unknown.insert(entry.id) }
      case .directory:
        let below = others.compactMap { $0.directory(named: entry.name) }
        let draft = try read(entry.id, at: place + entry.name + [0x2f], like: below)
        directories.append((names.add(entry.name), draft))
      case .file, .executable, .symlink, .submodule: break
      }
    }
    return .new(id, names, files: files, directories: directories)
  }

  /// Creates the directory that was read.
  mutating func finish(_ draft: Draft) throws(StoreError) -> TreeSnapshot {
    let wanted = unknown
    unknown = []
    var known = known
    self.known = KnownBlobs()
    try session.forEachFacts(ofBlobs: wanted) { blob, facts in
      known.insert(StoredModule(blob: blob, facts: facts))
      return true
    }
    return make(draft, known)
  }

  private func make(_ draft: Draft, _ known: KnownBlobs) -> TreeSnapshot {
    switch draft {
    case .present(let tree): return tree
    case .new(let id, let names, let files, let directories):
      return TreeSnapshot(
        id: id, names: names, files: files.compactMap { file in known[file.blob].map { (file.name, $0) } },
        directories: directories.map { .init(name: $0.name, tree: make($0.draft, known)) })
    }
  }
}

/// Modules by their blobs. A dictionary of them takes twice the memory, because its empty places are as large as a module.
private struct KnownBlobs {
  private var positions: [ObjectID: UInt32] = [:]
  private var modules: [StoredModule] = []

  subscript(_ blob: ObjectID) -> StoredModule? { positions[blob].map { modules[Int($0)] } }

  mutating func insert(_ module: StoredModule) {
    guard positions[module.blob] == nil else { return }
    positions[module.blob] = UInt32(modules.count)
    modules.append(module)
  }
}
