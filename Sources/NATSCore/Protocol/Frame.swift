/// A unit that the server sends, as ranges of the bytes from which it was read.
struct Frame: Hashable, Sendable {
  /// The kind of a frame.
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
  /// The reply subject; empty if no reply is expected.
  var reply = 0..<0
  /// The block of headers with the empty line at its end; empty if there is none.
  var headers = 0..<0
  var payload = 0..<0
  /// The length of the whole frame in bytes, including the final line break.
  var length = 0
}

/// An error in the protocol of NATS.
struct ProtocolViolation: Error, Hashable, Sendable {
  /// The reason, without a full stop.
  let reason: String

  init(_ reason: String) { self.reason = reason }
}
