/// What is wrong with a store of the older wasmstore.
public struct PredecessorDamage: Hashable, Sendable {
  /// The kinds of thing that can be damaged.
  public enum Kind: String, Sendable {
    case reference
    case commit
    case folder
    case module
  }

  /// What it is.
  public let kind: Kind
  /// Its key, or the name of a reference.
  public let name: String
  /// What is wrong with it.
  public let problem: String
  /// A commit that needs it; nil for a reference.
  public let commit: String?
  /// Where it is in that commit; nil for a reference or a commit.
  public let path: RawPath?
}
