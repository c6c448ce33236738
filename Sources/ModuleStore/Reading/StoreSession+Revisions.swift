internal import Git
internal import Identifiers

extension StoreSession {
  /// Finds the commit that a revision names (Documentation/cli.md, "Naming revisions").
  ///
  /// - Throws: `StoreError.unknownRevision`, `.ambiguousRevision`, `.invalidRevision`.
  public func resolve(_ revision: String) throws(StoreError) -> CommitID {
    let split = StoreSession.endOfName(in: revision)
    let name = String(revision[..<split])
    var suffix = revision[split...]
    var commit: CommitID
    if suffix.hasPrefix("@{") {
      commit = try takeMoment(from: &suffix, branch: name, revision: revision)
    } else if suffix.hasPrefix("@") {
      suffix.removeFirst()
      commit = try existingHead()
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

  /// Where the name that a revision begins with ends: at `~`, `^` or `@{`. An `@` alone is no name.
  private static func endOfName(in revision: String) -> String.Index {
    // As bytes, for each is a sign whatever follows it.
    let bytes = revision.utf8
    let end =
      bytes.indices.first { "~^".utf8.contains(bytes[$0]) || bytes[$0...].starts(with: "@{".utf8) }
      ?? revision.endIndex
    return revision[..<end] == "@" ? revision.startIndex : end
  }

  private func resolve(name: String, revision: String) throws(StoreError) -> CommitID {
    if name == "HEAD" {
      guard let id = try commitID(ofReference: defaultBranch.reference) else {
        throw .noCommits(defaultBranch)
      }
      return id
    }
    // A whole id goes before a name, and a name before an abbreviation, as for git.
    let isWholeID = isHexadecimal(name, count: 40...40)
    if !isWholeID {
      for prefix in ["refs/heads/", "refs/tags/", ""] {
        guard !prefix.isEmpty || name.hasPrefix("refs/") else { continue }
        if let id = try commitID(ofReference: prefix + name) { return id }
      }
      if name == branch.name, try head() == nil { throw .noCommits(branch) }
    }
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
    guard let object = try objectID(of: name) else { return nil }
    return try translated { () throws(GitError) in
      try repository.commitID(peeling: object).map { CommitID($0) }
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

  /// Takes `@{…}` off a revision and finds where the branch stood then.
  private func takeMoment(
    from suffix: inout Substring, branch name: String, revision: String
  ) throws(StoreError) -> CommitID {
    guard let end = suffix.firstIndex(of: "}") else {
      throw .invalidRevision(revision, reason: "\"}\" is missing")
    }
    let text = String(suffix[..<end].dropFirst(2))
    suffix = suffix[suffix.index(after: end)...]
    let branch = try name.isEmpty ? branch : name == "HEAD" ? defaultBranch : BranchName(name)
    return try commit(of: branch, at: text, revision: revision)
  }
}
