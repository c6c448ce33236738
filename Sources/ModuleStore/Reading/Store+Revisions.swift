internal import Git
internal import Identifiers

extension Store {
  /// Finds the commit that a revision names (Documentation/cli.md, "Naming revisions").
  ///
  /// - Throws: `StoreError.unknownRevision`, `.ambiguousRevision`, `.invalidRevision`.
  public func resolve(_ revision: String) throws(StoreError) -> CommitID {
    let split = revision.firstIndex { "~^@".contains($0) } ?? revision.endIndex
    let name = String(revision[..<split])
    var suffix = revision[split...]
    var commit: CommitID
    if suffix.hasPrefix("@{") {
      commit = try takeMoment(from: &suffix, branch: name, revision: revision)
    } else if name.isEmpty, suffix.hasPrefix("@") {
      suffix.removeFirst()
      commit =
        try suffix.hasPrefix("{")
        ? takeMoment(from: &suffix, branch: "", revision: revision) : existingHead()
    } else {
      commit = try resolve(name: name, revision: revision)
    }
    while let sign = suffix.first {
      suffix.removeFirst()
      let digits = suffix.prefix(while: { $0.isASCII && $0.isNumber })
      suffix = suffix.dropFirst(digits.count)
      guard let count = digits.isEmpty ? 1 : Int(digits) else {
        throw .invalidRevision(revision, reason: "the number is too large")
      }
      switch sign {
      case "~": commit = try ancestor(of: commit, steps: count, revision: revision)
      case "^": commit = try parent(count, of: commit, revision: revision)
      default: throw .invalidRevision(revision, reason: "\"\(sign)\" is out of place")
      }
    }
    return commit
  }

  private func resolve(name: String, revision: String) throws(StoreError) -> CommitID {
    if name == "HEAD" {
      guard let id = try commitID(ofReference: defaultBranch.reference) else {
        throw .noCommits(defaultBranch)
      }
      return id
    }
    for prefix in ["refs/heads/", "refs/tags/", ""] {
      guard !prefix.isEmpty || name.hasPrefix("refs/") else { continue }
      if let id = try commitID(ofReference: prefix + name) { return id }
    }
    if name == branch.name, try head() == nil { throw .noCommits(branch) }
    guard let prefix = HexadecimalPrefix(name), (4...40).contains(prefix.count) else {
      throw .unknownRevision(revision)
    }
    switch try translated({ () throws(GitError) in try repository.commit(matching: prefix) }) {
    case .none: throw .unknownRevision(revision)
    case .one(let commit): return CommitID(commit)
    case .several(let candidates): throw .ambiguousRevision(name, candidates: candidates.map(\.hex))
    }
  }

  /// The commit that a reference leads to, through a tag object too; nil where there is none.
  func commitID(ofReference name: String) throws(StoreError) -> CommitID? {
    try translated { () throws(GitError) in
      guard let object = try repository.objectID(of: name) else { return nil }
      return try repository.commitID(peeling: object).map { CommitID($0) }
    }
  }

  private func ancestor(of commit: CommitID, steps: Int, revision: String) throws(StoreError) -> CommitID {
    var commit = commit
    for _ in 0..<steps { commit = try parent(1, of: commit, revision: revision) }
    return commit
  }

  private func parent(_ number: Int, of commit: CommitID, revision: String) throws(StoreError) -> CommitID {
    guard number > 0 else { return commit }
    let parents = try self.commit(commit).parents
    guard number <= parents.count else {
      let boundary = try translated { () throws(GitError) in try repository.boundary() }
      if boundary.contains(commit.object) { throw .beyondBoundary(revision) }
      let reason =
        parents.isEmpty
        ? "\(commit.abbreviated()) is the first commit" : "\(commit.abbreviated()) has no parent \(number)"
      throw .invalidRevision(revision, reason: reason)
    }
    return parents[number - 1]
  }

  // MARK: Moments

  /// Takes `@{…}` off a revision and finds where the branch stood then.
  private func takeMoment(
    from suffix: inout Substring, branch name: String, revision: String
  ) throws(StoreError) -> CommitID {
    if suffix.hasPrefix("@") { suffix.removeFirst() }
    guard let end = suffix.firstIndex(of: "}") else {
      throw .invalidRevision(revision, reason: "\"}\" is missing")
    }
    let text = String(suffix[..<end].dropFirst())
    suffix = suffix[suffix.index(after: end)...]
    let branch = name.isEmpty ? self.branch : try BranchName(name)
    guard let current = try commitID(ofReference: branch.reference) else {
      throw name.isEmpty ? .noCommits(branch) : .unknownRevision(revision)
    }
    let moves = try finishedOperations().flatMap { operation in
      operation.moves.filter { $0.name == branch.reference }.map { (time: operation.time, move: $0) }
    }
    if let steps = Int(text), steps >= 0 {
      guard steps > 0 else { return current }
      guard steps <= moves.count, let before = moves[moves.count - steps].move.before,
        let commit = CommitID(hex: before)
      else {
        throw .invalidRevision(revision, reason: "the record of \(branch) has \(moves.count) moves")
      }
      return commit
    }
    guard let moment = DateExpression(text)?.timestamp(now: options.now()) else {
      throw .invalidRevision(revision, reason: "\"\(text)\" is no date")
    }
    return try commit(of: branch, current: current, at: moment, moves: moves, revision: revision)
  }

  /// Where a branch stood at a moment: from the operation record; before its start, or where plain git moved
  /// the branch in between, from the commit times along the first parents.
  private func commit(
    of branch: BranchName, current: CommitID, at moment: Timestamp,
    moves: [(time: Timestamp, move: Operation.Move)], revision: String
  ) throws(StoreError) -> CommitID {
    let next = moves.firstIndex { $0.time > moment } ?? moves.endIndex
    let later = next < moves.endIndex ? moves[next].move.before : current.hex
    if next > 0, moves[next - 1].move.after == later {
      guard let commit = later.flatMap({ CommitID(hex: $0) }) else { throw .unknownRevision(revision) }
      return commit
    }
    if next == 0 { options.report(.dateBeforeRecord(moment.rfc3339)) }
    var found: CommitID?
    if let start = later.flatMap({ CommitID(hex: $0) }) {
      try translated { () throws(GitError) in
        try repository.walkFirstParents(from: start.object) { (step) throws(GitError) in
          if try repository.commit(step.id).committer.seconds <= moment.seconds { found = CommitID(step.id) }
          return found == nil
        }
      }
    }
    guard let found else {
      throw .invalidRevision(revision, reason: "\(branch) had no commit then")
    }
    return found
  }
}
