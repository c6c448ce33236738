public import Identifiers

/// What a garbage collection does with a branch's history.
public enum HistoryPolicy: Hashable, Sendable {
  /// Squashes all of it into one commit.
  case squash
  /// Keeps the newest commits, on top of one commit for the rest.
  case keepLast(Int)
  /// Keeps all of it.
  case keep
}

/// The options of a garbage collection.
public struct CollectionRequest: Sendable {
  /// What to do with the branch's history; nil for the settings `gc.policy` and `gc.keepLast`, then `squash`.
  public var history: HistoryPolicy?
  /// Whether not to wait for `gc.grace`, and to drop former states of references too.
  public var expiresNow = false
  /// Whether it is a dry run.
  public var isDryRun = false

  /// Uses the settings.
  public init() {}
}

/// A history that was shortened.
public struct SquashedHistory: Hashable, Sendable {
  /// The branch.
  public let branch: BranchName
  /// The number of commits that were squashed into one.
  public let commitCount: Int
  /// The time of the oldest of them.
  public let oldest: Timestamp
  /// The branch's commit before.
  public let before: CommitID
  /// The branch's commit now; nil in a dry run.
  public let after: CommitID?
  /// The ids of commits that were rewritten, old and new; empty in a dry run.
  public let rewritten: [CommitID: CommitID]
}

/// A module that became unreachable.
public struct CollectedModule: Hashable, Sendable {
  /// The module.
  public let digest: ModuleDigest
  /// The number of its bytes.
  public let size: Int
  /// Its last place; nil if no history contains it.
  public let last: Place?

  /// A path in a commit.
  public struct Place: Hashable, Sendable {
    /// The path.
    public let path: RawPath
    /// The commit.
    public let commit: CommitID
  }
}

/// The result of a collection.
public struct CollectionReport: Sendable {
  /// The number of removed objects, except a commit that an earlier collection made.
  public internal(set) var removedObjects = 0
  /// The number of bytes by which the files of the store became smaller.
  public internal(set) var freedBytes: Int64 = 0
  /// The unreachable objects that are kept until they are older than `gc.grace`.
  public internal(set) var waitingObjects = 0
  /// The history that was shortened; nil if none was.
  public internal(set) var squashed: SquashedHistory?
  /// Branches and tags that reach commits of the branch's history, so that these are kept.
  public internal(set) var holders: [String] = []
  /// The removed modules; known only in a dry run.
  public internal(set) var modules: [CollectedModule] = []

  init() {}
}
