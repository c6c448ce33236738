internal import SQLite

/// The reason why a server cannot start.
public enum KVServerError: Error, Hashable, Sendable {
  /// The database cannot be used: its path and the reason.
  case database(String, reason: String)
  /// The file is not a database, or its pages are damaged: its path and the reason.
  case damaged(String, reason: String)
  /// Another server uses the database.
  case inUse(String)
  /// A file cannot be opened or locked: the operation and the reason.
  case system(what: String, reason: String)
  /// The file of tokens contains no token.
  case noToken(String)
}

extension KVServerError: CustomStringConvertible {
  /// The message, without a full stop.
  public var description: String {
    switch self {
    case .database(let path, let reason): "cannot use \(path): \(reason)"
    case .damaged(let path, let reason): "\(path) is not a database, or is damaged: \(reason)"
    case .inUse(let path): "another server is using \(path)"
    case .system(let what, let reason): "\(what): \(reason)"
    case .noToken(let path): "\(path) does not contain a token"
    }
  }
}

extension KVServerError {
  /// Creates the error for a database that cannot be used.
  init(_ error: DatabaseError, at path: String) {
    self =
      error.code == .damaged
      ? .damaged(path, reason: error.message) : .database(path, reason: error.message)
  }
}
