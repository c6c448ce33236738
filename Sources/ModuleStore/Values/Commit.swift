internal import Git
internal import Identifiers

/// A checkpoint of a branch.
public struct Commit: Hashable, Sendable {
  /// Its name.
  public let id: CommitID
  /// The commits that it follows, the branch's own first.
  public let parents: [CommitID]
  /// Who made the change.
  public let author: Author
  /// Who made the commit.
  public let committer: Author
  /// When the commit was made.
  public let time: Timestamp
  /// What was done.
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
