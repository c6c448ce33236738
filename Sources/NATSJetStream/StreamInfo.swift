internal import JSONText

/// The configuration and state of a stream.
public struct StreamInfo: Sendable {
  /// Its configuration.
  public let configuration: StreamConfiguration
  /// When it was created, as RFC 3339.
  public let created: String
  /// The number of messages.
  public let messageCount: Int64
  /// The number of bytes.
  public let byteCount: Int64
  /// The sequence of the oldest message; if there is none, 0 or the last sequence plus one.
  public let firstSequence: Int64
  /// The sequence of the newest message that was ever stored.
  public let lastSequence: Int64
  /// The number of consumers.
  public let consumerCount: Int
  /// The time of the response by the server's clock, in nanoseconds since 1970; nil if it has none.
  public let time: Int64?
  /// The leader of its cluster; nil if there is none.
  public let leader: String?

  /// Parses a response; nil for anything else.
  init?(_ json: JSONValue) {
    guard let configuration = json["config"].flatMap({ StreamConfiguration($0) }), let state = json["state"]
    else {
      return nil
    }
    self.configuration = configuration
    created = json["created"]?.text ?? ""
    messageCount = state["messages"]?.number ?? 0
    byteCount = state["bytes"]?.number ?? 0
    firstSequence = state["first_seq"]?.number ?? 0
    lastSequence = state["last_seq"]?.number ?? 0
    consumerCount = Int(clamping: state["consumer_count"]?.number ?? 0)
    time = json["ts"]?.text.flatMap { MessageTime.nanoseconds($0) }
    leader = json["cluster"]?["leader"]?.text
  }
}
