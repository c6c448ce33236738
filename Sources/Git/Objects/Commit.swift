internal import Clibgit2
public import Identifiers

/// Says who made a commit and when.
public struct Signature: Hashable, Sendable {
  /// The name, without angle brackets or line ends.
  public let name: String
  /// The mail address.
  public let mail: String
  /// Seconds since 1970-01-01 UTC.
  public let seconds: Int64

  /// Makes a signature from its parts.
  public init(name: String, mail: String, seconds: Int64) {
    self.name = name
    self.mail = mail
    self.seconds = seconds
  }
}

/// A commit, copied out of the repository.
public struct Commit: Hashable, Sendable {
  /// Its own name.
  public let id: ObjectID
  /// The root tree.
  public let tree: ObjectID
  /// The parents in order.
  public let parents: [ObjectID]
  /// Who made the change.
  public let author: Signature
  /// Who made the commit.
  public let committer: Signature
  /// The whole message.
  public let message: String
}

extension Repository {
  /// Reads a commit.
  ///
  /// - Throws: `GitError` with `.notFound` when `id` names no commit.
  public func commit(_ id: ObjectID) throws(GitError) -> Commit {
    var raw = id.raw
    let commit = try reading(id) { () throws(GitError) in
      try Handle<CommitKind> { git_commit_lookup(&$0, handle, &raw) }
    }
    let parents = try parents(of: commit, id)
    guard let tree = git_commit_tree_id(commit.raw) else {
      throw GitError(.damaged, "commit \(id) names no tree")
    }
    return Commit(
      id: id, tree: ObjectID(tree.pointee), parents: parents,
      author: signature(git_commit_author(commit.raw)),
      committer: signature(git_commit_committer(commit.raw)),
      message: git_commit_message(commit.raw).map { String(cString: $0) } ?? "")
  }

  /// The parents of an open commit; none where history ends with it.
  func parents(of commit: borrowing Handle<CommitKind>, _ id: ObjectID) throws(GitError) -> [ObjectID] {
    if try endsHistory(id) { return [] }
    var parents: [ObjectID] = []
    for index in 0..<git_commit_parentcount(commit.raw) {
      if let parent = git_commit_parent_id(commit.raw, index) { parents.append(ObjectID(parent.pointee)) }
    }
    return parents
  }

  /// The root tree and first parent of a commit, without its texts.
  ///
  /// - Throws: `GitError` with `.notFound` where there is no such object, `.damaged` where it is no commit.
  public func link(_ id: ObjectID) throws(GitError) -> (tree: ObjectID, firstParent: ObjectID?) {
    let lines = try object(id, kind: .commit).split(
      separator: 0x0a, maxSplits: 2, omittingEmptySubsequences: false)
    guard let tree = ObjectID(inLine: lines.first, after: "tree ") else {
      throw GitError(.damaged, "commit \(id) names no tree")
    }
    let parent = ObjectID(inLine: lines.dropFirst().first, after: "parent ")
    guard parent != nil, try endsHistory(id) else { return (tree, parent) }
    return (tree, nil)
  }

  private func signature(_ raw: UnsafePointer<git_signature>?) -> Signature {
    guard let raw else { return Signature(name: "", mail: "", seconds: 0) }
    return Signature(
      name: raw.pointee.name.map { String(cString: $0) } ?? "",
      mail: raw.pointee.email.map { String(cString: $0) } ?? "",
      seconds: raw.pointee.when.time)
  }
}

extension ObjectID {
  /// Reads the id of a line in a commit's header; nil where the line begins otherwise.
  fileprivate init?(inLine line: ArraySlice<UInt8>?, after word: String) {
    guard let line, line.starts(with: word.utf8) else { return nil }
    self.init(hexadecimalDigits: line.dropFirst(word.utf8.count))
  }
}

extension Commit {
  /// The bytes of a commit object, as git writes them (git's `commit` object format).
  public static func encode(
    tree: ObjectID, parents: [ObjectID], author: Signature, committer: Signature, message: String
  ) -> [UInt8] {
    var text = "tree \(tree)\n"
    for parent in parents { text += "parent \(parent)\n" }
    text += "author \(author.name) <\(author.mail)> \(author.seconds) +0000\n"
    text += "committer \(committer.name) <\(committer.mail)> \(committer.seconds) +0000\n\n"
    text += message
    return Array(text.utf8)
  }
}
