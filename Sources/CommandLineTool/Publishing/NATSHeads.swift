internal import JSONText
internal import KVSync
internal import NATSCore
internal import NATSJetStream
internal import NATSKeyValue
internal import NIOCore
internal import Synchronization

/// The heads in a key-value bucket of a NATS server, one per key (Documentation/nats.md, "Heads"). Each call waits for
/// its answer. The leader of the stream decides on changes.
final class NATSHeads: HeadStore {
  /// A head, and the revision of its key; 0 if there is none.
  private struct Known {
    var head: Head
    var revision: Int64
  }

  /// The maximum number of revisions that are kept.
  private static let limit = 64
  /// The maximum number of tries of a change if the outcome is not known, or if the message moved and the head did not.
  private static let attempts = 8

  private let buckets: NATSBuckets
  private let known = Mutex<[HeadName: Known]>([:])

  /// Creates the store of heads in buckets.
  init(_ buckets: NATSBuckets) { self.buckets = buckets }

  /// Returns 0: the requests are counted with those of the values.
  var requestCount: Int { 0 }

  var leases: (any LeaseStore)? { nil }

  // MARK: Reading

  func head(_ name: HeadName) throws -> Head { try waitFor { try await self.read(name).head } }

  func log(_ name: HeadName, before revision: Int64?, limit: Int) throws -> HeadLog {
    let head = try head(name)
    let entries = head.entries.filter { $0.revision < revision ?? .max }
    return HeadLog(Array(entries.prefix(limit)), floor: head.floor)
  }

  func heads() throws -> [HeadSummary] {
    try waitFor { [buckets] in
      guard let store = try await buckets.heads(making: false) else { return [] }
      // If a head changes meanwhile, the newer value comes after the older one.
      var heads: [HeadName: HeadSummary] = [:]
      buckets.count()
      for try await entry in try await store.entries(NATSHeads.prefix + ">") {
        guard let name = NATSHeads.name(entry.key) else { continue }
        let newest = entry.isValue ? try NATSHeads.head(entry.value, now: 0).newest : nil
        heads[name] = newest.map { HeadSummary(name, revision: $0.revision) }
      }
      return heads.values.sorted { ($0.name.store, $0.name.branch) < ($1.name.store, $1.name.branch) }
    }
  }

  /// Reads a head from the leader of the stream.
  @discardableResult
  private func read(_ name: HeadName) async throws -> Known {
    var entry: KeyValueEntry?
    if let store = try await buckets.heads(making: false) {
      buckets.count()
      entry = try await store.entry(NATSHeads.key(name), from: .leader)
    }
    var found = Known(head: Head(entries: [], now: buckets.now), revision: entry?.revision ?? 0)
    if let entry, entry.isValue { found.head = try NATSHeads.head(entry.value, now: buckets.now) }
    known.withLock { $0[name] = found }
    return found
  }

  private static func head(_ value: ByteBuffer, now: Int64) throws -> Head {
    guard let json = JSONValue(parsing: value.readableBytesView), var head = Head(json) else {
      throw PublishError.unreadableHead
    }
    head.now = now
    return head
  }

  // MARK: Changing

  func publish(_ change: HeadPublish, to name: HeadName) throws -> Head.Entry {
    try waitFor {
      try await self.change(name, id: change.id, expecting: change.expected) { head, now in
        head.entries.insert(Head.Entry(change, at: now), at: 0)
      }.entry(change.id)
    }
  }

  func rollback(_ change: HeadRollback, of name: HeadName) throws -> Head.Entry {
    try waitFor {
      try await self.change(name, id: change.id, expecting: change.expected) { head, now in
        guard change.to >= head.floor else { throw HeadConflict.belowFloor(head) }
        guard let earlier = head.entries.first(where: { $0.revision == change.to }) else {
          throw HeadConflict.unknownRevision
        }
        head.entries.insert(Head.Entry(change, to: earlier, at: now), at: 0)
      }.entry(change.id)
    }
  }

  func raiseFloor(of name: HeadName, to floor: Int64, expecting revision: Int64) throws -> Head {
    try waitFor {
      try await self.change(name, id: nil, expecting: revision) { head, _ in
        guard floor <= revision else { throw HeadConflict.unknownRevision }
        head.floor = max(head.floor, floor)
      }
    }
  }

  /// Changes a head by compare-and-swap.
  ///
  /// - Parameters:
  ///   - name: The head.
  ///   - id: The id of the change, which is done once. Nil for a change that may be repeated.
  ///   - expected: The revision that must be the newest.
  ///   - edit: Changes the head.
  /// - Returns: The new head.
  /// - Throws: `HeadConflict`, `JetStreamError`, and the errors of `edit`.
  private func change(
    _ name: HeadName, id: String?, expecting expected: Int64,
    _ edit: @Sendable (inout Head, Int64) throws -> Void
  ) async throws -> Head {
    var failure: any Error = HeadConflict.moved(nil)
    // The value that was read before is sufficient, because the server compares the revision.
    var found = known.withLock { $0[name] }
    for _ in 0..<NATSHeads.attempts {
      if found == nil || found?.head.newest?.revision ?? 0 != expected { found = try await read(name) }
      guard let current = found else { continue }
      if let id, current.head.entries.contains(where: { $0.id == id }) { return current.head }
      guard current.head.newest?.revision ?? 0 == expected else { throw HeadConflict.moved(current.head) }
      var head = current.head
      try edit(&head, buckets.now)
      head.entries = Array(head.entries.filter { $0.revision >= head.floor }.prefix(NATSHeads.limit))
      do throws(KeyValueError) {
        let revision = try await write(head, to: name, at: current.revision)
        known.withLock { $0[name] = Known(head: head, revision: revision) }
        return head
      } catch {
        guard NATSHeads.isOpen(error) else { throw error }
        failure = error
        found = nil
      }
    }
    if case KeyValueError.wrongLastRevision = failure { throw HeadConflict.moved(nil) }
    throw failure
  }

  /// Whether the head must be read to determine the outcome of a change.
  private static func isOpen(_ error: KeyValueError) -> Bool {
    switch error {
    case .wrongLastRevision, .jetStream(.client(.timedOut)), .jetStream(.client(.disconnected)): true
    default: false
    }
  }

  private func write(
    _ head: Head, to name: HeadName, at revision: Int64
  ) async throws(KeyValueError) -> Int64 {
    guard let store = try await buckets.heads(making: true) else { throw .bucketNotFound(buckets.bucket) }
    buckets.count()
    let value = JSONValue.object([
      ("entries", .array(head.entries.map(\.json))), ("floor", .number(head.floor)),
    ])
    return try await store.update(NATSHeads.key(name), ByteBuffer(string: value.line), at: revision)
  }

  // MARK: Names

  /// The prefix of the keys of heads.
  private static let prefix = "_wasmstore.head."

  private static func key(_ name: HeadName) -> String {
    "\(prefix)\(NATSKey.escaped(name.store)).\(NATSKey.escaped(name.branch))"
  }

  private static func name(_ key: String) -> HeadName? {
    let parts = key.dropFirst(prefix.count).split(separator: ".", omittingEmptySubsequences: false)
    guard key.hasPrefix(prefix), parts.count == 2, let store = NATSKey.unescaped(parts[0]),
      let branch = NATSKey.unescaped(parts[1])
    else { return nil }
    return HeadName(store: store, branch: branch)
  }
}

extension Head {
  /// The revision that a request created.
  fileprivate func entry(_ id: String) throws -> Entry {
    guard let entry = entries.first(where: { $0.id == id }) else { throw PublishError.unreadableHead }
    return entry
  }
}
