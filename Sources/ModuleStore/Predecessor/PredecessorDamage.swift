/// A damaged part of a store of the older wasmstore.
public struct PredecessorDamage: Hashable, Sendable {
  /// The kinds of damaged parts.
  public enum Kind: String, Sendable {
    case reference
    case commit
    case folder
    case module
  }

  /// Its kind.
  public let kind: Kind
  /// Its key, or the name of a reference.
  public let name: String
  /// The problem.
  public let problem: String
  /// A commit that needs it; nil for a reference.
  public let commit: String?
  /// Its path in that commit; nil for a reference or a commit.
  public let path: RawPath?
}
