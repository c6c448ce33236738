internal import Git
internal import Identifiers

extension StoreSession {
  /// Finds the commit that a revision names (Documentation/cli.md, "Naming revisions").
  ///
  /// - Throws: `StoreError.unknownRevision`, `.ambiguousRevision`, `.invalidRevision`.
  public func resolve(_ revision: String) throws(StoreError) -> CommitID {
    try RevisionResolver(session: self).commit(Revision(revision))
  }

  /// Returns whether a commit is `descendant` or one of its ancestors.
  public func isAncestor(_ commit: CommitID, of descendant: CommitID) throws(StoreError) -> Bool {
    try translated { () throws(GitError) in
      try repository.isAncestor(commit.object, of: descendant.object)
    }
  }

  /// The commit that was imported from a commit of the older wasmstore; nil if none is known.
  fileprivate func commit(importedFrom key: PredecessorKey) throws(StoreError) -> CommitID? {
    let line = ConvertedCommit.trailer + key.hex
    return try translated { () throws(GitError) in
      var starts: [ObjectID] = []
      for reference in try repository.references(withPrefix: "refs/") {
        guard case .object(let id) = reference.target else { continue }
        if let commit = try repository.commitID(peeling: id) { starts.append(commit) }
      }
      var found: CommitID?
      try repository.walk(from: starts) { (id) throws(GitError) in
        if try repository.commit(id).message.split(separator: "\n").last.map(String.init) == line {
          found = CommitID(id)
        }
        return found == nil
      }
      return found
    }
  }

  /// The commit that a reference names, directly or through tag objects; nil if there is none.
  func commitID(ofReference name: String) throws(StoreError) -> CommitID? {
    guard let object = try objectID(of: name) else { return nil }
    return try translated { () throws(GitError) in
      try repository.commitID(peeling: object).map { CommitID($0) }
    }
  }
}

/// Resolves revisions to commits.
struct RevisionResolver {
  let session: StoreSession

  /// The commit that a revision names.
  ///
  /// - Throws: `StoreError.unknownRevision`, `.ambiguousRevision`, `.invalidRevision`, `.noCommits`, `.beyondBoundary`.
  func commit(_ revision: Revision) throws(StoreError) -> CommitID {
    var commit: CommitID
    switch revision.base {
    case .head: commit = try session.existingHead()
    case .name(let name): commit = try self.commit(named: name, revision)
    case .moment(let name, let text): commit = try self.commit(of: name, at: text, revision)
    }
    for step in revision.steps {
      switch step {
      case .back(let count): commit = try ancestor(of: commit, steps: count, revision)
      case .parent(let number): commit = try parent(number, of: commit, revision)
      }
    }
    return commit
  }

  private func commit(named name: String, _ revision: Revision) throws(StoreError) -> CommitID {
    if name == "HEAD" {
      guard let id = try session.commitID(ofReference: session.defaultBranch.reference) else {
        throw .noCommits(session.defaultBranch)
      }
      return id
    }
    // A full id has priority over a name, and a name over an abbreviation, as in git.
    let isWholeID = isHexadecimal(name, count: 40...40)
    if !isWholeID {
      for prefix in ["refs/heads/", "refs/tags/", ""] {
        guard !prefix.isEmpty || name.hasPrefix("refs/") else { continue }
        if let id = try session.commitID(ofReference: prefix + name) { return id }
      }
      if name == session.branch.name, try session.head() == nil { throw .noCommits(session.branch) }
    }
    if let key = PredecessorKey(hex: name), let id = try session.commit(importedFrom: key) { return id }
    guard let prefix = HexadecimalPrefix(name), (4...40).contains(prefix.count) else {
      throw .unknownRevision(revision.text)
    }
    switch try translated({ () throws(GitError) in try session.repository.commit(matching: prefix) }) {
    case .none: throw .unknownRevision(revision.text)
    case .one(let commit): return CommitID(commit)
    case .several(let candidates): throw .ambiguousRevision(name, candidates: candidates.map(\.hex))
    }
  }

  private func ancestor(of commit: CommitID, steps: Int, _ revision: Revision) throws(StoreError) -> CommitID
  {
    var commit = commit
    for _ in 0..<steps { commit = try parent(1, of: commit, revision) }
    return commit
  }

  private func parent(_ number: Int, of commit: CommitID, _ revision: Revision) throws(StoreError) -> CommitID
  {
    guard number > 0 else { return commit }
    let parents = try session.commit(commit).parents
    guard number <= parents.count else {
      let boundary = try translated { () throws(GitError) in try session.repository.boundary() }
      if boundary.contains(commit.object) { throw .beyondBoundary(revision.text) }
      let reason =
        parents.isEmpty
        ? "\(commit.abbreviated()) has no parent" : "\(commit.abbreviated()) has no parent \(number)"
      throw .invalidRevision(revision.text, reason: reason)
    }
    return parents[number - 1]
  }

  private func commit(
    of name: String, at text: String, _ revision: Revision
  ) throws(StoreError) -> CommitID {
    let branch =
      try name.isEmpty ? session.branch : name == "HEAD" ? session.defaultBranch : BranchName(name)
    return try session.commit(of: branch, at: text, revision: revision.text)
  }
}
