public import Identifiers

/// What an erasure came to, or would.
public struct Erasure: Hashable, Sendable {
  /// A module that was taken out of all history.
  public struct ErasedModule: Hashable, Sendable {
    /// The module.
    public let digest: ModuleDigest
    /// The number of its bytes.
    public let size: Int
  }

  /// A reference that names another object now.
  public struct MovedReference: Hashable, Sendable {
    /// Its full name.
    public let name: String
    /// The object's id before.
    public let before: String
    /// The object's id now; nil where the reference went, for nothing is left of what it named.
    public let after: String?
  }

  /// The modules.
  public let modules: [ErasedModule]
  /// The ids of commits that were written anew, old and new.
  public let rewritten: [CommitID: CommitID]
  /// The references that moved, by name.
  public let references: [MovedReference]
  /// The number of objects that were removed.
  public internal(set) var removedObjects = 0
  /// The bytes that the store is smaller, as files count.
  public internal(set) var freedBytes: Int64 = 0
  /// The modules whose bytes the store has all the same, for something holds them that is not reached.
  public internal(set) var remaining: [ModuleDigest] = []
}
