/// The error of a request to Workers KV or to the head service. No case contains a token.
public enum KVError: Error, Hashable, Sendable {
  /// The target has an invalid form.
  case invalidTarget(String, reason: String)
  /// The service does not accept the token, or the token lacks the permission.
  case refused(String)
  /// There is no such namespace.
  case noNamespace(String)
  /// A key or value is larger than the service allows; nothing was sent.
  case tooLarge(key: String, reason: String)
  /// The length of a value that was read differs from the stated one.
  case changed(key: String)
  /// The service answered with an error; the reason is its own text.
  case failed(what: String, status: Int, reason: String)
  /// The service's answer cannot be parsed.
  case unreadable(String)
  /// There was no answer after all tries.
  case unreachable(String, reason: String)
  /// The service did not accept some keys after all tries.
  case incomplete(count: Int, example: String)
  /// The deadline for sending requests has passed.
  case late
  /// A requested thing does not exist.
  case notFound(String)
}

extension KVError: CustomStringConvertible {
  /// The error message, without a full stop.
  public var description: String {
    switch self {
    case .invalidTarget(let text, let reason): "invalid target '\(text)': \(reason)"
    case .refused(let what): "\(what): the token is unknown, or does not allow this"
    case .noNamespace(let name): "no namespace \(name)"
    case .tooLarge(let key, let reason): "\(key): \(reason)"
    case .changed(let key): "\(key) changed while it was read"
    case .failed(let what, let status, let reason): "\(what): \(status) \(reason)"
    case .unreadable(let what): "\(what): the response cannot be read"
    case .unreachable(let host, let reason): "\(host): \(reason)"
    case .incomplete(let count, let key): "the server did not store \(count) keys, such as \(key)"
    case .late: "the time limit was reached"
    case .notFound(let what): "not found: \(what)"
    }
  }

  /// A hint how to resolve the error; nil if the message is sufficient.
  public var hint: String? {
    switch self {
    case .invalidTarget: "use http://HOST:PORT/NAMESPACE, or workers://ACCOUNT/NAMESPACE with --head"
    case .refused: "CLOUDFLARE_API_TOKEN is used for the values, WASMSTORE_HEAD_TOKEN for the head"
    case .incomplete, .unreachable: "run the command again; values that are already stored are not sent again"
    case .noNamespace, .tooLarge, .changed, .failed, .unreadable, .late, .notFound: nil
    }
  }
}
