public import NATSJetStream

/// A bucket of keys with values, whose earlier values it may keep (ADR-8).
///
/// Each change of a key has a revision, which grows over the whole bucket. A key that is deleted leaves a marker. What was
/// changed can be read at once from the server that leads the bucket; the others, which answer faster, may lag behind.
public struct KeyValueStore: Sendable {
  /// JetStream.
  public let jetStream: JetStream
  /// The name of the bucket.
  public let bucket: String
  /// The name of the stream that keeps it.
  public let stream: String
  /// Begins the subjects of what is stored: those of the origin, for a copy.
  let prefix: String
  /// Begins the subjects that are written to.
  let writePrefix: String
  /// Whether any server that keeps it answered reads when it was opened.
  let allowsDirectReads: Bool
  /// Whether a key could say how long it lives when it was opened. An old server takes the header and does not heed it.
  let allowsTimeToLive: Bool
  /// Whether several writes could be done together or not at all when it was opened.
  public let allowsAtomicPublish: Bool

  /// Opens a bucket that is there.
  ///
  /// - Parameters:
  ///   - jetStream: JetStream.
  ///   - status: What was answered of the bucket.
  public init(_ jetStream: JetStream, _ status: KeyValueStatus) {
    self.jetStream = jetStream
    bucket = status.bucket
    stream = status.stream.configuration.name
    allowsDirectReads = status.allowsDirectReads
    // Of a copy the origin decides, and says so.
    allowsAtomicPublish = status.configuration.allowsAtomicPublish ?? false
    allowsTimeToLive = status.allowsTimeToLive || status.configuration.mirror != nil
    guard let mirror = status.configuration.mirror else {
      prefix = KeyValueConfiguration.prefix(of: bucket)
      // Only through its interface is a stream of another domain written to.
      let isStandard = jetStream.prefix == JetStream.standardPrefix
      writePrefix = isStandard ? prefix : "\(jetStream.prefix).\(prefix)"
      return
    }
    prefix = KeyValueConfiguration.prefix(of: KeyValueConfiguration.bucket(of: mirror.name))
    if let external = mirror.external {
      writePrefix = "\(external.apiPrefix).\(prefix)"
    } else {
      writePrefix = prefix
    }
  }

  /// Asks JetStream, and says what its errors mean for the bucket.
  func asking<Answer>(
    _ body: () async throws(JetStreamError) -> Answer
  ) async throws(KeyValueError) -> Answer {
    do throws(JetStreamError) { return try await body() } catch { throw KeyValueError(error, bucket) }
  }
}

extension KeyValueError {
  /// Says what an error of JetStream means for a bucket.
  init(_ error: JetStreamError, _ bucket: String) {
    switch error {
    case .streamNotFound, .noStream: self = .bucketNotFound(bucket)
    case .wrongLastSequence(let sequence): self = .wrongLastRevision(sequence)
    default:
      switch error.code {
      case .streamNameInUse?: self = .bucketExists(bucket)
      case .messageTooLarge?: self = .valueTooLarge
      case .ttlDisabled?: self = .timeToLiveNotAllowed
      case .storeFailed? where KeyValueError.saysFull(error): self = .bucketFull
      default: self = .jetStream(error)
      }
    }
  }

  /// Servers have one code for whatever keeps them from storing something.
  private static func saysFull(_ error: JetStreamError) -> Bool {
    if case .refused(let failure) = error { failure.words.hasPrefix("maximum ") } else { false }
  }
}
