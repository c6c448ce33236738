/// Why a request to Workers KV, or to what keeps the heads, came to nothing. No case tells a token.
public enum KVError: Error, Hashable, Sendable {
  /// A target that is spelled in no known way.
  case invalidTarget(String, reason: String)
  /// The service does not know the token, or the token may not do this.
  case refused(String)
  /// There is no such namespace.
  case noNamespace(String)
  /// A key or value is larger than the service takes; nothing was sent.
  case tooLarge(key: String, reason: String)
  /// A value that was read has another length than was said.
  case changed(key: String)
  /// The service answered what it must not; the words are its own.
  case failed(what: String, status: Int, reason: String)
  /// The service answered what no one can read.
  case unreadable(String)
  /// No answer came, however often it was tried.
  case unreachable(String, reason: String)
  /// The service took some keys and not others, however often it was tried.
  case incomplete(count: Int, example: String)
  /// The time was up in which a request may be sent.
  case late
  /// Something that was asked for is not there.
  case notFound(String)
}

extension KVError: CustomStringConvertible {
  /// What is wrong, without a full stop.
  public var description: String {
    switch self {
    case .invalidTarget(let text, let reason): "invalid target '\(text)': \(reason)"
    case .refused(let what): "\(what): the token is not known, or may not do this"
    case .noNamespace(let name): "no namespace \(name)"
    case .tooLarge(let key, let reason): "\(key): \(reason)"
    case .changed(let key): "\(key) has changed while it was read"
    case .failed(let what, let status, let reason): "\(what): \(status) \(reason)"
    case .unreadable(let what): "\(what): the answer cannot be read"
    case .unreachable(let host, let reason): "\(host): \(reason)"
    case .incomplete(let count, let key): "\(count) keys were not taken, such as \(key)"
    case .late: "the time was up"
    case .notFound(let what): "not found: \(what)"
    }
  }

  /// What can be done about it; nil where the message says all.
  public var hint: String? {
    switch self {
    case .invalidTarget: "http://HOST:PORT/NAMESPACE, or workers://ACCOUNT/NAMESPACE with --head"
    case .refused: "CLOUDFLARE_API_TOKEN is for the values, WASMSTORE_HEAD_TOKEN for the head"
    case .incomplete, .unreachable: "begin again; what was taken is not sent once more"
    case .noNamespace, .tooLarge, .changed, .failed, .unreadable, .late, .notFound: nil
    }
  }
}
