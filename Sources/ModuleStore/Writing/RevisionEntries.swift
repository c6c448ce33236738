internal import Git
internal import Identifiers

/// The entries of some paths in a revision, so that a branch can restore them.
struct RevisionEntries {
  private let paths: [ModulePath]
  private let entries: [TreeEntry?]
  /// The revision as the caller wrote it.
  private let revision: String

  /// Looks up the paths.
  ///
  /// - Parameters:
  ///   - paths: Files or directories.
  ///   - commit: The commit of the revision.
  ///   - revision: The revision as the caller wrote it.
  ///   - store: The session.
  /// - Throws: `StoreError.moduleNotFound`, and other errors if they cannot be read.
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

  /// Restores each path to its entry in the revision, or removes it if the revision does not have it.
  ///
  /// - Parameters:
  ///   - editor: The tree of the branch.
  ///   - present: The current entries of the paths.
  ///   - branch: The branch.
  /// - Throws: `StoreError.moduleNotFound` if neither has the path.
  func restore(
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
