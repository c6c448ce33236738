internal import Git
internal import Identifiers

/// A rollback that took back what a merge had brought. Merging once more brings nothing, for the history has it.
public struct RolledBackMerge: Hashable, Sendable {
  /// The commit that took it back.
  public let commit: CommitID
  /// The paths that the branch holds otherwise since then, in order.
  public let paths: [RawPath]
}

extension StoreSession {
  /// Finds the newest rollback that took back what a merge had brought and that still holds; nil where there is none.
  ///
  /// - Parameters:
  ///   - theirs: What was merged.
  ///   - head: A descendant of it, where the branch stands.
  /// - Returns: The rollback.
  /// - Throws: `StoreError` where the history cannot be read.
  func rollback(of theirs: CommitID, upTo head: CommitID) throws(StoreError) -> RolledBackMerge? {
    let merged = try commit(theirs)
    let tree = try commit(head).tree
    for commit in try rollbacks(from: head, downTo: merged) {
      guard let parent = commit.parents.first, try isAncestor(theirs, of: parent) else { return nil }
      guard let target = RollbackTrailer.target(in: commit.message) else { continue }
      var base: ObjectID?
      if case .commit(let id) = target {
        if try !translated({ () throws(GitError) in repository.contains(id) }) { continue }
        if try isAncestor(theirs, of: CommitID(id)) { continue }
        base = try translated { () throws(GitError) in try repository.mergeBases(id, [theirs.object]) }.first
      }
      let baseTree = try base.map { id throws(StoreError) in try self.commit(CommitID(id)).tree }
      let before = try self.commit(parent).tree
      let paths = try translated { () throws(GitError) in
        var paths: [RawPath] = []
        try repository.compare(before, commit.tree) { (difference) throws(GitError) in
          let brought = try repository.entry(at: difference.path, in: merged.tree)
          let former = try baseTree.flatMap { tree throws(GitError) in
            try repository.entry(at: difference.path, in: tree)
          }
          let present = try repository.entry(at: difference.path, in: tree)
          if brought?.id != former?.id, brought?.id == difference.old?.id, brought?.id != present?.id {
            paths.append(RawPath(difference.path))
          }
        }
        return paths
      }
      if !paths.isEmpty { return RolledBackMerge(commit: commit.id, paths: paths) }
    }
    return nil
  }

  /// The rollbacks along the first parents, newest first, none of which is older than what was merged.
  private func rollbacks(from head: CommitID, downTo merged: Commit) throws(StoreError) -> [Commit] {
    try translated { () throws(GitError) in
      var found: [Commit] = []
      try repository.walkFirstParents(from: head.object) { (step) throws(GitError) in
        let commit = try repository.commit(step.id)
        if RollbackTrailer.target(in: commit.message) != nil { found.append(Commit(commit)) }
        return step.id != merged.id.object && commit.committer.seconds >= merged.time.seconds
      }
      return found
    }
  }
}
