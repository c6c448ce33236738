internal import Identifiers
internal import JSONText

/// Heads as values beside what is published, under `h/STORE/BRANCH`: for a place that has neither a Worker nor a
/// `kv-server` to keep them. A value is replaced without a compare-and-swap, so of two who publish at the same moment one
/// may be lost, and a prune has no way to keep publishers out.
public struct HeadsInValues: HeadStore {
  private let values: any ValueStore

  /// What the keys begin with.
  private static let prefix = "h/"
  /// The revisions that a value has.
  private static let entryLimit = 64

  /// Keeps heads in a store of values.
  public init(in values: any ValueStore) { self.values = values }

  /// The store of values sends the requests, and counts them.
  public var requestCount: Int { 0 }
  /// Nothing keeps publishers out.
  public var leases: (any LeaseStore)? { nil }

  /// Reads the value that is the head.
  public func head(_ name: HeadName) throws -> Head {
    try head(of: values.value(HeadsInValues.prefix + name.description))
  }

  /// The revisions that the value has.
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
      // One that was deleted since it was listed is none.
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

  /// Replaces the value by one that goes back.
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
    // Nothing else tells a publish that has begun that what it stored may be gone.
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

  /// The name of the head that a key has; nil for other keys.
  private static func name(_ key: String) -> HeadName? {
    let parts = key.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, let branch = percentDecoded(parts[2]) else { return nil }
    return HeadName(store: String(parts[1]), branch: branch)
  }
}
