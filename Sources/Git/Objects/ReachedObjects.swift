public import Identifiers

/// A commit that a walk came to.
public struct ReachedCommit: Hashable, Sendable {
  /// The commit.
  public let id: ObjectID
  /// Its root tree.
  public let tree: ObjectID
  /// Its parents, also where history ends with it.
  public let parents: [ObjectID]
}

/// An object that a walk needed and could not have.
public struct MissingObject: Hashable, Sendable {
  /// The object.
  public let id: ObjectID
  /// What it is needed as; nil where nothing tells.
  public let kind: ObjectKind?
  /// What is wrong with it; nil where it is not there.
  public let problem: String?
}

/// All that some objects lead to, themselves included.
public struct ReachedObjects: Sendable {
  /// The commits. Along first parents each comes before the next; otherwise they are in no order.
  public internal(set) var commits: [ReachedCommit] = []
  /// The trees.
  public internal(set) var trees: [ObjectID] = []
  /// What stands in trees and is no directory. They were not read.
  public internal(set) var blobs: [ObjectID] = []
  /// The tag objects.
  public internal(set) var tags: [ObjectID] = []
  /// Objects that are needed and not there, or not readable; what they lead to is not among the rest.
  public internal(set) var missing: [MissingObject] = []
  /// All ids, those of missing objects too.
  public internal(set) var ids = ObjectIDSet()
}
