public import Identifiers

/// What becomes of a branch's history when garbage is collected.
public enum HistoryPolicy: Hashable, Sendable {
  /// All of it becomes one commit.
  case squash
  /// The newest commits stay, on one commit for the rest.
  case keepLast(Int)
  /// All of it stays.
  case keep
}

/// What is to be collected.
public struct CollectionRequest: Sendable {
  /// What becomes of the branch's history; nil for the settings `gc.policy` and `gc.keepLast`, then `squash`.
  public var history: HistoryPolicy?
  /// Whether nothing waits for `gc.grace`, and former states of references are given up too.
  public var expiresNow = false
  /// Whether nothing is changed.
  public var isDryRun = false

  /// Asks for what the settings say.
  public init() {}
}

/// A history that became shorter.
public struct SquashedHistory: Hashable, Sendable {
  /// The branch.
  public let branch: BranchName
  /// The number of commits that became one.
  public let commitCount: Int
  /// The time of the oldest of them.
  public let oldest: Timestamp
  /// The branch's commit before.
  public let before: CommitID
  /// The branch's commit now; nil in a dry run.
  public let after: CommitID?
  /// The ids of commits that were written anew, old and new; none in a dry run.
  public let rewritten: [CommitID: CommitID]
}

/// A module that nothing reaches any more.
public struct CollectedModule: Hashable, Sendable {
  /// The module.
  public let digest: ModuleDigest
  /// The number of its bytes.
  public let size: Int
  /// Where it was last; nil where no history tells.
  public let last: Place?

  /// A path in a commit.
  public struct Place: Hashable, Sendable {
    /// The path.
    public let path: RawPath
    /// The commit.
    public let commit: CommitID
  }
}

/// What a collection came to.
public struct CollectionReport: Sendable {
  /// The number of objects that were removed; a commit that an earlier collection made does not count.
  public internal(set) var removedObjects = 0
  /// The bytes that the store is smaller, as files count.
  public internal(set) var freedBytes: Int64 = 0
  /// The objects that nothing reaches and that stay until they are older than `gc.grace`.
  public internal(set) var waitingObjects = 0
  /// The history that became shorter; nil where none did.
  public internal(set) var squashed: SquashedHistory?
  /// Branches and tags that hold commits of the branch's history, so that these stay.
  public internal(set) var holders: [String] = []
  /// The modules that are removed; known in a dry run only.
  public internal(set) var modules: [CollectedModule] = []

  init() {}
}
