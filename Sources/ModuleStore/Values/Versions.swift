internal import Git
internal import SQLite

/// The versions of this program and its libraries.
public enum Versions {
  /// The version of wasmstore.
  public static let wasmstore = "0.1.0"
  /// The version of libgit2, such as `1.5.1`.
  public static let libgit2 = Git.BuildFacts.libgit2Version
  /// The version of SQLite, such as `3.40.1`.
  public static let sqlite = SQLite.BuildFacts.sqliteVersion
}
