public import ClientConnections

/// An error of a client or a server of NATS.
public enum NATSError: Error, Hashable, Sendable {
  /// A text is not the URL of a server.
  case invalidURL(String)
  /// A subject cannot be published or subscribed to.
  case invalidSubject(String)
  /// A header cannot be sent: its name.
  case invalidHeader(String)
  /// A message with its headers is larger than the server accepts: the limit in bytes.
  case payloadTooLarge(limit: Int)
  /// No connection to a server can be made: its host and port, and the reason.
  case unreachable(String, ConnectionFailure)
  /// The server ended the connection before it was ready: its host and port.
  case refused(String)
  /// The server refused the login: its words.
  case unauthorized(String)
  /// The server does not permit to publish or subscribe: its words.
  case forbidden(String)
  /// The server violated the protocol: the reason.
  case malformed(String)
  /// The server reported another error: its words.
  case reported(String)
  /// The server does not support a feature: the feature.
  case unsupported(String)
  /// A file with credentials cannot be used: its name, and the reason.
  case credentials(String, reason: String)
  /// The connection was lost. The request may have been executed.
  case disconnected
  /// The client was closed.
  case closed
  /// No reply came in time. The request may have been executed.
  case timedOut
  /// No subscriber exists for the subject.
  case noResponders(String)
  /// Messages arrived faster than they were taken: the number of dropped messages.
  case slowConsumer(dropped: Int)
  /// The task was cancelled.
  case cancelled
}

extension NATSError: CustomStringConvertible {
  /// The reason, without a full stop.
  public var description: String {
    switch self {
    case .invalidURL(let text): "not a valid URL of a NATS server: \(text)"
    case .invalidSubject(let subject): "not a valid subject: \(subject)"
    case .invalidHeader(let name): "not a valid header: \(name)"
    case .payloadTooLarge(let limit): "the message is larger than the server's limit of \(limit) bytes"
    case .unreachable(let server, let failure): "cannot connect to \(server): \(failure)"
    case .refused(let server): "\(server) closed the connection"
    case .unauthorized(let words): "the server refused the login: \(words.lowercased())"
    case .forbidden(let words): "the server does not allow this: \(words.lowercased())"
    case .malformed(let reason): "the server does not follow the NATS protocol: \(reason)"
    case .reported(let words): "the server reported an error: \(words.lowercased())"
    case .unsupported(let what): "the server does not support \(what)"
    case .credentials(let what, let reason): "\(what): \(reason)"
    case .disconnected: "the connection was lost"
    case .closed: "the connection is closed"
    case .timedOut: "the server did not answer in time"
    case .noResponders(let subject): "there are no subscribers for \(subject)"
    case .slowConsumer(let dropped):
      "\(dropped) messages were dropped because they arrived faster than they were read"
    case .cancelled: "cancelled"
    }
  }
}
