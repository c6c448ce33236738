public import Identifiers

/// A commit that a walk reached.
public struct ReachedCommit: Hashable, Sendable {
  /// The commit.
  public let id: ObjectID
  /// Its root tree.
  public let tree: ObjectID
  /// Its parents, even if history ends with it.
  public let parents: [ObjectID]
}

/// An object that a walk needed and could not read.
public struct MissingObject: Hashable, Sendable {
  /// The object.
  public let id: ObjectID
  /// Its expected kind; nil if it is unknown.
  public let kind: ObjectKind?
  /// The problem; nil if the object does not exist.
  public let problem: String?
}

/// All objects that are reachable from some objects, including these objects.
public struct ReachedObjects: Sendable {
  /// The commits. Along first parents each comes before the next; otherwise they are in no particular order.
  public internal(set) var commits: [ReachedCommit] = []
  /// The trees.
  public internal(set) var trees: [ObjectID] = []
  /// The entries of trees that are not directories. They were not read.
  public internal(set) var blobs: [ObjectID] = []
  /// The tag objects.
  public internal(set) var tags: [ObjectID] = []
  /// Objects that are needed and are missing or unreadable; objects behind them are not included.
  public internal(set) var missing: [MissingObject] = []
  /// All ids, including those of missing objects.
  public internal(set) var ids = ObjectIDSet()
}
