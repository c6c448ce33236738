public import ClientConnections

/// Why something failed between this client and a server of NATS.
public enum NATSError: Error, Hashable, Sendable {
  /// A text is no URL of a server.
  case invalidURL(String)
  /// A subject cannot be published or subscribed to.
  case invalidSubject(String)
  /// A header cannot be sent: its name.
  case invalidHeader(String)
  /// A message with its headers is larger than the server takes: the most that it takes, in bytes.
  case payloadTooLarge(limit: Int)
  /// There is no connection to a server: its host and port, and why.
  case unreachable(String, ConnectionFailure)
  /// The server ended the connection before it was ready: its host and port.
  case refused(String)
  /// The server does not let us in: its words.
  case unauthorized(String)
  /// The server does not let us publish or subscribe: its words.
  case forbidden(String)
  /// What came from the server is not the protocol: what is wrong.
  case malformed(String)
  /// The server reported something else: its words.
  case reported(String)
  /// The server cannot do what is wanted of it: what that is.
  case unsupported(String)
  /// A file that proves who we are cannot be used: what it is, and why.
  case credentials(String, reason: String)
  /// The connection was lost; what was asked for may have been done.
  case disconnected
  /// The client was closed.
  case closed
  /// There was no answer in time; what was asked for may have been done.
  case timedOut
  /// Nobody has subscribed to the subject.
  case noResponders(String)
  /// More arrived than was taken, and was dropped: how many messages.
  case slowConsumer(dropped: Int)
  /// The task was cancelled.
  case cancelled
}

extension NATSError: CustomStringConvertible {
  /// What is wrong, without a full stop.
  public var description: String {
    switch self {
    case .invalidURL(let text): "not the URL of a NATS server: \(text)"
    case .invalidSubject(let subject): "not a subject: \(subject)"
    case .invalidHeader(let name): "not a header: \(name)"
    case .payloadTooLarge(let limit): "the message is larger than the \(limit) bytes that the server takes"
    case .unreachable(let server, let failure): "cannot connect to \(server): \(failure)"
    case .refused(let server): "\(server) ended the connection"
    case .unauthorized(let words): "the server does not let us in: \(words.lowercased())"
    case .forbidden(let words): "the server does not allow it: \(words.lowercased())"
    case .malformed(let reason): "the server does not speak the protocol of NATS: \(reason)"
    case .reported(let words): "the server reports: \(words.lowercased())"
    case .unsupported(let what): "the server does not have \(what)"
    case .credentials(let what, let reason): "\(what): \(reason)"
    case .disconnected: "the connection was lost"
    case .closed: "the connection is closed"
    case .timedOut: "the server did not answer in time"
    case .noResponders(let subject): "nobody answers at \(subject)"
    case .slowConsumer(let dropped): "\(dropped) messages came faster than they were taken"
    case .cancelled: "cancelled"
    }
  }
}
