internal import JSONText

/// What a stream is and holds.
public struct StreamInfo: Sendable {
  /// How it is set up.
  public let configuration: StreamConfiguration
  /// When it was created, as RFC 3339.
  public let created: String
  /// The messages in it.
  public let messageCount: Int64
  /// The bytes in it.
  public let byteCount: Int64
  /// The sequence of the oldest message; 0 or one more than the last where there is none.
  public let firstSequence: Int64
  /// The sequence of the newest message that was ever stored.
  public let lastSequence: Int64
  /// How many consumers it has.
  public let consumerCount: Int
  /// The moment of the answer by the server's clock, in nanoseconds since 1970; nil where it does not tell.
  public let time: Int64?
  /// The server that leads its cluster; nil where there is none.
  public let leader: String?

  /// Reads an answer; nil for anything else.
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
