internal import CSQLite
internal import Glibc
public import SystemPackage

/// An error of SQLite.
public struct DatabaseError: Error, Hashable, Sendable {
  /// The kinds of failure that a caller can act on.
  public enum Code: Hashable, Sendable {
    /// The file is not a database, or its pages are damaged.
    case damaged
    /// Another process has locked the database.
    case busy
    /// The folder or file cannot be opened or written.
    case unavailable
    /// The file has another schema version.
    case otherVersion(Int)
    case failed(Int32)
  }

  /// The kind of the error.
  public let code: Code
  /// SQLite's message.
  public let message: String

  /// Makes an error from its parts.
  public init(code: Code, message: String) {
    self.code = code
    self.message = message
  }
}

/// One SQLite connection and its prepared statements.
///
/// Not `Sendable`: only one thread at a time may use it.
public final class Database {
  private let connection: OpaquePointer
  private var statements: [String: Statement] = [:]

  /// How long a statement waits for another connection, in milliseconds.
  private static let busyTimeout: Int32 = 2000

  /// Done once in a process, before the first database is opened.
  private static let configuration: Void = shim_save_memory()

  /// How a database is opened.
  public enum Access: Sendable {
    case readWrite
    /// For a folder that is not writable, while the write-ahead log has rows.
    case readOnly
    /// While the write-ahead log has no rows and no process can run a checkpoint: nothing is locked, and no `-shm`
    /// file is created.
    case immutable
  }

  /// Opens the database, and creates it unless `access` forbids that.
  ///
  /// Only `fold` runs a checkpoint.
  public init(at path: FilePath, access: Access) throws(DatabaseError) {
    let flags: Int32
    let name: String
    switch access {
    case .readWrite:
      flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
      name = path.string
      // SQLite would let only the owner write, no matter what the umask is; its `-wal` and `-shm` get the mode of
      // this file. Opening and closing the file here would drop the locks that SQLite has on it elsewhere in the
      // process.
      mknod(name, S_IFREG | 0o666, 0)
    case .readOnly:
      flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
      name = path.string
    case .immutable:
      flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
      name = "file:" + Database.escaped(path.string) + "?immutable=1"
    }
    connection = try Database.open(name, flags)
    guard access == .readWrite else { return }
    sqlite3_busy_timeout(connection, Database.busyTimeout)
    // The user of the database decides when to run a checkpoint: for a process that asks one question, it would take
    // more time than everything else.
    shim_keep_log_on_close(connection)
    sqlite3_wal_autocheckpoint(connection, 0)
  }

  /// Opens an empty database in memory, which is deleted with the connection.
  public init() throws(DatabaseError) {
    connection = try Database.open(
      ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX)
  }

  private static func open(_ name: String, _ flags: Int32) throws(DatabaseError) -> OpaquePointer {
    _ = configuration
    var connection: OpaquePointer?
    let status = sqlite3_open_v2(name, &connection, flags, nil)
    guard status == SQLITE_OK, let connection else {
      let error = error(status, connection)
      sqlite3_close_v2(connection)
      throw error
    }
    return connection
  }

  /// Runs a checkpoint: writes the rows of the write-ahead log to the database, and truncates the log.
  ///
  /// It does not wait for other processes; what cannot be written now is left for the next time.
  public func fold() {
    sqlite3_busy_timeout(connection, 0)
    sqlite3_wal_checkpoint_v2(connection, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
    sqlite3_busy_timeout(connection, Database.busyTimeout)
  }

  deinit {
    for statement in statements.values { statement.finalize() }
    sqlite3_close_v2(connection)
  }

  /// Runs statements that return no rows.
  public func execute(_ text: String) throws(DatabaseError) {
    try check(sqlite3_exec(connection, text, nil, nil, nil))
  }

  /// A statement, prepared once per connection.
  public func prepared(_ text: String) throws(DatabaseError) -> Statement {
    if let statement = statements[text] { return statement }
    var raw: OpaquePointer?
    try check(sqlite3_prepare_v3(connection, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &raw, nil))
    guard let raw else { throw DatabaseError(code: .failed(SQLITE_ERROR), message: "empty statement") }
    let statement = Statement(raw)
    statements[text] = statement
    return statement
  }

  /// Runs a statement to its end and passes each row to `row`.
  public func run(
    _ text: String, _ values: [SQLValue] = [], row: (Statement) throws(DatabaseError) -> Void = { _ in }
  ) throws(DatabaseError) {
    let statement = try prepared(text)
    defer { statement.reset() }
    try bind(values, to: statement)
    while try step(statement) { try row(statement) }
  }

  /// The first row of a result, read by `row`; nil if there is none.
  public func first<Result>(
    _ text: String, _ values: [SQLValue] = [], row: (Statement) throws(DatabaseError) -> Result
  ) throws(DatabaseError) -> Result? {
    try first(prepared(text), values, row: row)
  }

  /// The first row of the result of a statement that is run repeatedly.
  public func first<Result>(
    _ statement: Statement, _ values: [SQLValue], row: (Statement) throws(DatabaseError) -> Result
  ) throws(DatabaseError) -> Result? {
    defer { statement.reset() }
    try bind(values, to: statement)
    return try step(statement) ? try row(statement) : nil
  }

  private func bind(_ values: [SQLValue], to statement: Statement) throws(DatabaseError) {
    var index: Int32 = 1
    for value in values {
      try check(statement.bind(value, at: index))
      index += 1
    }
  }

  /// Goes to the next row; false after the last.
  public func step(_ statement: Statement) throws(DatabaseError) -> Bool {
    switch statement.step() {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let status: throw Database.error(status, connection)
    }
  }

  /// Runs `body` in one write transaction, which is rolled back if it throws.
  public func transaction<Result>(
    _ body: () throws(DatabaseError) -> Result
  ) throws(DatabaseError) -> Result {
    try execute("BEGIN IMMEDIATE")
    do {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      sqlite3_exec(connection, "ROLLBACK", nil, nil, nil)
      throw error
    }
  }

  /// Runs `body` on one snapshot of the database, no matter what other processes write meanwhile.
  public func readTransaction<Result>(
    _ body: () throws(DatabaseError) -> Result
  ) throws(DatabaseError) -> Result {
    try execute("BEGIN")
    defer { sqlite3_exec(connection, "COMMIT", nil, nil, nil) }
    return try body()
  }

  /// The row number of the last inserted row.
  public var lastRow: Int64 { sqlite3_last_insert_rowid(connection) }

  /// The number of rows changed by the last insertion, update or deletion.
  public var changedRows: Int32 { sqlite3_changes(connection) }

  private func check(_ status: Int32) throws(DatabaseError) {
    guard status == SQLITE_OK else { throw Database.error(status, connection) }
  }

  private static func error(_ status: Int32, _ connection: OpaquePointer?) -> DatabaseError {
    let message = connection.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? "out of memory"
    let code: DatabaseError.Code =
      switch status & 0xff {
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT: .damaged
      case SQLITE_BUSY, SQLITE_LOCKED: .busy
      case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH, SQLITE_FULL, SQLITE_IOERR: .unavailable
      default: .failed(status)
      }
    return DatabaseError(code: code, message: message)
  }

  /// Escapes the special characters of SQLite's file URIs.
  private static func escaped(_ path: String) -> String {
    var text = ""
    for character in path {
      switch character {
      case "%": text += "%25"
      case "?": text += "%3f"
      case "#": text += "%23"
      default: text.append(character)
      }
    }
    return text
  }
}
