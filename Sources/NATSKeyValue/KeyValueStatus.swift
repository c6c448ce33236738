public import NATSJetStream

/// The configuration and state of a bucket.
public struct KeyValueStatus: Sendable {
  /// Its configuration, as the server reports it.
  public let configuration: KeyValueConfiguration
  /// The number of values and markers, including the history.
  public let valueCount: Int64
  /// The number of bytes.
  public let byteCount: Int64
  /// The newest revision that was ever stored; 0 if there was none.
  public let lastRevision: Int64
  /// Whether keys can have a time to live.
  public let allowsTimeToLive: Bool
  /// Whether any server that keeps it may answer reads.
  public let allowsDirectReads: Bool
  /// The stream of the bucket.
  public let stream: StreamInfo

  /// The bucket.
  public var bucket: String { configuration.bucket }

  /// Creates the status from that of a stream; nil if the stream is not a bucket.
  init?(_ stream: StreamInfo) {
    guard stream.configuration.name.hasPrefix(KeyValueConfiguration.streamPrefix),
      stream.configuration.messagesPerSubject ?? -1 >= 1
    else { return nil }
    configuration = KeyValueConfiguration(stream.configuration)
    valueCount = stream.messageCount
    byteCount = stream.byteCount
    lastRevision = stream.lastSequence
    allowsTimeToLive = stream.configuration.allowsMessageTTL ?? false
    allowsDirectReads = stream.configuration.allowsDirect ?? false
    self.stream = stream
  }
}
