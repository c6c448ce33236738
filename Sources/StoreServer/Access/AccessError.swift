/// Why keys cannot be read or changed. No case tells a secret.
public enum AccessError: Error, Hashable, Sendable {
  /// An entry of `--auth`, counted from 1, is no key with its methods.
  case invalidEntry(number: Int, reason: String)
  /// A line of a file of keys, counted from 1, is no key.
  case invalidLine(file: String, line: Int, reason: String)
  /// There is no file of keys.
  case noFile(String)
  /// No key has the name.
  case keyNotFound(String, file: String)
  /// A key has the name already.
  case keyExists(String, file: String)
  /// Another process changes the file, or one beside it.
  case locked(file: String, seconds: Int)
  /// The system refused; the reason is its own.
  case system(what: String, reason: String)
}

extension AccessError: CustomStringConvertible {
  /// What is wrong, without a full stop.
  public var description: String {
    switch self {
    case .invalidEntry(let number, let reason): "invalid keys: entry \(number): \(reason)"
    case .invalidLine(let file, let line, let reason): "\(file):\(line): it is no key: \(reason)"
    case .noFile(let file): "no file of keys at \(file)"
    case .keyNotFound(let name, let file): "no key \(name) in \(file)"
    case .keyExists(let name, let file): "key \(name) exists in \(file)"
    case .locked(let file, let seconds): "\(file) is being changed by another process; waited \(seconds) s"
    case .system(let what, let reason): "\(what): \(reason)"
    }
  }

  /// What can be done about it; nil where the message says all.
  public var hint: String? {
    switch self {
    case .invalidEntry: "KEY:METHOD,METHOD;KEY:METHOD, with methods in upper case, or * for all"
    case .noFile: "wasmstore auth add makes one"
    case .keyNotFound, .keyExists: "wasmstore auth list shows them"
    case .locked: "--lock-timeout SECS waits longer"
    case .invalidLine, .system: nil
    }
  }
}
