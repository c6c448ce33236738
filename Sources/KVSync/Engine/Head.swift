public import Identifiers

/// The published revisions of a branch, the newest first (Documentation/kv.md, "Head").
public struct Head: Hashable, Sendable {
  /// One revision.
  public struct Entry: Hashable, Sendable {
    /// The kind of change that created a revision.
    public enum Kind: String, Sendable {
      /// A publish.
      case publish
      /// A rollback to an earlier revision.
      case rollback
    }

    /// Its number, from 1.
    public var revision: Int64
    /// The id of the request that created it.
    public var id: String
    /// The kind of change that created it.
    public var kind: Kind
    /// The manifest.
    public var manifest: ModuleDigest
    /// The commit; nil if a folder was published.
    public var commit: String?
    /// The commit's tree; nil if a folder was published.
    public var tree: String?
    /// The number of the revision in which this manifest was published.
    public var from: Int64
    /// Whether readers must not go back from this version to an earlier one.
    public var isBarrier: Bool
    /// The time of the change, in seconds since 1970, by the clock of the head store.
    public var time: Int64
    /// The person who made the change.
    public var author: String

    /// Creates the revision for a request.
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

    /// Creates the revision that goes back to an earlier one.
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
  /// The epoch, which increases with each prune.
  public var epoch: Int64
  /// The oldest revision that is kept.
  public var floor: Int64
  /// The present time of the head store, in seconds since 1970.
  public var now: Int64
  /// The end of the lease of a running prune, in seconds since 1970; 0 or a past time if no prune runs.
  public var pruneUntil: Int64

  /// Describes a head.
  public init(entries: [Entry], epoch: Int64 = 0, floor: Int64 = 0, now: Int64, pruneUntil: Int64 = 0) {
    self.entries = entries
    self.epoch = epoch
    self.floor = floor
    self.now = now
    self.pruneUntil = pruneUntil
  }

  /// The newest revision; nil if nothing is published.
  public var newest: Entry? { entries.first }

  /// The default target of a rollback: the newest revision before the currently served one that has another manifest,
  /// so that a second rollback goes further back.
  public var rollbackTarget: Entry? {
    guard let newest else { return nil }
    return entries.first { $0.revision < newest.from && $0.manifest != newest.manifest }
  }

  /// Whether a tree was published and then replaced by a rollback.
  func hasLeftBehind(_ tree: String) -> Bool { hasLeftBehind { $0.tree == tree } }

  /// Whether a manifest was published and then replaced by a rollback.
  func hasLeftBehind(manifest: ModuleDigest) -> Bool { hasLeftBehind { $0.manifest == manifest } }

  private func hasLeftBehind(_ isIt: (Entry) -> Bool) -> Bool {
    guard let newest, newest.kind == .rollback else { return false }
    return entries.contains { $0.revision > newest.from && $0.revision < newest.revision && isIt($0) }
  }
}
