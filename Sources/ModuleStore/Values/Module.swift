internal import Catalog
internal import Git
public import Identifiers

/// A module that was found.
public struct Module: Hashable, Sendable {
  /// The SHA-256 of its bytes.
  public let digest: ModuleDigest
  /// The number of bytes.
  public let size: Int
  /// `core` or `component`, or `unknown`.
  public let kind: EntryKind
  /// The reason why it is invalid; nil if it is valid.
  public let problem: String?
  /// The path where it was found.
  public let path: ModulePath?
  /// The commit in which it was found.
  public let commit: CommitID?
  let blob: ObjectID
}

extension Module {
  /// Combines a stored module and its place; nil if it is not a module.
  init?(_ stored: StoredModule, path: ModulePath?, commit: CommitID?) {
    let facts = stored.facts
    guard let digest = facts.digest, let kind = EntryKind(facts.kind) else { return nil }
    self.init(
      digest: digest, size: facts.size, kind: kind, problem: facts.problem, path: path,
      commit: commit, blob: stored.blob)
  }
}
