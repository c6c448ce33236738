internal import Identifiers
internal import KVSync
internal import NATSCore
internal import NATSJetStream
internal import NATSObjectStore
internal import NIOCore

/// The object store of a NATS server as a store of values. Each call waits for its answer.
///
/// A value is created, never replaced. The metadata of an existing value are written again, so that a prune treats it
/// as new.
final class NATSValues: ValueStore {
  let buckets: NATSBuckets

  /// The number of values of a batch that are sent concurrently.
  private static let parallel = 32

  let limits = ValueLimits(
    wholeContent: nil, valueInBatch: 4 << 20, pairs: 256...2_048, bytes: 16_000_000...64_000_000)

  /// Creates the store of values in buckets.
  init(_ buckets: NATSBuckets) { self.buckets = buckets }

  var requestCount: Int { buckets.requestCount }

  func requestsToPrepare() throws -> Int { try waitFor { [buckets] in try await buckets.missing() } }

  func place() throws -> String? {
    try waitFor { [buckets] in
      _ = try await buckets.heads(making: true)
      return try await buckets.place()
    }
  }

  // MARK: Reading

  func value(_ key: String) throws -> [UInt8]? {
    try waitFor { [buckets] in try await NATSValues.value(key, in: buckets) }
  }

  func texts(_ keys: [String]) throws -> [String: [UInt8]] {
    try waitFor { [buckets] in
      try await withThrowingTaskGroup(of: (String, [UInt8]?).self) { group in
        var found: [String: [UInt8]] = [:]
        for (index, key) in keys.enumerated() {
          if index >= NATSValues.parallel, let (key, value) = try await group.next() { found[key] = value }
          group.addTask { (key, try await NATSValues.value(key, in: buckets)) }
        }
        while let (key, value) = try await group.next() { found[key] = value }
        return found
      }
    }
  }

  /// Reads a value. Any server may answer, because values do not change; if it does not have the value, the leader is
  /// asked.
  private static func value(_ key: String, in buckets: NATSBuckets) async throws -> [UInt8]? {
    let store = try await buckets.objects()
    buckets.count()
    if let bytes = try await bytes(key, in: store, from: .any) { return bytes }
    return try await bytes(key, in: store, from: .leader)
  }

  private static func bytes(
    _ key: String, in store: ObjectStore, from source: ReadSource
  ) async throws(ObjectStoreError) -> [UInt8]? {
    do throws(ObjectStoreError) { return Array(buffer: try await store.get(key, from: source).bytes) } catch {
      guard case .notFound = error else { throw error }
      return nil
    }
  }

  // MARK: Storing

  func store<Values: RandomAccessCollection<StoredValue>>(
    _ values: Values, _ stored: ([Int]) throws -> Void
  ) throws -> StoringOutcome where Values.Index == Int {
    let (items, start) = (values.map { Item($0) }, values.startIndex)
    try waitFor { (index: Int) in
      try values[start + index].bytes()
    } for: { [buckets] thread in
      let store = try await buckets.objects()
      buckets.count()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (index, item) in items.enumerated() {
          if index >= NATSValues.parallel { try await group.next() }
          group.addTask { try await item.put(in: store) { try await thread.ask(index) } }
        }
        try await group.waitForAll()
      }
    }
    try stored(Array(values.indices))
    return StoringOutcome()
  }

  func storeAlone(_ value: StoredValue) throws {
    let (item, bytes) = (Item(value), try value.bytes())
    try waitFor { [buckets] in
      let store = try await buckets.objects()
      buckets.count()
      try await item.put(in: store) { bytes }
    }
  }

  /// A value to store as an object.
  private struct Item: Sendable {
    let metadata: ObjectMetadata
    let size: Int

    init(_ value: StoredValue) {
      var metadata = ObjectMetadata(name: value.key)
      if let content = value.metadata.content { metadata.headers = ["Content-Type": [content.type]] }
      self.metadata = metadata
      size = value.size
    }

    /// Whether an object has the bytes for its name: those of this length and digest.
    private func isSame(_ info: ObjectInfo) -> Bool {
      guard !info.isDeleted, info.size == size, let digest = info.digest else { return false }
      return hexadecimal(digest) == metadata.name.dropFirst(2)
    }

    func put(in store: ObjectStore, _ bytes: @Sendable () async throws -> [UInt8]) async throws {
      for _ in 0..<Item.attempts {
        let info = try await store.info(metadata.name, withDeleted: true)
        let isThere = info.map { isSame($0) } ?? false
        let content = isThere ? nil : ByteBuffer(bytes: try await bytes())
        if try await put(in: store, after: info, content) { return }
      }
      throw ObjectStoreError.changed(metadata.name)
    }

    /// Stores the value, or renews the time of an existing one; false if somebody else changed it meanwhile.
    private func put(
      in store: ObjectStore, after info: ObjectInfo?, _ content: ByteBuffer?
    ) async throws(ObjectStoreError) -> Bool {
      do throws(ObjectStoreError) {
        if let content {
          try await store.put(metadata, content, info.map { .following($0.sequence) } ?? .creating)
        } else if let info {
          _ = try await store.update(info)
        }
        return true
      } catch {
        switch error {
        case .exists, .changed: return false
        default: throw error
        }
      }
    }

    private static var attempts: Int { 8 }
  }

  // MARK: Listing

  func list(_ prefix: String, _ page: ([ListedKey]) throws -> Void) throws {
    let keys = try waitFor { [buckets] in
      var keys: [ListedKey] = []
      let store = try await buckets.objects()
      buckets.count()
      try await store.forEach { info in
        guard info.name.hasPrefix(prefix) else { return }
        keys.append(
          ListedKey(info.name, time: info.time / 1_000_000_000, version: UInt64(clamping: info.sequence)))
      }
      return keys
    }
    if !keys.isEmpty { try page(keys) }
  }

  /// Returns true: an object has a sequence, and is deleted only if it is still the listed one.
  var deletesUnchangedOnly: Bool { true }

  func deleteLeftovers(before time: Int64, isDryRun: Bool) throws -> Int {
    try waitFor { [buckets] in
      let store = try await buckets.objects()
      buckets.count()
      let leftovers = try await store.leftovers(before: time * 1_000_000_000)
      if !isDryRun { try await store.delete(leftovers) }
      return leftovers.count
    }
  }

  func delete(_ keys: [ListedKey], before deadline: ContinuousClock.Instant?) throws {
    try waitFor { [buckets] in
      let store = try await buckets.objects()
      buckets.count()
      for key in keys {
        if let deadline, ContinuousClock.now >= deadline { throw PublishError.leaseLost }
        do throws(ObjectStoreError) {
          try await store.delete(key.name, at: key.version.map { Int64(clamping: $0) })
        } catch {
          switch error {
          case .changed, .notFound: continue
          default: throw error
          }
        }
      }
    }
  }
}
