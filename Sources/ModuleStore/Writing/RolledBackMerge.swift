internal import Git
internal import Identifiers

/// A rollback that undid a merge. A repeated merge changes nothing, because the history already contains it.
public struct RolledBackMerge: Hashable, Sendable {
  /// The commit of the rollback.
  public let commit: CommitID
  /// The paths at which the branch differs since then, sorted.
  public let paths: [RawPath]
}

extension StoreSession {
  /// Finds the newest rollback that undid a merge and is still in effect; nil if there is none.
  ///
  /// - Parameters:
  ///   - theirs: The merged commit.
  ///   - head: The branch's head, a descendant of it.
  /// - Returns: The rollback.
  /// - Throws: `StoreError` if the history cannot be read.
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

  /// The rollbacks along the first parents, newest first, none older than the merged commit.
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
