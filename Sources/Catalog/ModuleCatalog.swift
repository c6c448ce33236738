public import SystemPackage

/// The derived index of a store: what each blob is, and where each path changed.
///
/// Every row states a fact about git objects that never change, so a row can be missing but not wrong; the
/// whole file may be deleted at any time. The format: Documentation/formats.md, "Catalog".
///
/// Not `Sendable`: one thread at a time uses it.
public final class ModuleCatalog {
  let database: Database
  /// The file that is open.
  public let path: FilePath
  /// False where the folder cannot be written: what is missing is then computed each time.
  public let isWritable: Bool

  /// The version of the schema that this code reads and writes.
  public static let schemaVersion = 2

  /// Opens the catalog `path`, making it where there is none and the folder is `writable`.
  ///
  /// - Throws: `CatalogError` with `.damaged` or `.otherVersion` where a new generation has to be begun, and
  ///   `.unavailable` where the store has to do without.
  public init(at path: FilePath, writable: Bool, hasLog: Bool = false) throws(CatalogError) {
    database = try Database(at: path, access: writable ? .readWrite : hasLog ? .readOnly : .immutable)
    self.path = path
    isWritable = writable
    // A crash can lose the last rows, never mix them; a sync per transaction would buy a cache nothing.
    if writable { try database.execute("PRAGMA synchronous = NORMAL") }
    let version = try database.first("PRAGMA user_version") { $0.integer(0) } ?? 0
    if version == ModuleCatalog.schemaVersion { return }
    guard version == 0, writable else {
      throw CatalogError(code: .otherVersion(version), message: "catalog has schema version \(version)")
    }
    try create()
  }

  private func create() throws(CatalogError) {
    try database.execute("PRAGMA journal_mode = WAL")
    try database.transaction { () throws(CatalogError) in
      let version = try database.first("PRAGMA user_version") { $0.integer(0) } ?? 0
      guard version == 0 else { return }
      try database.execute(ModuleCatalog.schema)
      try database.execute("PRAGMA user_version = \(ModuleCatalog.schemaVersion)")
    }
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
    _ body: () throws(CatalogError) -> Result
  ) throws(CatalogError) -> Result {
    try database.transaction(body)
  }

  /// Prepares for a great many rows, whose pages would not fit the usual 2 MB of memory.
  public func expectManyRows() throws(CatalogError) { try database.execute("PRAGMA cache_size = -8192") }

  /// How much the catalog holds.
  public func counts() throws(CatalogError) -> (modules: Int, revisions: Int) {
    let modules = try database.first("SELECT count(*) FROM module") { $0.integer(0) } ?? 0
    let revisions = try database.first("SELECT count(*) FROM revision") { $0.integer(0) } ?? 0
    return (modules, revisions)
  }
}
