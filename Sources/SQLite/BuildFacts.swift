internal import CSQLite

/// The library versions of this build.
public enum BuildFacts {
  /// The version of SQLite, such as `3.40.1`.
  public static let sqliteVersion = SQLITE_VERSION
}
