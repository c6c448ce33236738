public import Identifiers

/// A store of heads, the only values that change; it uses compare-and-swap. Each call waits for its answer.
public protocol HeadStore: Sendable {
  /// The number of requests sent so far, including retries; 0 if another store sends them.
  var requestCount: Int { get }

  /// The store of the lease that blocks publishers during a prune; nil if nothing does.
  var leases: (any LeaseStore)? { get }

  /// The URL that distinguishes it from other head stores for the same values; nil if the heads are stored with the
  /// values.
  var url: String? { get }

  /// Reads a head. An unknown head has no entries.
  func head(_ name: HeadName) throws -> Head

  /// Reads revisions, the newest first.
  ///
  /// - Parameters:
  ///   - name: The head.
  ///   - revision: Only revisions before this one are read; nil for all.
  ///   - limit: The maximum number of revisions, at least 1.
  /// - Returns: The revisions, and the head's floor.
  /// - Throws: The error if the store cannot be reached.
  func log(_ name: HeadName, before revision: Int64?, limit: Int) throws -> HeadLog

  /// Lists the heads.
  func heads() throws -> [HeadSummary]

  /// Creates a revision with a manifest.
  ///
  /// - Returns: The revision.
  /// - Throws: `HeadConflict.moved`, `.pruned`.
  func publish(_ change: HeadPublish, to name: HeadName) throws -> Head.Entry

  /// Creates a revision with the manifest of an earlier one.
  ///
  /// - Returns: The revision.
  /// - Throws: `HeadConflict.moved`, `.belowFloor`, `.unknownRevision`.
  func rollback(_ change: HeadRollback, of name: HeadName) throws -> Head.Entry

  /// Discards the revisions below one; a lower floor changes nothing.
  ///
  /// - Returns: The new head.
  /// - Throws: `HeadConflict.moved`.
  func raiseFloor(of name: HeadName, to floor: Int64, expecting revision: Int64) throws -> Head
}

extension HeadStore {
  /// Returns nil: the heads are stored with the values.
  public var url: String? { nil }
}

/// A store of the lease of a prune: while the lease is valid, nothing is published.
public protocol LeaseStore: Sendable {
  /// Starts a lease; renews or ends it if `id` is the id of the running lease.
  ///
  /// - Parameters:
  ///   - id: The id of the lease: 32 hexadecimal digits.
  ///   - epoch: The epoch before it starts.
  ///   - seconds: The remaining duration, in seconds; 0 ends the lease.
  /// - Returns: The new lease.
  /// - Throws: `HeadConflict.pruned` if another lease runs, or this one has expired.
  func lease(_ id: String, epoch: Int64, seconds: Int64) throws -> Lease
}

/// A lease of a prune.
public struct Lease: Hashable, Sendable {
  /// The number of prunes that have started.
  public let epoch: Int64
  /// The present time of the store, in seconds since 1970.
  public let now: Int64
  /// The end of the lease, in seconds since 1970; 0 after it was ended.
  public let until: Int64

  /// Describes a lease.
  public init(epoch: Int64, now: Int64, until: Int64) {
    self.epoch = epoch
    self.now = now
    self.until = until
  }
}

/// The reason why a head was not changed. The head is included if the answer contains it.
public enum HeadConflict: Error, Hashable, Sendable {
  /// Another revision is the newest one.
  case moved(Head?)
  /// A prune runs, or has started since the head was read.
  case pruned(Head?)
  /// The revision was discarded.
  case belowFloor(Head?)
  /// There is no such revision.
  case unknownRevision
}

/// The name of a head: a store among those that share a target, and one of its branches.
public struct HeadName: Hashable, Sendable {
  /// The store.
  public let store: String
  /// The branch.
  public let branch: String

  /// Creates a name.
  public init(store: String, branch: String) {
    self.store = store
    self.branch = branch
  }
}

extension HeadName: CustomStringConvertible {
  /// Both names, each as one segment of a URL.
  public var description: String { store + "/" + percentEncoded(branch.utf8) }
}

/// A head in a list.
public struct HeadSummary: Hashable, Sendable {
  /// Its name.
  public let name: HeadName
  /// Its newest revision.
  public let revision: Int64

  /// Describes a head.
  public init(_ name: HeadName, revision: Int64) {
    self.name = name
    self.revision = revision
  }
}

/// A part of the publishing history of a branch.
public struct HeadLog: Hashable, Sendable {
  /// The revisions, the newest first.
  public let entries: [Head.Entry]
  /// The oldest revision that is kept.
  public let floor: Int64

  /// Describes a part of a log.
  public init(_ entries: [Head.Entry], floor: Int64) {
    self.entries = entries
    self.floor = floor
  }
}

/// A request for a revision with a manifest.
public struct HeadPublish: Hashable, Sendable {
  /// The newest known revision; 0 if there is none.
  public var expected: Int64
  /// The known epoch.
  public var epoch: Int64
  /// The id of the request, so that it is done once even if it arrives several times.
  public var id = HeadPublish.newID()
  /// The manifest.
  public var manifest: ModuleDigest
  /// The commit; nil if a folder is published.
  public var commit: String?
  /// The commit's tree; nil if a folder is published.
  public var tree: String?
  /// The person who requests it.
  public var author: String
  /// Whether readers must not go back from this version to an earlier one.
  public var isBarrier = false

  /// Requests a revision that follows a head.
  public init(
    after head: Head, manifest: ModuleDigest, commit: String?, tree: String?, by author: String,
    isBarrier: Bool = false
  ) {
    expected = head.newest?.revision ?? 0
    epoch = head.epoch
    self.manifest = manifest
    self.commit = commit
    self.tree = tree
    self.author = author
    self.isBarrier = isBarrier
  }

  /// Creates a random id for a request: 32 hexadecimal digits.
  static func newID() -> String {
    hexadecimal((0..<16).map { _ in UInt8.random(in: .min ... .max) })
  }
}

/// A request for a revision with the manifest of an earlier one.
public struct HeadRollback: Hashable, Sendable {
  /// The newest known revision; 0 if there is none.
  public var expected: Int64
  /// The id of the request.
  public var id = HeadPublish.newID()
  /// The earlier revision.
  public var to: Int64
  /// The person who requests it.
  public var author: String

  /// Requests a revision that follows another one.
  public init(expecting revision: Int64, to earlier: Int64, by author: String) {
    expected = revision
    to = earlier
    self.author = author
  }
}
