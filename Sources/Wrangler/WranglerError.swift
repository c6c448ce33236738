/// Why a file of wrangler's settings cannot be used.
public enum WranglerError: Error, Hashable, Sendable {
  /// The system refuses to read it.
  case unreadable(path: String, reason: String)
  /// It is neither TOML nor JSON, as its name says.
  case malformed(path: String, line: Int, reason: String)
  /// A key has a value of another kind.
  case wrongType(String, path: String, line: Int, expected: String)
  /// It lacks what is asked for.
  case missing(String, path: String)
}

extension WranglerError: CustomStringConvertible {
  /// What is wrong, without a full stop.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
    case .malformed(let path, let line, let reason): "\(path):\(line): \(reason)"
    case .wrongType(let key, let path, let line, let expected): "\(path):\(line): \(key) is not \(expected)"
    case .missing(let what, let path): "\(path) has no \(what)"
    }
  }
}
