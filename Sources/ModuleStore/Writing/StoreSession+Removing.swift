internal import Catalog
internal import Git
internal import Identifiers
internal import SQLite

/// The result of a command that changes a branch.
public struct WriteResult: Hashable, Sendable {
  /// The commit that was created, or the one to which the branch was moved; nil if nothing changed.
  public let commit: CommitID?
  /// The paths that changed, or would change.
  public let changes: [Change]
}

extension StoreSession {
  /// Removes modules and directories in one commit: by path, or by full hash from every path that contains it.
  ///
  /// - Throws: `StoreError.moduleNotFound` for the first reference that names nothing, unless
  ///   `ignoringMissing`, and `.expectationFailed`.
  public func remove(
    _ references: [String], expecting expectations: [ModulePath: PathPrecondition] = [:],
    message: String? = nil,
    ignoringMissing: Bool = false, dryRun: Bool = false
  ) throws(StoreError) -> WriteResult {
    let command = "remove " + references.joined(separator: " ")
    return try whileNothingIsDeleted(unless: dryRun) { () throws(StoreError) in
      let result = try transaction(command, dryRun: dryRun) { (transaction) throws(StoreError) in
        var removed: [String] = []
        for (path, expectation) in expectations { try test(expectation, at: path, in: transaction.editor) }
        for reference in references {
          let paths = try remove(reference, in: &transaction)
          if paths.isEmpty, !ignoringMissing { throw try notFound(reference, in: transaction.base) }
          removed += paths.map(\.description)
        }
        return Draft(message: message ?? "Remove " + removed.joined(separator: " "))
      }
      return try writeResult(result)
    }
  }

  /// Removes the entries of a reference; returns the paths that existed.
  private func remove(
    _ reference: String, in transaction: inout Transaction
  ) throws(StoreError) -> [ModulePath] {
    var removed: [ModulePath] = []
    for path in try pathsToRemove(reference, in: transaction.base) {
      let isRemoved = try translated { () throws(GitError) in try transaction.editor.remove(path.names) }
      if isRemoved { removed.append(path) }
    }
    return removed
  }

  /// The result of a transaction.
  func writeResult(_ result: TransactionResult) throws(StoreError) -> WriteResult {
    record(result)
    return WriteResult(
      commit: result.commit.map { CommitID($0) }, changes: try changes(of: result.differences))
  }

  private func pathsToRemove(_ reference: String, in commit: Commit?) throws(StoreError) -> [ModulePath] {
    guard let digest = ModuleDigest(reference) else { return [try ModulePath(reference)] }
    guard let commit, let module = try module(digest, in: commit.id) else { return [] }
    if try historyPlace(of: commit.id.object, limit: StoreSession.catchUpLimit) != nil {
      return try paths(of: module.blob, in: commit.id)
    }
    return try files(of: commit.id, below: nil).filter { $0.id == module.blob && $0.mode == .file }
      .compactMap { ModulePath(bytes: $0.path) }
  }

  private func notFound(_ reference: String, in commit: Commit?) throws(StoreError) -> StoreError {
    // The look-up of the reference reports where the module last was.
    guard commit != nil else { return .moduleNotFound(reference: reference, branch: branch, lastAt: nil) }
    do throws(StoreError) {
      _ = try module(reference)
    } catch {
      if case .moduleNotFound = error { return error }
    }
    return .moduleNotFound(reference: reference, branch: branch, lastAt: nil)
  }

  /// Puts a module from any history of the store at a path.
  ///
  /// - Throws: `StoreError.expectationFailed` if the path has another entry than expected,
  ///   `.invalidHash`, `.moduleNotFound`, `.pathConflict`.
  public func set(
    _ hash: String, at path: ModulePath, expecting expectation: PathPrecondition? = nil,
    message: String? = nil,
    dryRun: Bool = false
  ) throws(StoreError) -> WriteResult {
    guard let digest = ModuleDigest(hash) else { throw .invalidHash(hash) }
    return try whileNothingIsDeleted(unless: dryRun) { () throws(StoreError) in
      guard let blob = try blobAnywhere(digest) else {
        throw .moduleNotFound(reference: digest.hex, branch: branch, lastAt: nil)
      }
      let result = try transaction("set \(digest.hex) \(path)", dryRun: dryRun) {
        (transaction) throws(StoreError) in
        if let expectation { try test(expectation, at: path, in: transaction.editor) }
        try translated { () throws(GitError) in
          try transaction.editor.set(path.names, mode: .file, id: blob)
        }
        return Draft(message: message ?? "Set \(path) \(digest.hex)")
      }
      return try writeResult(result)
    }
  }

  /// The blob of a module in the history of some reference; nil if there is none.
  ///
  /// Unreachable objects are never found, because gc may delete them at any time.
  func blobAnywhere(_ digest: ModuleDigest) throws(StoreError) -> ObjectID? {
    if let head = try head(), let module = try module(digest, in: head) { return module.blob }
    let blobs = try reachability([]).walk(in: objectInventory(), work).current.blobs
    let known = withCatalog { (catalog) throws(DatabaseError) in try catalog.module(withDigest: digest) }
    if let known, blobs.contains(known.blob) { return known.blob }
    var found: ObjectID?
    // The requested module most likely existed recently, and the walk visits the newest trees first.
    var pending = blobs[...]
    while found == nil, !pending.isEmpty {
      let batch = pending.prefix(StoreSession.searchedBatch)
      pending = pending.dropFirst(batch.count)
      try forEachFacts(ofBlobs: Set(batch)) { blob, facts in
        if facts.digest == digest { found = blob }
        return true
      }
    }
    return found
  }

  /// The number of blobs that are examined in one batch.
  private static let searchedBatch = 1024
}
