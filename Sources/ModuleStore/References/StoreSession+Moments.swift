internal import Identifiers
internal import Git

/// The value of a branch at another time: `BRANCH@{N}` and `BRANCH@{DATE}`.
extension StoreSession {
  /// Finds the commit of a branch a number of moves ago, or at a date.
  ///
  /// `moment`: The text in the braces.
  /// `revision`: The whole revision, for messages.
  ///
  /// - Throws: `StoreError.unknownRevision`, `.noCommits` if there is no such branch, `.invalidRevision`.
  func commit(
    of branch: BranchName, at moment: String, revision: String
  ) throws(StoreError) -> CommitID {
    guard let current = try commitID(ofReference: branch.reference) else {
      throw branch == self.branch ? .noCommits(branch) : .unknownRevision(revision)
    }
    var history = try history(of: branch.reference)
    history.closeGaps(upTo: current.hex)
    if let steps = Int(moment), steps >= 0 {
      guard steps > 0 else { return current }
      let moves = history.moves
      guard steps <= moves.count,
        let commit = moves[moves.count - steps].before.flatMap({ CommitID(hex: $0) })
      else {
        throw .invalidRevision(
          revision,
          reason: "the record has only \(moves.count == 1 ? "1 move" : "\(moves.count) moves") of \(branch)")
      }
      return commit
    }
    guard let date = DateExpression(moment)?.timestamp(now: options.recordClock()) else {
      throw .invalidRevision(revision, reason: "\"\(moment)\" is not a date")
    }
    return try commit(of: branch, at: date, history.moves, current: current, revision: revision)
  }

  /// The value after the newest move that is not later than the date. If there is no such known move, or if there may
  /// have been an unknown one, the commit times along the first parents are used.
  private func commit(
    of branch: BranchName, at date: Timestamp, _ moves: [RecordedMove], current: CommitID, revision: String
  ) throws(StoreError) -> CommitID {
    let last = moves.lastIndex { $0.time.map { $0 <= date } ?? false }
    let next = moves[(last.map { $0 + 1 } ?? 0)...].first
    let value = last.map { moves[$0].after } ?? next?.before
    if last != nil, next?.time != nil || next == nil {
      guard let commit = value.flatMap({ CommitID(hex: $0) }) else { throw .unknownRevision(revision) }
      return commit
    }
    if last == nil { work.note(.dateBeforeRecord(date.rfc3339)) }
    // The branch may not have existed before the first move, but its history may be older.
    let start = last == nil ? next.map { $0.before ?? $0.after } ?? current.hex : next?.after
    var found: CommitID?
    if let start = start.flatMap({ CommitID(hex: $0) }) {
      try translated { () throws(GitError) in
        try repository.walkFirstParents(from: start.object) { (step) throws(GitError) in
          if try repository.commit(step.id).committer.seconds <= date.seconds { found = CommitID(step.id) }
          return found == nil
        }
      }
    }
    guard let found = found ?? (last == nil ? nil : value.flatMap({ CommitID(hex: $0) })) else {
      throw .invalidRevision(revision, reason: "\(branch) had no commit at that time")
    }
    return found
  }
}
