public import SQLite
public import SystemPackage

/// The derived index of a store: what each blob is, and where each path changed.
///
/// Every row states a fact about git objects that never change, so a row can be missing but not wrong; the
/// whole file may be deleted at any time. The format: Documentation/formats.md, "Catalog".
///
/// Not `Sendable`: one thread at a time uses it.
public final class ModuleCatalog {
  private(set) var database: Database
  private let use: Use
  /// The file that is open.
  public let path: FilePath
  /// False where the folder cannot be written: what is missing is then computed each time.
  public let isWritable: Bool
  /// True while the file is read without its log, which was empty. Rows that others add meanwhile are not seen.
  private var isAtRest: Bool
  private let lock: CatalogLock?
  /// Whether the log that was found is folded in the end, unless this process adds to it.
  private var foldsRestingLog = false

  /// How long a catalog stays open.
  public enum Use: Sendable {
    /// For a few questions of a process that ends soon: what is at rest is read in the cheapest way, and rows that
    /// others add meanwhile may be missed.
    case brief
    /// For as long as a process runs: rows that others add are seen, and between two transactions nobody is kept from
    /// folding the log.
    case lasting
  }

  /// The version of the schema that this code reads and writes.
  public static let schemaVersion = 4

  /// Opens the catalog `path`, making it where there is none and the folder is `writable`.
  ///
  /// - Throws: `DatabaseError` with `.damaged` or `.otherVersion` where a new generation has to be begun, and
  ///   `.unavailable` where the store has to do without.
  public init(at path: FilePath, writable: Bool, for use: Use = .brief) throws(DatabaseError) {
    self.path = path
    self.use = use
    isWritable = writable
    lock = CatalogLock(in: path.removingLastComponent())
    // Where the folder cannot be written, others may be able to.
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

  /// Folds the log that was found if nobody had written to it for a second, nor does this process.
  public func foldRestingLog() {
    guard foldsRestingLog else { return }
    foldsRestingLog = false
    // The log can be folded by whoever comes next.
    try? fold()
  }

  /// Opens the file alone, where its log is empty and stays out of the file: that takes a fifth of the system calls, and
  /// half the time.
  private static func databaseAtRest(
    _ path: FilePath, lock: CatalogLock?
  ) throws(DatabaseError) -> Database? {
    guard let lock, try lock.share(), try CatalogLog(ofCatalog: path).size == 0 else { return nil }
    do throws(DatabaseError) {
      let database = try Database(at: path, access: .immutable)
      return try version(of: database) == schemaVersion ? database : nil
    } catch {
      // It is opened with its log next, and whatever is wrong shows again.
      return nil
    }
  }

  private static func database(
    _ path: FilePath, writable: Bool, log: CatalogLog
  ) throws(DatabaseError) -> Database {
    let access: Database.Access = writable ? .readWrite : log.size > 0 ? .readOnly : .immutable
    let database = try Database(at: path, access: access)
    // A crash can lose the last rows, never mix them; a sync per transaction would buy a cache nothing.
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

  /// Opens the database anew so that rows can be added.
  private func prepareWriting() throws(DatabaseError) {
    foldsRestingLog = false
    guard isAtRest else { return }
    lock?.release()
    isAtRest = false
    database = try ModuleCatalog.database(
      path, writable: isWritable, log: try CatalogLog(ofCatalog: path))
  }

  /// Folds the log into the database, unless somebody reads the file without it.
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

  /// Runs several changes as one transaction, which costs one write instead of many.
  public func transaction<Result>(
    _ body: () throws(DatabaseError) -> Result
  ) throws(DatabaseError) -> Result {
    try prepareWriting()
    let result = try database.transaction(body)
    // The rows are kept by now, whether the log is folded here or by whoever comes next.
    if let log = try? CatalogLog(ofCatalog: path), log.size > CatalogLog.largestSize { try? fold() }
    return result
  }

  /// Prepares for a great many rows, whose pages would not fit the usual 2 MB of memory.
  public func expectManyRows() throws(DatabaseError) {
    try prepareWriting()
    try database.execute("PRAGMA cache_size = -8192")
  }

  /// How much the catalog holds.
  public func counts() throws(DatabaseError) -> (modules: Int, revisions: Int) {
    let modules = try database.first("SELECT count(*) FROM module") { $0.integer(0) } ?? 0
    let revisions = try database.first("SELECT count(*) FROM revision") { $0.integer(0) } ?? 0
    return (modules, revisions)
  }
}
