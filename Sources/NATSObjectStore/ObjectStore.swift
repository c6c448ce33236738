internal import JSONText
internal import NATSCore
public import NATSJetStream
internal import NIOCore

/// A bucket of objects of any size (ADR-20), each with a name and a digest.
///
/// An object is stored in chunks, and its description names them. The description is written last, so an object exists
/// completely or not at all.
public struct ObjectStore: Sendable {
  /// The configuration of a bucket.
  public struct Configuration: Sendable {
    /// Its name: letters, digits, `-` and `_`.
    public var bucket: String
    /// A description for people.
    public var description: String?
    /// How long an object is kept; zero for no limit.
    public var age = Duration.zero
    /// The size limit of the bucket in bytes; nil for no limit.
    public var byteLimit: Int64?
    /// Where objects are kept.
    public var storage = StreamConfiguration.Storage.file
    /// The number of servers that keep it.
    public var replicas = 1
    /// Where its copies are placed; nil for anywhere.
    public var placement: StreamConfiguration.Placement?
    /// The owner's own metadata.
    public var metadata: [String: String]?
    /// Whether the server compresses the stored data.
    public var isCompressed = false

    /// Creates a configuration with a name.
    public init(bucket: String) { self.bucket = bucket }
  }

  /// The JetStream of the bucket.
  public let jetStream: JetStream
  /// The name of the bucket.
  public let bucket: String

  /// The name of the stream that keeps the bucket.
  public var stream: String { "OBJ_\(bucket)" }

  /// Creates the object for a bucket, which may not exist.
  ///
  /// - Throws: `ObjectStoreError.invalidName`.
  public init(_ jetStream: JetStream, bucket: String) throws(ObjectStoreError) {
    guard !bucket.isEmpty, bucket.utf8.count <= 200,
      bucket.utf8.allSatisfy({
        0x30...0x39 ~= $0 || 0x41...0x5a ~= $0 || 0x61...0x7a ~= $0 || $0 == 0x2d || $0 == 0x5f
      })
    else { throw .invalidName(bucket) }
    self.jetStream = jetStream
    self.bucket = bucket
  }

  // MARK: Buckets

  /// Creates a bucket. If it exists with the same configuration, it is returned.
  ///
  /// - Throws: `ObjectStoreError.invalidName`, `.bucketExists`, and `.jetStream`.
  public static func create(
    _ configuration: Configuration, in jetStream: JetStream
  ) async throws(ObjectStoreError) -> ObjectStore {
    let store = try ObjectStore(jetStream, bucket: configuration.bucket)
    var stream = StreamConfiguration(
      name: store.stream, subjects: ["$O.\(store.bucket).C.>", "$O.\(store.bucket).M.>"])
    stream.description = configuration.description
    stream.discard = .new
    stream.allowsRollup = true
    stream.allowsDirect = true
    stream.age = configuration.age
    stream.byteLimit = configuration.byteLimit ?? -1
    stream.storage = configuration.storage
    stream.replicas = configuration.replicas
    stream.placement = configuration.placement
    stream.metadata = configuration.metadata
    stream.compression = configuration.isCompressed ? "s2" : nil
    do throws(JetStreamError) {
      _ = try await jetStream.createStream(stream)
    } catch {
      throw error.code == .streamNameInUse ? .bucketExists(store.bucket) : .jetStream(error)
    }
    return store
  }

  /// Opens an existing bucket.
  ///
  /// - Throws: `ObjectStoreError.invalidName`, `.bucketNotFound`, and `.jetStream`.
  public static func open(_ bucket: String, in jetStream: JetStream) async throws(ObjectStoreError)
    -> ObjectStore
  {
    let store = try ObjectStore(jetStream, bucket: bucket)
    _ = try await store.status()
    return store
  }

  /// Returns the configuration and state of the bucket's stream.
  ///
  /// - Throws: `ObjectStoreError.bucketNotFound`, and `.jetStream`.
  public func status() async throws(ObjectStoreError) -> StreamInfo {
    try await asking { () async throws(JetStreamError) in try await jetStream.stream(stream) }
  }

  /// Deletes the bucket with all its objects.
  ///
  /// - Throws: `ObjectStoreError.bucketNotFound`, and `.jetStream`.
  public func deleteBucket() async throws(ObjectStoreError) {
    try await asking { () async throws(JetStreamError) in try await jetStream.deleteStream(stream) }
  }

  // MARK: Objects

  /// Reads the description of an object.
  ///
  /// - Parameters:
  ///   - name: The object.
  ///   - source: Where to read it.
  ///   - withDeleted: Whether to return the description of a deleted object.
  /// - Returns: The description; nil if there is none.
  /// - Throws: `ObjectStoreError`.
  public func info(
    _ name: String, from source: ReadSource = .leader, withDeleted: Bool = false
  ) async throws(ObjectStoreError) -> ObjectInfo? {
    let query = MessageQuery.last(of: try subject(of: name))
    let message = try await asking { () async throws(JetStreamError) in
      try await jetStream.message(query, in: stream, from: source)
    }
    guard let message else { return nil }
    guard let info = ObjectInfo(message.payload, time: message.time, sequence: message.sequence) else {
      throw .unreadable(name)
    }
    return info.isDeleted && !withDeleted ? nil : info
  }

  /// Reads the descriptions of all existing objects, in the order in which they were stored.
  ///
  /// - Returns: The descriptions.
  /// - Throws: `ObjectStoreError`.
  public func list() async throws(ObjectStoreError) -> [ObjectInfo] {
    var infos: [ObjectInfo] = []
    try await forEach { infos.append($0) }
    return infos
  }

  /// Reads the descriptions of all existing objects, one after the other.
  ///
  /// - Parameter take: Receives each description.
  /// - Throws: `ObjectStoreError`.
  public func forEach(_ take: (ObjectInfo) -> Void) async throws(ObjectStoreError) {
    let configuration = OrderedConsumer.Configuration(filters: ["$O.\(bucket).M.>"], start: .lastPerSubject)
    var scan = try await asking { () async throws(JetStreamError) in
      try await jetStream.scan(stream, configuration)
    }
    while true {
      let next: Delivery?
      do throws(JetStreamError) { next = try await scan.next() } catch { throw translated(error) }
      guard let next else { return }
      let info = ObjectInfo(next.message.payload, time: next.time, sequence: next.streamSequence)
      guard let info else { throw .unreadable(next.message.subject) }
      if !info.isDeleted { take(info) }
    }
  }

  // MARK: Names

  /// The subject of the description of an object.
  func subject(of name: String) throws(ObjectStoreError) -> String {
    guard !name.isEmpty, name.utf8.count <= 2_800 else { throw .invalidName(name) }
    return "$O.\(bucket).M.\(Base64.encoded(Array(name.utf8), isForURLs: true, isPadded: true))"
  }

  /// The subject of the chunks of an object.
  func chunkSubject(_ nuid: String) -> String { "$O.\(bucket).C.\(nuid)" }

  /// Calls JetStream, and translates its errors for the bucket.
  func asking<Answer>(
    _ body: () async throws(JetStreamError) -> Answer
  ) async throws(ObjectStoreError) -> Answer {
    do throws(JetStreamError) { return try await body() } catch { throw translated(error) }
  }

  func translated(_ error: JetStreamError) -> ObjectStoreError {
    switch error {
    case .streamNotFound, .noStream: .bucketNotFound(bucket)
    default: .jetStream(error)
    }
  }
}
