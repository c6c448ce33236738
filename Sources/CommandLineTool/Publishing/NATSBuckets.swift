internal import ModuleStore
internal import NATSJetStream
internal import NATSKeyValue
internal import NATSObjectStore
internal import Synchronization
internal import WorkersKV

/// The buckets of a publishing target on a NATS server (Documentation/nats.md): an object store of contents and
/// manifests, and a key-value bucket of heads.
final class NATSBuckets: Sendable {
  private struct State {
    var store: ObjectStore?
    var place: String?
    var heads: KeyValueStore?
    /// The server's time in its last answer, and when it was received.
    var time: (said: Int64, heard: ContinuousClock.Instant)?
    var requestCount = 0
  }

  let jetStream: JetStream
  let bucket: String
  /// Whether to create missing buckets.
  private let isMaking: Bool
  private let state = Mutex(State())

  /// The number of older revisions of a head that the key-value bucket keeps.
  private static let history = 5

  init(_ jetStream: JetStream, _ bucket: String, making isMaking: Bool) {
    self.jetStream = jetStream
    self.bucket = bucket
    self.isMaking = isMaking
  }

  /// The number of requests sent so far. A batch counts as one.
  var requestCount: Int { state.withLock { $0.requestCount } }

  /// Counts requests.
  func count(_ number: Int = 1) { state.withLock { $0.requestCount += number } }

  /// The object store.
  ///
  /// - Throws: `KVError.noNamespace` if it is missing and must not be created, and `ObjectStoreError`.
  func objects() async throws -> ObjectStore {
    if let store = state.withLock({ $0.store }) { return store }
    let store = try ObjectStore(jetStream, bucket: bucket)
    count()
    var found = try await status(of: store)
    if found == nil, isMaking {
      count()
      _ = try await ObjectStore.create(ObjectStore.Configuration(bucket: bucket), in: jetStream)
      found = try await status(of: store)
    }
    guard let status = found else { throw KVError.noNamespace(bucket) }
    hear(status)
    state.withLock { ($0.store, $0.place) = (store, "\(status.configuration.name) \(status.created)") }
    return store
  }

  private func status(of store: ObjectStore) async throws(ObjectStoreError) -> StreamInfo? {
    do throws(ObjectStoreError) { return try await store.status() } catch {
      guard case .bucketNotFound = error else { throw error }
      return nil
    }
  }

  private func headStatus() async throws(KeyValueError) -> KeyValueStatus? {
    do throws(KeyValueError) { return try await jetStream.keyValueStatus(bucket) } catch {
      guard case .bucketNotFound = error else { throw error }
      return nil
    }
  }

  /// A unique name of the object store, which is never reused.
  func place() async throws -> String? {
    _ = try await objects()
    return state.withLock { $0.place }
  }

  /// The bucket of heads, which is created if allowed; nil if it is missing.
  func heads(making: Bool) async throws(KeyValueError) -> KeyValueStore? {
    if let store = state.withLock({ $0.heads }) { return store }
    count()
    let store: KeyValueStore
    if let status = try await headStatus() {
      hear(status.stream)
      store = KeyValueStore(jetStream, status)
    } else {
      guard making, isMaking else { return nil }
      count()
      var configuration = KeyValueConfiguration(bucket: bucket)
      configuration.history = NATSBuckets.history
      store = try await jetStream.createKeyValueStore(configuration)
    }
    state.withLock { $0.heads = store }
    return store
  }

  /// The number of missing buckets.
  func missing() async throws -> Int {
    var missing = 0
    do { _ = try await objects() } catch KVError.noNamespace { missing += 1 }
    if try await heads(making: false) == nil { missing += 1 }
    return missing
  }

  // MARK: Time

  private func hear(_ info: StreamInfo) {
    guard let time = info.time else { return }
    state.withLock { $0.time = (time / 1_000_000_000, .now) }
  }

  /// The present time by the server's clock, in seconds since 1970. If the server does not report it, this machine's
  /// clock is used.
  var now: Int64 {
    guard let (said, heard) = state.withLock({ $0.time }) else { return Timestamp.now.seconds }
    return said + heard.duration(to: .now).components.seconds
  }
}
