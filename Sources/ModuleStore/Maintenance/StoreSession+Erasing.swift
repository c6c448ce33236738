internal import Catalog
internal import Git
internal import Identifiers

extension StoreSession {
  /// Removes modules from all history, and frees their bytes at once. This cannot be undone.
  ///
  /// Every commit that has one of them, and all its descendants, are rewritten. All branches, tags and other
  /// references move to the new commits, also protected branches. Former states of references are dropped.
  ///
  /// - Parameters:
  ///   - references: The modules: paths, `REV:PATH`, or full hashes of modules in any history.
  ///   - dryRun: Whether nothing is changed.
  /// - Returns: The result.
  /// - Throws: `StoreError.moduleNotFound`, `.branchCheckedOut`, `.beyondBoundary` in a shallow clone, and errors of
  ///   a collection, which can then be repeated.
  public func erase(_ references: [String], dryRun: Bool = false) throws(StoreError) -> Erasure {
    var doomed: [(blob: ObjectID, digest: ModuleDigest, size: Int)] = []
    var erasure = try whileNothingIsDeleted(unless: dryRun) { () throws(StoreError) -> Erasure in
      if try isShallow { throw .beyondBoundary("cannot erase from all history") }
      let modules = try references.map { reference throws(StoreError) in try self.doomed(reference) }
      doomed = modules
      let blobs = Set(modules.map { $0.blob })
      let described = modules.map { Erasure.ErasedModule(digest: $0.digest, size: $0.size) }
      if dryRun { return try rewrite(without: blobs, described, dryRun: true) }
      return try locks.writing { () throws(StoreError) in
        try migrate()
        return try rewrite(without: blobs, described, dryRun: false)
      }
    }
    guard !dryRun else { return erasure }
    var request = CollectionRequest()
    request.history = .keep
    request.expiresNow = true
    let report = try collectGarbage(request)
    (erasure.removedObjects, erasure.freedBytes) = (report.removedObjects, report.freedBytes)
    // Opened again: libgit2 goes on to read packs that it has open, also after they were deleted.
    let present = try translated { () throws(GitError) in try Repository(openingAt: connection.store.root) }
    erasure.remaining = doomed.filter { present.contains($0.blob) }.map { $0.digest }
    return erasure
  }

  /// A module to erase.
  private func doomed(
    _ reference: String
  ) throws(StoreError) -> (blob: ObjectID, digest: ModuleDigest, size: Int) {
    if let digest = ModuleDigest(reference) {
      guard let blob = try blobAnywhere(digest) else {
        throw .moduleNotFound(reference: digest.hex, branch: branch, lastAt: nil)
      }
      return (blob, digest, try facts(ofBlob: blob).size)
    }
    let module = try module(reference)
    return (module.blob, module.digest, module.size)
  }

  /// Rewrites all histories and moves the references. Called under the write lock unless it is a dry run.
  private func rewrite(
    without blobs: Set<ObjectID>, _ modules: [Erasure.ErasedModule], dryRun: Bool
  ) throws(StoreError) -> Erasure {
    let writer = looseObjects
    let (moves, commits) = try translated {
      () throws(GitError) -> ([ReferenceMove], [ObjectID: ObjectID]) in
      var names: [(name: String, id: ObjectID)] = []
      for reference in try repository.references(withPrefix: "refs/") {
        // References that keep objects for `undo` are deleted; a pin is deleted by its reader.
        guard case .object(let id) = reference.target, !reference.name.hasPrefix("refs/wasmstore/") else {
          continue
        }
        names.append((reference.name, id))
      }
      var rewrite = HistoryRewrite(repository, without: blobs) { (bytes, kind) throws(GitError) in
        guard !dryRun else { return try ObjectID(of: bytes.span.bytes, kind: kind) }
        return try writer.write(bytes.span.bytes, kind: kind)
      }
      var starts: [ObjectID] = []
      for (_, id) in names {
        if let commit = try repository.commitID(peeling: id) { starts.append(commit) }
      }
      try rewrite.rewrite(upTo: starts)
      var moves: [ReferenceMove] = []
      for (name, id) in names {
        let new = try rewrite.successor(of: id)
        if new != id { moves.append(ReferenceMove(name: name, before: id, after: new)) }
      }
      return (moves, rewrite.commits)
    }
    for branch in moves.compactMap({ BranchName(reference: $0.name) }) { try refuseCheckedOut(branch) }
    if !dryRun, !moves.isEmpty {
      try translated { () throws(GitError) in try repository.refresh() }
      let count = modules.count == 1 ? "1 module" : "\(modules.count) modules"
      try perform(moves, command: "erase \(count)")
    }
    return Erasure(
      modules: modules,
      rewritten: Dictionary(uniqueKeysWithValues: commits.map { (CommitID($0.key), CommitID($0.value)) }),
      references: moves.map {
        Erasure.MovedReference(name: $0.name, before: $0.before?.hex ?? "", after: $0.after?.hex)
      })
  }
}
