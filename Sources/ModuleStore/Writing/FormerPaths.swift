internal import Git
internal import Identifiers

/// What some paths hold in a revision, so that a branch can hold it again.
struct FormerPaths {
  private let paths: [ModulePath]
  private let entries: [TreeEntry?]
  /// The revision as it was named.
  private let revision: String

  /// Looks the paths up.
  ///
  /// - Parameters:
  ///   - paths: Files or directories.
  ///   - commit: The commit of the revision.
  ///   - revision: The revision as it was named.
  ///   - store: Where they are.
  /// - Throws: `StoreError.moduleNotFound` and others where they cannot be read.
  init(
    _ paths: [ModulePath], of commit: CommitID, named revision: String, in store: StoreSession
  ) throws(StoreError) {
    (self.paths, self.revision) = (paths, revision)
    entries = try paths.map { path throws(StoreError) in try store.entry(at: path, in: commit) }
  }

  /// Refuses paths that the revision does not have.
  ///
  /// - Throws: `StoreError.moduleNotFound`.
  func requirePresence(on branch: BranchName) throws(StoreError) {
    for (path, entry) in zip(paths, entries) where entry == nil { throw missing(path, on: branch) }
  }

  /// Gives each path what the revision has there, and removes it where it has nothing.
  ///
  /// - Parameters:
  ///   - editor: The tree of the branch.
  ///   - present: What stands at the paths now.
  ///   - branch: The branch.
  /// - Throws: `StoreError.moduleNotFound` where neither has the path.
  func bringBack(
    in editor: inout TreeEditor, over present: [TreeEntry?], on branch: BranchName
  ) throws(StoreError) {
    for (path, (entry, present)) in zip(paths, zip(entries, present)) {
      guard entry != nil || present != nil else { throw missing(path, on: branch) }
      try translated { () throws(GitError) in
        if let entry {
          try editor.set(path.names, mode: entry.mode, id: entry.id, replacing: true)
        } else {
          try editor.remove(path.names)
        }
      }
    }
  }

  private func missing(_ path: ModulePath, on branch: BranchName) -> StoreError {
    .moduleNotFound(reference: "\(revision):\(path)", branch: branch, lastAt: nil)
  }
}
