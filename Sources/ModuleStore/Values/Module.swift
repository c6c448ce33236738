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
  /// Why it is invalid; nil where it is valid.
  public let problem: String?
  /// Where it was found.
  public let path: ModulePath?
  /// The commit in which it was found.
  public let commit: CommitID?
  let blob: ObjectID
}

extension Module {
  /// Joins what is stored and a place; nil where it is no module.
  init?(_ stored: StoredModule, path: ModulePath?, commit: CommitID?) {
    let facts = stored.facts
    guard let digest = facts.digest, let kind = EntryKind(facts.kind) else { return nil }
    self.init(
      digest: digest, size: facts.size, kind: kind, problem: facts.problem, path: path,
      commit: commit, blob: stored.blob)
  }
}
