public import Identifiers

/// The author of a commit and the time.
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
  /// Its id.
  public let id: ObjectID
  /// The root tree.
  public let tree: ObjectID
  /// The parents in order.
  public let parents: [ObjectID]
  /// The author of the change.
  public let author: Signature
  /// The author of the commit.
  public let committer: Signature
  /// The whole message.
  public let message: String
}

extension Repository {
  /// Reads a commit.
  ///
  /// A date or author that cannot be parsed is 0 or empty; plain git stores such commits too.
  ///
  /// - Throws: `GitError` with `.notFound` if there is no such object, `.damaged` if it is not a commit.
  public func commit(_ id: ObjectID) throws(GitError) -> Commit {
    let text = ObjectText(try object(id, kind: .commit))
    guard let tree = text.id("tree") else { throw GitError(.damaged, "commit \(id) has no tree") }
    return Commit(
      id: id, tree: tree, parents: try endsHistory(id) ? [] : text.ids("parent"),
      author: text.signature("author"),
      committer: text.signature("committer"), message: text.message)
  }

  /// The root tree and first parent of a commit, without its texts.
  ///
  /// - Throws: `GitError` with `.notFound` where there is no such object, `.damaged` where it is no commit.
  public func link(_ id: ObjectID) throws(GitError) -> (tree: ObjectID, firstParent: ObjectID?) {
    let lines = try object(id, kind: .commit).split(
      separator: 0x0a, maxSplits: 2, omittingEmptySubsequences: false)
    guard let tree = ObjectID(inLine: lines.first, after: "tree ") else {
      throw GitError(.damaged, "commit \(id) has no tree")
    }
    let parent = ObjectID(inLine: lines.dropFirst().first, after: "parent ")
    guard parent != nil, try endsHistory(id) else { return (tree, parent) }
    return (tree, nil)
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
