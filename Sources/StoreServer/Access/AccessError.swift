/// An error of reading or changing keys.
///
/// No case contains a secret.
public enum AccessError: Error, Hashable, Sendable {
  /// An entry of `--auth`, counted from 1, is not a key with its methods.
  case invalidEntry(number: Int, reason: String)
  /// A line of a file of keys, counted from 1, is not a key.
  case invalidLine(file: String, line: Int, reason: String)
  /// The file of keys does not exist.
  case noFile(String)
  /// No key has the name.
  case keyNotFound(String, file: String)
  /// A key with this name already exists.
  case keyExists(String, file: String)
  /// Another process holds the lock on the file's folder.
  case locked(file: String, seconds: Int)
  /// A system call failed; the reason is the system's message.
  case system(what: String, reason: String)
}

extension AccessError: CustomStringConvertible {
  /// The message, without a full stop.
  public var description: String {
    switch self {
    case .invalidEntry(let number, let reason): "invalid keys: entry \(number): \(reason)"
    case .invalidLine(let file, let line, let reason): "\(file):\(line): not a valid key: \(reason)"
    case .noFile(let file): "there is no file of keys at \(file)"
    case .keyNotFound(let name, let file): "no key \(name) in \(file)"
    case .keyExists(let name, let file): "key \(name) already exists in \(file)"
    case .locked(let file, let seconds): "\(file) is being changed by another process; waited \(seconds) s"
    case .system(let what, let reason): "\(what): \(reason)"
    }
  }

  /// A hint on what to do; nil if the message is sufficient.
  public var hint: String? {
    switch self {
    case .invalidEntry:
      "the form is KEY:METHOD,METHOD;KEY:METHOD, with methods in upper case, or * for all methods"
    case .noFile: "wasmstore auth add makes one"
    case .keyNotFound, .keyExists: "wasmstore auth list shows the keys"
    case .locked: "--lock-timeout SECS waits longer"
    case .invalidLine, .system: nil
    }
  }
}
