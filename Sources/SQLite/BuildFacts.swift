internal import CSQLite

/// The versions of the libraries that this build was made with.
public enum BuildFacts {
  /// The version of SQLite, such as `3.40.1`.
  public static let sqliteVersion = SQLITE_VERSION
}
