internal import SQLite
internal import SystemPackage

/// A store of namespaces with their values and heads, in one SQLite database (Documentation/formats.md).
///
/// Not `Sendable`: it has one connection, which only one thread may use at a time.
final class KVStorage {
  let database: Database

  /// The version of the tables.
  private static let version = 1
  /// The number of bytes in a page of a new database. Values are long: larger pages are fewer system calls.
  private static let pageSize = 16_384
  /// The number of pages in the write-ahead log at which SQLite starts a checkpoint.
  private static let pagesInLog = 4_000

  /// Opens a database file and creates it if it does not exist, or creates a database in memory.
  ///
  /// - Parameter path: The path; nil for memory.
  /// - Throws: `DatabaseError`, with `.otherVersion` for a file with other tables.
  init(at path: FilePath?) throws(DatabaseError) {
    if let path { database = try Database(at: path, access: .readWrite) } else { database = try Database() }
    // `FULL`: an acknowledged value must survive a power failure.
    try database.execute(
      """
      PRAGMA page_size = \(KVStorage.pageSize); PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = \(KVStorage.pagesInLog);
      """)
    let found = try database.first("PRAGMA user_version") { $0.integer(0) } ?? 0
    switch found {
    case KVStorage.version: break
    case 0:
      try database.transaction { () throws(DatabaseError) in
        // Another connection may have created the tables in between.
        guard try database.first("PRAGMA user_version", row: { $0.integer(0) }) == 0 else { return }
        try database.execute(KVStorage.tables)
        try database.execute("PRAGMA user_version = \(KVStorage.version)")
      }
    default:
      throw DatabaseError(
        code: .otherVersion(found), message: "its format has version \(found), not \(KVStorage.version)")
    }
  }

  /// Runs a transaction without waiting for the disk. A power failure can lose it until the next other transaction.
  ///
  /// - Throws: What `body` throws, and `DatabaseError`. Then nothing is changed.
  func unsynchronized<Result>(
    _ body: () throws(DatabaseError) -> Result
  ) throws(DatabaseError) -> Result {
    try database.execute("PRAGMA synchronous = NORMAL")
    let result: Swift.Result<Result, DatabaseError>
    do { result = .success(try database.transaction(body)) } catch { result = .failure(error) }
    try database.execute("PRAGMA synchronous = FULL")
    return try result.get()
  }

  /// Writes the write-ahead log to the database.
  func checkpoint() { database.fold() }

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
