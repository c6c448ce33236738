internal import Git
internal import Identifiers

/// A commit of a branch.
public struct Commit: Hashable, Sendable {
  /// Its id.
  public let id: CommitID
  /// Its parents; the first is the branch's own previous commit.
  public let parents: [CommitID]
  /// The author of the change.
  public let author: Author
  /// The author of the commit.
  public let committer: Author
  /// The time of the commit.
  public let time: Timestamp
  /// The commit message.
  public let message: String
  let tree: ObjectID

  init(_ commit: Git.Commit) {
    id = CommitID(commit.id)
    parents = commit.parents.map { CommitID($0) }
    author = Author(commit.author)
    committer = Author(commit.committer)
    time = Timestamp(seconds: commit.committer.seconds)
    message = commit.message
    tree = commit.tree
  }
}
