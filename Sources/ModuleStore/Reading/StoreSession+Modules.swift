internal import SQLite
internal import Catalog
internal import Git
internal import Identifiers

extension StoreSession {
  /// Finds a module on the branch by MODULE or `REV:PATH` (Documentation/cli.md, "Naming modules").
  ///
  /// - Throws: `StoreError.moduleNotFound`, `.notAModule`, `.ambiguousModule`, and the errors of the revision.
  public func module(_ reference: ModuleReference) throws(StoreError) -> Module {
    let head = try head()
    if let head, let path = reference.path, let module = try module(at: path, in: head) { return module }
    if reference.isOnlyPath { throw try missing(reference, head: head) }
    if reference.isMalformedHash { throw .invalidHash(reference.text) }
    if let digest = reference.digest {
      if let head, let module = try module(digest, in: head) { return module }
      throw try missing(digest: digest, reference: reference.text, head: head)
    }
    if let place = reference.place {
      let commit = try resolve(place.revision)
      if let path = try ModuleReference(place.path).path, let module = try module(at: path, in: commit) {
        return module
      }
      throw .moduleNotFound(reference: reference.text, branch: branch, lastAt: nil)
    }
    if let head, let prefix = reference.prefix,
      let module = try module(matching: prefix, as: reference.text, in: head)
    {
      return module
    }
    throw try missing(reference, head: head)
  }

  /// Parses a text as MODULE or `REV:PATH`, and finds the module.
  ///
  /// - Throws: As for the reference, and `StoreError.invalidPath`.
  public func module(_ text: String) throws(StoreError) -> Module { try module(ModuleReference(text)) }

  /// Returns whether a reference names an existing module.
  public func contains(_ reference: String) throws(StoreError) -> Bool {
    do throws(StoreError) {
      _ = try module(reference)
      return true
    } catch {
      switch error {
      case .moduleNotFound, .notAModule, .invalidPath, .unknownRevision: return false
      default: throw error
      }
    }
  }

  /// The module at a path of a commit; nil if nothing is there.
  ///
  /// - Throws: `StoreError.notAModule`.
  func module(at path: ModulePath, in commit: CommitID) throws(StoreError) -> Module? {
    guard let entry = try entry(at: path, in: commit) else { return nil }
    return try module(entry, at: path, commit: commit)
  }

  /// The entry at a path of a commit; nil if there is none.
  func entry(at path: ModulePath, in commit: CommitID) throws(StoreError) -> TreeEntry? {
    try translated { () throws(GitError) in
      try repository.entry(at: path.names, in: repository.link(commit.object).tree)
    }
  }

  /// The module of an entry.
  ///
  /// - Throws: `StoreError.notAModule`.
  func module(_ entry: TreeEntry, at path: ModulePath, commit: CommitID) throws(StoreError) -> Module {
    guard entry.mode == .file else {
      throw .notAModule(path: path.description, kind: EntryKind(entry.mode))
    }
    let facts = try facts(ofBlob: entry.id)
    guard let module = Module(StoredModule(blob: entry.id, facts: facts), path: path, commit: commit) else {
      throw .notAModule(path: path.description, kind: .file)
    }
    return module
  }

  /// The module with a hash in a commit's tree; nil if the tree does not contain it.
  func module(_ digest: ModuleDigest, in commit: CommitID) throws(StoreError) -> Module? {
    try modules(matching: digest.prefix(ModuleDigest.digitCount), in: commit).first
  }

  /// The modules of a commit's tree whose hashes begin with a prefix, each with its first path.
  func modules(matching prefix: HexadecimalPrefix, in commit: CommitID) throws(StoreError) -> [Module] {
    guard try historyPlace(of: commit.object, limit: StoreSession.catchUpLimit) != nil else {
      return try walkedModules(matching: prefix, in: commit)
    }
    func known() throws(StoreError) -> [Module] {
      let stored =
        withCatalog { (catalog) throws(DatabaseError) in
          try catalog.modules(withDigests: prefix)
        } ?? []
      var modules: [Module] = []
      for module in stored {
        guard let path = try paths(of: module.blob, in: commit).first else { continue }
        if let module = Module(module, path: path, commit: commit) { modules.append(module) }
      }
      return modules
    }
    let modules = try known()
    if prefix.count == ModuleDigest.digitCount, !modules.isEmpty { return modules }
    return try readBlobs(of: commit) ? known() : modules
  }

  /// The paths at which a commit's tree contains the blob as a module, in order.
  func paths(of blob: ObjectID, in commit: CommitID) throws(StoreError) -> [ModulePath] {
    let candidates =
      withCatalog { (catalog) throws(DatabaseError) in try catalog.paths(everHolding: blob) } ?? []
    var paths: [ModulePath] = []
    for candidate in candidates {
      guard let path = ModulePath(bytes: candidate),
        let entry = try entry(at: path, in: commit), entry.id == blob, entry.mode == .file
      else { continue }
      paths.append(path)
    }
    return paths.sorted()
  }

  /// Determines the facts about blobs in a commit's tree that were never read, such as blobs pushed by plain git;
  /// returns whether there were any.
  private func readBlobs(of commit: CommitID) throws(StoreError) -> Bool {
    let unread = withCatalog { (catalog) throws(DatabaseError) in try catalog.unreadBlobs() } ?? []
    var found: Set<ObjectID> = []
    for blob in unread where try !paths(of: blob, in: commit).isEmpty { found.insert(blob) }
    try forEachFacts(ofBlobs: found) { _, _ in true }
    return !found.isEmpty
  }

  private func walkedModules(
    matching prefix: HexadecimalPrefix, in commit: CommitID
  ) throws(StoreError) -> [Module] {
    let files = try files(of: commit, below: nil).filter { $0.mode == .file }
    var found: [ObjectID: ModuleFacts] = [:]
    try forEachFacts(ofBlobs: Set(files.map(\.id))) { blob, facts in
      if let digest = facts.digest, prefix.matches(digest) { found[blob] = facts }
      return true
    }
    var modules: [Module] = []
    for file in files {
      guard let facts = found[file.id], let path = ModulePath(bytes: file.path) else { continue }
      let stored = StoredModule(blob: file.id, facts: facts)
      if let module = Module(stored, path: path, commit: commit) { modules.append(module) }
    }
    return modules
  }

  /// The module whose hash begins with these digits; nil if there is none.
  private func module(
    matching prefix: HexadecimalPrefix, as reference: String, in commit: CommitID
  ) throws(StoreError) -> Module? {
    let modules = try modules(matching: prefix, in: commit)
    switch PrefixMatch(modules.map(\.digest)) {
    case .none: return nil
    case .one: return modules.first
    case .several(let candidates): throw .ambiguousModule(reference, candidates: candidates.map(\.hex))
    }
  }

  private func missing(_ reference: ModuleReference, head: CommitID?) throws(StoreError) -> StoreError {
    guard let path = reference.path else {
      return .moduleNotFound(reference: reference.text, branch: branch, lastAt: nil)
    }
    var lastAt: String?
    // A long history is not read only for an error message.
    if let head, try historyPlace(of: head.object, limit: StoreSession.catchUpLimit) != nil {
      let changes = try changes(of: path, upTo: head.object)
      if let last = changes.last(where: { $0.object != nil }) {
        lastAt = "\(CommitID(last.commit).abbreviated()):\(path)"
      }
    }
    return .moduleNotFound(reference: path.description, branch: branch, lastAt: lastAt)
  }

  private func missing(
    digest: ModuleDigest, reference: String, head: CommitID?
  ) throws(StoreError) -> StoreError {
    let known = withCatalog { (catalog) throws(DatabaseError) in try catalog.module(withDigest: digest) }
    var lastAt: String?
    if let head, let blob = known?.blob,
      try historyPlace(of: head.object, limit: StoreSession.catchUpLimit) != nil
    {
      let candidates =
        withCatalog { (catalog) throws(DatabaseError) in try catalog.paths(everHolding: blob) } ?? []
      for candidate in candidates {
        guard let path = ModulePath(bytes: candidate) else { continue }
        let changes = try changes(of: path, upTo: head.object)
        if let last = changes.last(where: { $0.object == blob }) {
          lastAt = "\(CommitID(last.commit).abbreviated()):\(path)"
        }
      }
    }
    return .moduleNotFound(reference: reference, branch: branch, lastAt: lastAt)
  }
}

extension EntryKind {
  /// The kind of a module; nil if the blob is not one.
  init?(_ kind: ModuleFacts.Kind) {
    switch kind {
    case .core: self = .core
    case .component: self = .component
    case .unknown: self = .unknown
    case .other: return nil
    }
  }
}
