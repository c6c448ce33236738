internal import SQLite
internal import SystemPackage

/// Namespaces with their values and heads, in one SQLite database (Documentation/formats.md).
///
/// Not `Sendable`: one connection, which one thread at a time uses.
final class KVStorage {
  let database: Database

  /// What changes when the tables do.
  private static let version = 1
  /// The pages in the log at which it is written into the database.
  private static let pagesInLog = 4_000

  /// Opens a file, making it where it is missing, or a new database in memory.
  ///
  /// - Parameter path: The file; nil for memory.
  /// - Throws: `DatabaseError`, with `.otherVersion` for a file with other tables.
  init(at path: FilePath?) throws(DatabaseError) {
    if let path { database = try Database(at: path, access: .readWrite) } else { database = try Database() }
    // A value that was acknowledged outlives a failure of power.
    try database.execute(
      """
      PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = \(KVStorage.pagesInLog);
      """)
    let found = try database.first("PRAGMA user_version") { $0.integer(0) } ?? 0
    switch found {
    case KVStorage.version: break
    case 0:
      try database.transaction { () throws(DatabaseError) in
        // Another connection may have made them meanwhile.
        guard try database.first("PRAGMA user_version", row: { $0.integer(0) }) == 0 else { return }
        try database.execute(KVStorage.tables)
        try database.execute("PRAGMA user_version = \(KVStorage.version)")
      }
    default:
      throw DatabaseError(
        code: .otherVersion(found), message: "its tables have version \(found), not \(KVStorage.version)")
    }
  }

  /// Writes what the log holds into the database.
  func fold() { database.fold() }

  private static let tables = """
    CREATE TABLE namespaces (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      title TEXT NOT NULL UNIQUE,
      epoch INTEGER NOT NULL DEFAULT 0,
      prune TEXT,
      prune_until INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE entries (
      namespace INTEGER NOT NULL,
      key BLOB NOT NULL,
      content INTEGER NOT NULL,
      size INTEGER NOT NULL,
      metadata BLOB,
      expiration INTEGER,
      PRIMARY KEY (namespace, key)
    ) WITHOUT ROWID;
    CREATE INDEX expirations ON entries (expiration) WHERE expiration IS NOT NULL;
    CREATE TABLE contents (id INTEGER PRIMARY KEY AUTOINCREMENT, staged INTEGER NOT NULL);
    CREATE INDEX staged ON contents (staged) WHERE staged;
    CREATE TABLE pieces (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
    CREATE TABLE heads (
      namespace INTEGER NOT NULL,
      store TEXT NOT NULL,
      branch TEXT NOT NULL,
      revision INTEGER NOT NULL,
      floor INTEGER NOT NULL,
      PRIMARY KEY (namespace, store, branch)
    ) WITHOUT ROWID;
    CREATE TABLE log (
      namespace INTEGER NOT NULL,
      store TEXT NOT NULL,
      branch TEXT NOT NULL,
      revision INTEGER NOT NULL,
      id TEXT NOT NULL,
      kind TEXT NOT NULL,
      manifest TEXT NOT NULL,
      git_commit TEXT,
      tree TEXT,
      origin INTEGER NOT NULL,
      barrier INTEGER NOT NULL,
      author TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (namespace, store, branch, revision),
      UNIQUE (namespace, store, branch, id)
    ) WITHOUT ROWID;
    """
}
