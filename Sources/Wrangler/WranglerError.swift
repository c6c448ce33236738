/// The reason why a configuration file of wrangler cannot be used.
public enum WranglerError: Error, Hashable, Sendable {
  /// The system cannot read it.
  case unreadable(path: String, reason: String)
  /// It is not valid TOML or JSON, as its name requires.
  case malformed(path: String, line: Int, reason: String)
  /// A key has a value of the wrong type.
  case wrongType(String, path: String, line: Int, expected: String)
  /// A required value is missing.
  case missing(String, path: String)
}

extension WranglerError: CustomStringConvertible {
  /// The error message, without a full stop.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
    case .malformed(let path, let line, let reason): "\(path):\(line): \(reason)"
    case .wrongType(let key, let path, let line, let expected): "\(path):\(line): \(key) is not \(expected)"
    case .missing(let what, let path): "\(path) has no \(what)"
    }
  }
}
