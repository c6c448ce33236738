internal import ModuleStore
internal import NATSJetStream
internal import NATSObjectStore
internal import Synchronization
internal import WorkersKV

/// The buckets of what is published on a NATS server (Documentation/nats.md): an object store of contents and manifests,
/// and a key-value bucket of heads.
final class NATSBuckets: Sendable {
  private struct State {
    var store: ObjectStore?
    var place: String?
    var hasHeads = false
    /// What the server said of the time, and when.
    var time: (said: Int64, heard: ContinuousClock.Instant)?
    var requestCount = 0
  }

  let jetStream: JetStream
  let bucket: String
  /// Whether missing buckets are made.
  private let isMaking: Bool
  private let state = Mutex(State())

  /// The revisions of a head that the key-value bucket keeps besides the newest.
  private static let history: Int64 = 5

  init(_ jetStream: JetStream, _ bucket: String, making isMaking: Bool) {
    self.jetStream = jetStream
    self.bucket = bucket
    self.isMaking = isMaking
  }

  /// The name of the stream that keeps the heads.
  var headStream: String { "KV_\(bucket)" }

  /// The requests that were sent so far. What goes in one batch counts as one.
  var requestCount: Int { state.withLock { $0.requestCount } }

  /// Counts a request.
  func count(_ number: Int = 1) { state.withLock { $0.requestCount += number } }

  /// The object store.
  ///
  /// - Throws: `KVError.noNamespace` where it is missing and must not be made, and `ObjectStoreError`.
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

  private func headStatus() async throws(JetStreamError) -> StreamInfo? {
    do throws(JetStreamError) { return try await jetStream.stream(headStream) } catch {
      guard case .streamNotFound = error else { throw error }
      return nil
    }
  }

  /// What the object store is called, as none was or will be.
  func place() async throws -> String? {
    _ = try await objects()
    return state.withLock { $0.place }
  }

  /// Whether the bucket of heads is there; it is made where that may be done.
  func heads(making: Bool) async throws -> Bool {
    if state.withLock({ $0.hasHeads }) { return true }
    count()
    if let status = try await headStatus() {
      hear(status)
    } else {
      guard making, isMaking else { return false }
      count()
      hear(try await jetStream.createStream(headConfiguration))
    }
    state.withLock { $0.hasHeads = true }
    return true
  }

  /// How many buckets are missing.
  func missing() async throws -> Int {
    var missing = 0
    do { _ = try await objects() } catch KVError.noNamespace { missing += 1 }
    if try await !heads(making: false) { missing += 1 }
    return missing
  }

  /// A key-value bucket as other clients make it (ADR-8).
  private var headConfiguration: StreamConfiguration {
    var configuration = StreamConfiguration(name: headStream, subjects: ["$KV.\(bucket).>"])
    configuration.discard = .new
    configuration.messagesPerSubject = NATSBuckets.history
    configuration.byteLimit = -1
    configuration.messageByteLimit = -1
    configuration.age = .zero
    configuration.allowsRollup = true
    configuration.deniesDelete = true
    configuration.deniesPurge = false
    configuration.allowsDirect = true
    return configuration
  }

  // MARK: Time

  private func hear(_ info: StreamInfo) {
    guard let time = info.time else { return }
    state.withLock { $0.time = (time / 1_000_000_000, .now) }
  }

  /// The present moment by the server's clock, in seconds since 1970. A server that does not tell it has its machine's
  /// clock taken for ours.
  var now: Int64 {
    guard let (said, heard) = state.withLock({ $0.time }) else { return Timestamp.now.seconds }
    return said + heard.duration(to: .now).components.seconds
  }
}
