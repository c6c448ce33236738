public import NATSJetStream

/// A bucket of keys with values, which may also keep earlier values (ADR-8).
///
/// Each change of a key has a revision, which increases over the whole bucket. A deleted key leaves a marker. A change
/// is immediately visible on the leader of the bucket. The other servers, which respond faster, may be behind.
public struct KeyValueStore: Sendable {
  /// The JetStream of the bucket.
  public let jetStream: JetStream
  /// The name of the bucket.
  public let bucket: String
  /// The name of the bucket's stream.
  public let stream: String
  /// The prefix of the subjects of stored messages; for a mirror, those of its origin.
  let prefix: String
  /// The prefix of the subjects to write to.
  let writePrefix: String
  /// Whether any server that keeps the bucket answered reads when it was opened.
  let allowsDirectReads: Bool
  /// Whether keys could have a time to live when the bucket was opened.
  ///
  /// An old server accepts the header and ignores it.
  let allowsTimeToLive: Bool
  /// Whether atomic batches were allowed when the bucket was opened.
  public let allowsAtomicPublish: Bool

  /// Creates the client of an existing bucket.
  ///
  /// - Parameters:
  ///   - jetStream: The JetStream of the bucket.
  ///   - status: The status of the bucket.
  public init(_ jetStream: JetStream, _ status: KeyValueStatus) {
    self.jetStream = jetStream
    bucket = status.bucket
    stream = status.stream.configuration.name
    allowsDirectReads = status.allowsDirectReads
    // For a mirror, the origin decides. It reports an error if it does not allow the write.
    allowsAtomicPublish = status.configuration.allowsAtomicPublish ?? false
    allowsTimeToLive = status.allowsTimeToLive || status.configuration.mirror != nil
    guard let mirror = status.configuration.mirror else {
      prefix = KeyValueConfiguration.prefix(of: bucket)
      // A stream of another domain can be written to only with the prefix of its API.
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

  /// Calls JetStream, and translates its errors for the bucket.
  func asking<Answer>(
    _ body: () async throws(JetStreamError) -> Answer
  ) async throws(KeyValueError) -> Answer {
    do throws(JetStreamError) { return try await body() } catch { throw KeyValueError(error, bucket) }
  }
}

extension KeyValueError {
  /// Translates an error of JetStream for a bucket.
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

  /// Servers have one code for all reasons for which they cannot store a message.
  private static func saysFull(_ error: JetStreamError) -> Bool {
    if case .refused(let failure) = error { failure.words.hasPrefix("maximum ") } else { false }
  }
}
