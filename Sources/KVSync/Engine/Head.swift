public import Identifiers

/// What is published of a branch: its revisions, the newest first (Documentation/kv.md, "Head").
public struct Head: Hashable, Sendable {
  /// One revision.
  public struct Entry: Hashable, Sendable {
    /// Why a revision is there.
    public enum Kind: String, Sendable {
      /// It was published.
      case publish
      /// It was gone back to.
      case rollback
    }

    /// Its number, from 1.
    public var revision: Int64
    /// What the request for it was called.
    public var id: String
    /// Why it is there.
    public var kind: Kind
    /// The manifest.
    public var manifest: ModuleDigest
    /// The commit; nil where a folder was published.
    public var commit: String?
    /// The commit's tree; nil where a folder was published.
    public var tree: String?
    /// The revision that was published with this manifest.
    public var from: Int64
    /// Whether readers never go to an earlier version from this one.
    public var isBarrier: Bool
    /// When, in seconds since 1970, by the clock of what keeps the head.
    public var time: Int64
    /// Who did it.
    public var author: String

    /// Makes the revision that a request asks for.
    public init(_ change: HeadPublish, at time: Int64) {
      revision = change.expected + 1
      id = change.id
      kind = .publish
      (manifest, commit, tree) = (change.manifest, change.commit, change.tree)
      from = revision
      isBarrier = change.isBarrier
      self.time = time
      author = change.author
    }

    /// Makes the revision that goes back to an earlier one.
    public init(_ change: HeadRollback, to earlier: Entry, at time: Int64) {
      self = earlier
      revision = change.expected + 1
      id = change.id
      kind = .rollback
      isBarrier = true
      self.time = time
      author = change.author
    }
  }

  /// The newest revisions, none below the floor.
  public var entries: [Entry]
  /// Rises with each prune.
  public var epoch: Int64
  /// The oldest revision that is kept.
  public var floor: Int64
  /// The present moment of what keeps the head, in seconds since 1970.
  public var now: Int64
  /// When the lease of a prune ends that runs; 0 or past where none does.
  public var pruneUntil: Int64

  /// Describes a head.
  public init(entries: [Entry], epoch: Int64 = 0, floor: Int64 = 0, now: Int64, pruneUntil: Int64 = 0) {
    self.entries = entries
    self.epoch = epoch
    self.floor = floor
    self.now = now
    self.pruneUntil = pruneUntil
  }

  /// The newest revision; nil while nothing is published.
  public var newest: Entry? { entries.first }

  /// The revision that a rollback goes to when none is named: the newest before the one that is served now that has
  /// another manifest, so that rolling back again goes further back.
  public var rollbackTarget: Entry? {
    guard let newest else { return nil }
    return entries.first { $0.revision < newest.from && $0.manifest != newest.manifest }
  }

  /// Whether a tree was published and then left behind by a rollback.
  func hasLeftBehind(_ tree: String) -> Bool { hasLeftBehind { $0.tree == tree } }

  /// Whether a manifest was published and then left behind by a rollback.
  func hasLeftBehind(manifest: ModuleDigest) -> Bool { hasLeftBehind { $0.manifest == manifest } }

  private func hasLeftBehind(_ isIt: (Entry) -> Bool) -> Bool {
    guard let newest, newest.kind == .rollback else { return false }
    return entries.contains { $0.revision > newest.from && $0.revision < newest.revision && isIt($0) }
  }
}
