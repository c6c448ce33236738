public import NATSJetStream

/// How a bucket is set up, and what it holds.
public struct KeyValueStatus: Sendable {
  /// How it is set up, as the server says.
  public let configuration: KeyValueConfiguration
  /// How many values and markers it holds, those of the history counted.
  public let valueCount: Int64
  /// The bytes that they take.
  public let byteCount: Int64
  /// The newest revision that was ever stored; 0 where there was none.
  public let lastRevision: Int64
  /// Whether a key can say how long it lives.
  public let allowsTimeToLive: Bool
  /// Whether any server that keeps it answers reads.
  public let allowsDirectReads: Bool
  /// The stream that keeps it.
  public let stream: StreamInfo

  /// The bucket.
  public var bucket: String { configuration.bucket }

  /// Reads what the server says of a stream; nil where that keeps no bucket.
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
