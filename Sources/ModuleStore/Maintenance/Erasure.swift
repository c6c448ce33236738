public import Identifiers

/// The result of an erasure, or of its dry run.
public struct Erasure: Hashable, Sendable {
  /// A module that was removed from all history.
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
    /// The object's id now; nil if the reference was deleted because nothing is left of its object.
    public let after: String?
  }

  /// The modules.
  public let modules: [ErasedModule]
  /// The ids of commits that were rewritten, old and new.
  public let rewritten: [CommitID: CommitID]
  /// The references that moved, by name.
  public let references: [MovedReference]
  /// The number of objects that were removed.
  public internal(set) var removedObjects = 0
  /// The number of bytes by which the files of the store became smaller.
  public internal(set) var freedBytes: Int64 = 0
  /// The modules whose bytes are still in the store, because something keeps them that the erasure cannot change.
  public internal(set) var remaining: [ModuleDigest] = []
}
