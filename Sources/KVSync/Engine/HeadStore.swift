public import Identifiers

/// What keeps heads: the only thing that changes, by compare-and-swap. Each call waits for its answer.
public protocol HeadStore: Sendable {
  /// The requests that were sent so far, each try counted; 0 where another store sends them.
  var requestCount: Int { get }

  /// What keeps publishers out while a prune deletes; nil where nothing does.
  var leases: (any LeaseStore)? { get }

  /// The URL that tells it from others which may keep heads of the same values; nil where it is beside the values.
  var url: String? { get }

  /// Reads a head. One that is unknown has no entries.
  func head(_ name: HeadName) throws -> Head

  /// Reads revisions, the newest first.
  ///
  /// - Parameters:
  ///   - name: Of which head.
  ///   - revision: Only those before it; nil for all.
  ///   - limit: The most, at least 1.
  /// - Returns: The revisions, and the head's floor.
  /// - Throws: Why it cannot be asked.
  func log(_ name: HeadName, before revision: Int64?, limit: Int) throws -> HeadLog

  /// Lists the heads.
  func heads() throws -> [HeadSummary]

  /// Makes a revision with a manifest.
  ///
  /// - Returns: The revision.
  /// - Throws: `HeadConflict.moved`, `.pruned`.
  func publish(_ change: HeadPublish, to name: HeadName) throws -> Head.Entry

  /// Makes a revision with the manifest of an earlier one.
  ///
  /// - Returns: The revision.
  /// - Throws: `HeadConflict.moved`, `.belowFloor`, `.unknownRevision`.
  func rollback(_ change: HeadRollback, of name: HeadName) throws -> Head.Entry

  /// Gives up the revisions below one; a lower floor changes nothing.
  ///
  /// - Returns: The head then.
  /// - Throws: `HeadConflict.moved`.
  func raiseFloor(of name: HeadName, to floor: Int64, expecting revision: Int64) throws -> Head
}

extension HeadStore {
  /// It is beside the values.
  public var url: String? { nil }
}

/// What keeps the lease of a prune: while it lasts, nothing is published.
public protocol LeaseStore: Sendable {
  /// Starts a lease; with the id of the one that runs it is renewed, or ended.
  ///
  /// - Parameters:
  ///   - id: What the lease is called: 32 hexadecimal digits.
  ///   - epoch: The epoch before it starts.
  ///   - seconds: How long it lasts from now on; 0 ends it.
  /// - Returns: The lease then.
  /// - Throws: `HeadConflict.pruned` where another one runs, or this one has run out.
  func lease(_ id: String, epoch: Int64, seconds: Int64) throws -> Lease
}

/// A lease of a prune.
public struct Lease: Hashable, Sendable {
  /// How many prunes have begun.
  public let epoch: Int64
  /// The present moment of what keeps it, in seconds since 1970.
  public let now: Int64
  /// When it ends; 0 once it has ended.
  public let until: Int64

  /// Describes a lease.
  public init(epoch: Int64, now: Int64, until: Int64) {
    self.epoch = epoch
    self.now = now
    self.until = until
  }
}

/// Why a head is not changed. The head is told where the answer has it.
public enum HeadConflict: Error, Hashable, Sendable {
  /// Another revision is the newest one.
  case moved(Head?)
  /// A prune runs, or has begun since the head was read.
  case pruned(Head?)
  /// The revision has been given up.
  case belowFloor(Head?)
  /// There is no such revision.
  case unknownRevision
}

/// The name of a head: a store among those that share a place, and one of its branches.
public struct HeadName: Hashable, Sendable {
  /// The store.
  public let store: String
  /// The branch.
  public let branch: String

  /// Puts a name together.
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

/// A part of what was published of a branch.
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

/// Asks for a revision with a manifest.
public struct HeadPublish: Hashable, Sendable {
  /// The newest revision that is known; 0 for none.
  public var expected: Int64
  /// The epoch that is known.
  public var epoch: Int64
  /// What the request is called, so that it is done once however often it arrives.
  public var id = HeadPublish.newID()
  /// The manifest.
  public var manifest: ModuleDigest
  /// The commit; nil where a folder is published.
  public var commit: String?
  /// The commit's tree; nil where a folder is published.
  public var tree: String?
  /// Who asks.
  public var author: String
  /// Whether readers never go to an earlier version from this one.
  public var isBarrier = false

  /// Asks for a revision that follows on a head.
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

  /// Names a request: 32 hexadecimal digits.
  static func newID() -> String {
    hexadecimal((0..<16).map { _ in UInt8.random(in: .min ... .max) })
  }
}

/// Asks for a revision with the manifest of an earlier one.
public struct HeadRollback: Hashable, Sendable {
  /// The newest revision that is known.
  public var expected: Int64
  /// What the request is called.
  public var id = HeadPublish.newID()
  /// The earlier revision.
  public var to: Int64
  /// Who asks.
  public var author: String

  /// Asks for a revision that follows on another one.
  public init(expecting revision: Int64, to earlier: Int64, by author: String) {
    expected = revision
    to = earlier
    self.author = author
  }
}
