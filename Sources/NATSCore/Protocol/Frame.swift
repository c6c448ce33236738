/// What the server sends at a time, as places in the bytes that it was read from.
struct Frame: Hashable, Sendable {
  /// What it is.
  enum Kind: Hashable, Sendable {
    /// `INFO`: `payload` is the JSON.
    case info
    /// `MSG` or `HMSG`.
    case message
    case ping
    case pong
    case acknowledgement
    /// `-ERR`: `payload` is the text between the quotes.
    case failure
  }

  var kind: Kind
  /// The number of the subscription that a message is for.
  var subscription = 0
  var subject = 0..<0
  /// Where an answer goes; empty where none is wanted.
  var reply = 0..<0
  /// The block of headers with the empty line at its end; empty where there is none.
  var headers = 0..<0
  var payload = 0..<0
  /// The bytes of all of it, with the line break at its end.
  var length = 0
}

/// Says that what came is not the protocol of NATS.
struct ProtocolViolation: Error, Hashable, Sendable {
  /// What is wrong, without a full stop.
  let reason: String

  init(_ reason: String) { self.reason = reason }
}
