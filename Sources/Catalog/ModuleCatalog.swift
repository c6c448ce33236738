internal import FileSystem
public import SQLite
public import SystemPackage

/// The derived index of a store: the facts about each blob, and the commits that changed each path.
///
/// Every row is a fact about git objects, which never change, so a row can be missing but never wrong; the whole file
/// may be deleted at any time. The format: Documentation/formats.md, "Catalog".
///
/// Not `Sendable`: only one thread at a time may use it.
public final class ModuleCatalog {
  private(set) var database: Database
  private let use: Use
  /// The open file.
  public let path: FilePath
  /// False if the folder is not writable: missing facts are then computed each time.
  public let isWritable: Bool
  /// True while the file is read without its log, which was empty. Rows that other processes add meanwhile are not
  /// seen.
  private var isAtRest: Bool
  private let lock: CatalogLock?
  /// Whether to run a checkpoint at the end, unless this process adds rows itself.
  private var foldsRestingLog = false

  /// How long a catalog is used.
  public enum Use: Sendable {
    /// For a few queries of a short-lived process: a catalog without writers is read in the cheapest way, and rows
    /// that other processes add meanwhile may be missed.
    case brief
    /// For a long-running process: rows that other processes add are seen, and between two transactions any process
    /// can run a checkpoint.
    case lasting
  }

  /// The version of the schema that this code reads and writes.
  public static let schemaVersion = 4

  /// Opens the catalog `path`, and creates it if it does not exist and the folder is `writable`.
  ///
  /// - Throws: `DatabaseError` with `.damaged` or `.otherVersion` if a new generation must be created, and
  ///   `.unavailable` if the store must work without a catalog.
  public init(at path: FilePath, writable: Bool, for use: Use = .brief) throws(DatabaseError) {
    self.path = path
    self.use = use
    isWritable = writable
    lock = CatalogLock(in: path.folder)
    // If this process cannot write to the folder, others may be able to.
    if use == .brief, let database = try ModuleCatalog.databaseAtRest(path, lock: lock) {
      self.database = database
      isAtRest = true
      return
    }
    lock?.release()
    isAtRest = false
    let log = try CatalogLog(ofCatalog: path)
    database = try ModuleCatalog.database(path, writable: writable, log: log)
    foldsRestingLog = use == .brief && writable && log.size > 0 && log.rests
  }

  deinit { foldRestingLog() }

  /// Runs a checkpoint if nobody had written to the log for a second, and this process does not write either.
  public func foldRestingLog() {
    guard foldsRestingLog else { return }
    foldsRestingLog = false
    // Any later process can run the checkpoint.
    try? fold()
  }

  /// Opens only the database file, if its log is empty and no checkpoint can change the file: that takes a fifth of
  /// the system calls and half the time.
  private static func databaseAtRest(
    _ path: FilePath, lock: CatalogLock?
  ) throws(DatabaseError) -> Database? {
    guard let lock, try lock.share(), try CatalogLog(ofCatalog: path).size == 0 else { return nil }
    do throws(DatabaseError) {
      let database = try Database(at: path, access: .immutable)
      return try version(of: database) == schemaVersion ? database : nil
    } catch {
      // It is opened with its log next, and any error occurs again there.
      return nil
    }
  }

  private static func database(
    _ path: FilePath, writable: Bool, log: CatalogLog
  ) throws(DatabaseError) -> Database {
    let access: Database.Access = writable ? .readWrite : log.size > 0 ? .readOnly : .immutable
    let database = try Database(at: path, access: access)
    // A crash can lose the last rows but cannot corrupt them. An fsync for each transaction has no advantage for a
    // cache.
    if writable { try database.execute("PRAGMA synchronous = NORMAL") }
    let version = try version(of: database)
    if version == schemaVersion { return database }
    guard version == 0, writable else {
      throw DatabaseError(code: .otherVersion(version), message: "catalog has schema version \(version)")
    }
    try create(in: database)
    return database
  }

  private static func version(of database: Database) throws(DatabaseError) -> Int {
    try database.first("PRAGMA user_version") { $0.integer(0) } ?? 0
  }

  private static func create(in database: Database) throws(DatabaseError) {
    try database.execute("PRAGMA journal_mode = WAL")
    try database.transaction { () throws(DatabaseError) in
      guard try version(of: database) == 0 else { return }
      try database.execute(schema)
      try database.execute("PRAGMA user_version = \(schemaVersion)")
    }
  }

  /// Opens the database again, so that rows can be added.
  private func prepareWriting() throws(DatabaseError) {
    foldsRestingLog = false
    guard isAtRest else { return }
    lock?.release()
    isAtRest = false
    database = try ModuleCatalog.database(
      path, writable: isWritable, log: try CatalogLog(ofCatalog: path))
  }

  /// Runs a checkpoint, unless another process reads the file without its log.
  private func fold() throws(DatabaseError) {
    guard let lock, try lock.takeAlone() else { return }
    database.fold()
    lock.release()
  }

  private static let schema = """
    CREATE TABLE module (
      blob BLOB NOT NULL PRIMARY KEY, digest BLOB, size INTEGER NOT NULL, kind INTEGER NOT NULL, problem TEXT,
      description BLOB
    );
    CREATE INDEX module_digest ON module (digest) WHERE digest IS NOT NULL;
    CREATE TABLE segment (id INTEGER PRIMARY KEY, parent INTEGER, parent_position INTEGER);
    CREATE TABLE revision (
      segment INTEGER NOT NULL, position INTEGER NOT NULL, id BLOB NOT NULL, depth INTEGER NOT NULL,
      PRIMARY KEY (segment, position)
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX revision_id ON revision (id);
    CREATE TABLE path (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE);
    CREATE TABLE change (
      path INTEGER NOT NULL, segment INTEGER NOT NULL, position INTEGER NOT NULL, blob BLOB,
      mode INTEGER NOT NULL, PRIMARY KEY (path, segment, position)
    ) WITHOUT ROWID;
    CREATE TABLE raw_copy (
      digest BLOB PRIMARY KEY, inode INTEGER NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE unread (blob BLOB PRIMARY KEY) WITHOUT ROWID;
    CREATE INDEX change_blob ON change (blob, path) WHERE blob IS NOT NULL;
    """

  /// Runs several changes in one transaction, which needs one write instead of many.
  public func transaction<Result>(
    _ body: () throws(DatabaseError) -> Result
  ) throws(DatabaseError) -> Result {
    try prepareWriting()
    let result = try database.transaction(body)
    // The rows are stored now, no matter which process runs the checkpoint.
    if let log = try? CatalogLog(ofCatalog: path), log.size > CatalogLog.largestSize { try? fold() }
    return result
  }

  /// Prepares for a very large number of rows, whose pages would not fit into the usual 2 MB of memory.
  public func expectManyRows() throws(DatabaseError) {
    try prepareWriting()
    try database.execute("PRAGMA cache_size = -8192")
  }

  /// The number of rows in the catalog.
  public func counts() throws(DatabaseError) -> (modules: Int, revisions: Int) {
    let modules = try database.first("SELECT count(*) FROM module") { $0.integer(0) } ?? 0
    let revisions = try database.first("SELECT count(*) FROM revision") { $0.integer(0) } ?? 0
    return (modules, revisions)
  }
}
