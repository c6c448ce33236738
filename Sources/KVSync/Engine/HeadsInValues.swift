internal import Identifiers
internal import JSONText

/// Heads as values under `h/STORE/BRANCH`, beside the published values: for targets without a Worker or a `kv-server`
/// that stores heads. A value is replaced without a compare-and-swap. So one of two publishes at the same time may be
/// lost, and a prune cannot block publishers.
public struct HeadsInValues: HeadStore {
  private let values: any ValueStore

  /// The prefix of the keys.
  private static let prefix = "h/"
  /// The maximum number of revisions in a value.
  private static let entryLimit = 64

  /// Stores heads in a store of values.
  public init(in values: any ValueStore) { self.values = values }

  /// Returns 0: the store of values sends the requests and counts them.
  public var requestCount: Int { 0 }
  /// Returns nil: nothing blocks publishers.
  public var leases: (any LeaseStore)? { nil }

  /// Reads the value of the head.
  public func head(_ name: HeadName) throws -> Head {
    try head(of: values.value(HeadsInValues.prefix + name.description))
  }

  /// Returns the revisions in the value.
  public func log(_ name: HeadName, before revision: Int64?, limit: Int) throws -> HeadLog {
    let head = try head(name)
    return HeadLog(
      Array(head.entries.filter { $0.revision < revision ?? .max }.prefix(limit)), floor: head.floor)
  }

  /// Lists the values that are heads.
  public func heads() throws -> [HeadSummary] {
    var keys: [String] = []
    try values.list(HeadsInValues.prefix) { keys += $0.map(\.name) }
    let texts = try values.texts(keys)
    return try keys.compactMap { key in
      // A head that was deleted after it was listed is left out.
      guard let name = HeadsInValues.name(key), let text = texts[key] else { return nil }
      return HeadSummary(name, revision: try head(of: text).newest?.revision ?? 0)
    }
  }

  /// Replaces the value by one with another revision.
  public func publish(_ change: HeadPublish, to name: HeadName) throws -> Head.Entry {
    var head = try head(name)
    if let done = head.entries.first(where: { $0.id == change.id }) { return done }
    guard head.newest?.revision ?? 0 == change.expected else { throw HeadConflict.moved(head) }
    guard head.epoch == change.epoch else { throw HeadConflict.pruned(head) }
    let entry = Head.Entry(change, at: head.now)
    head.entries.insert(entry, at: 0)
    try store(head, name)
    return entry
  }

  /// Replaces the value by one with the revision of a rollback.
  public func rollback(_ change: HeadRollback, of name: HeadName) throws -> Head.Entry {
    var head = try head(name)
    if let done = head.entries.first(where: { $0.id == change.id }) { return done }
    guard head.newest?.revision ?? 0 == change.expected else { throw HeadConflict.moved(head) }
    guard change.to >= head.floor else { throw HeadConflict.belowFloor(head) }
    guard let earlier = head.entries.first(where: { $0.revision == change.to }) else {
      throw HeadConflict.unknownRevision
    }
    let entry = Head.Entry(change, to: earlier, at: head.now)
    head.entries.insert(entry, at: 0)
    try store(head, name)
    return entry
  }

  /// Replaces the value by one with a higher floor.
  public func raiseFloor(of name: HeadName, to floor: Int64, expecting revision: Int64) throws -> Head {
    var head = try head(name)
    guard head.newest?.revision ?? 0 == revision else { throw HeadConflict.moved(head) }
    head.floor = max(head.floor, floor)
    // Only this tells a running publish that the values it stored may have been deleted.
    head.epoch += 1
    try store(head, name)
    return head
  }

  private func head(of text: [UInt8]?) throws -> Head {
    guard let now = values.time else { throw PublishError.unreadableHead }
    guard let text else { return Head(entries: [], now: now) }
    guard var head = JSONValue(parsing: text).flatMap({ Head($0) }) else { throw PublishError.unreadableHead }
    head.now = now
    return head
  }

  private func store(_ head: Head, _ name: HeadName) throws {
    var head = head
    head.entries = Array(head.entries.filter { $0.revision >= head.floor }.prefix(HeadsInValues.entryLimit))
    let bytes = Array(head.json.line.utf8)
    try values.storeAlone(
      StoredValue(
        key: HeadsInValues.prefix + name.description, size: bytes.count,
        metadata: ValueMetadata(time: head.now)
      ) { bytes })
  }

  /// The name of the head with a key; nil for other keys.
  private static func name(_ key: String) -> HeadName? {
    let parts = key.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, let branch = percentDecoded(parts[2]) else { return nil }
    return HeadName(store: String(parts[1]), branch: branch)
  }
}
