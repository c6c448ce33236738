internal import SQLite

/// Why a server of values does not begin.
public enum KVServerError: Error, Hashable, Sendable {
  /// The database cannot be used: which, and why.
  case database(String, reason: String)
  /// A file is no database, or its pages are damaged: which, and what was found.
  case damaged(String, reason: String)
  /// Another server uses the database.
  case inUse(String)
  /// A file cannot be opened or locked: what was tried, and why not.
  case system(what: String, reason: String)
  /// The file of tokens has none.
  case noToken(String)
}

extension KVServerError: CustomStringConvertible {
  /// What is wrong, without a full stop.
  public var description: String {
    switch self {
    case .database(let path, let reason): "cannot use \(path): \(reason)"
    case .damaged(let path, let reason): "\(path) is no database, or damaged: \(reason)"
    case .inUse(let path): "another server uses \(path)"
    case .system(let what, let reason): "\(what): \(reason)"
    case .noToken(let path): "\(path) has no token"
    }
  }
}

extension KVServerError {
  /// Says why a database cannot be used.
  init(_ error: DatabaseError, at path: String) {
    self =
      error.code == .damaged
      ? .damaged(path, reason: error.message) : .database(path, reason: error.message)
  }
}
