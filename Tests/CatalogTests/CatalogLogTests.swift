import Catalog
import Identifiers
import SQLite
import Support
import SystemPackage
import Testing

/// Tests of formats.md, "Catalog": when the log is read, and when it is folded into the database.
@Suite struct CatalogLogTests {
  let folder: TemporaryFolder
  let path: FilePath

  init() throws {
    folder = try TemporaryFolder()
    path = FilePath(folder.path).appending("catalog-1.db")
    try record(1)
  }

  private func open() throws -> ModuleCatalog { try ModuleCatalog(at: path, writable: true) }

  private func blob(_ byte: UInt8) -> ObjectID {
    ObjectID(bytes: [UInt8](repeating: byte, count: 20)) ?? .zero
  }

  private func record(_ byte: UInt8, size: Int = 10) throws {
    let catalog = try open()
    try catalog.transaction { () throws(DatabaseError) in
      try catalog.record(
        StoredModule(
          blob: blob(byte),
          facts: ModuleFacts(
            digest: nil, size: 5, kind: .core, problem: nil,
            description: [UInt8](repeating: byte, count: size))))
    }
  }

  /// The size of a file; nil if it is missing.
  private func size(_ suffix: String) throws -> Int? {
    let text = try run(["sh", "-c", "stat -c %s '\(path)\(suffix)' || true"]).text
    return text.split(separator: "\n").first.flatMap { Int($0) }
  }

  private func content() throws -> String { try run(["sha256sum", path.string]).text }

  private func letLogRest() throws { _ = try run(["touch", "-d", "-1 minute", path.string + "-wal"]) }

  /// Reads one row, like a short command.
  private func read(_ byte: UInt8) throws -> Int? { try open().facts(ofBlob: blob(byte))?.size }

  @Test func aReaderLeavesAFreshLogAndFoldsOneThatRests() throws {
    #expect(try read(1) == 5)
    #expect(try size("-wal") ?? 0 > 0)
    try letLogRest()
    #expect(try read(1) == 5)
    #expect(try size("-wal") == 0)
    #expect(try read(1) == 5)
    let count =
      "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1], uri=True).execute('SELECT count(*) FROM module'))"
    #expect(try run(["python3", "-c", count, "file:\(path)?immutable=1"]).text == "(1,)")
  }

  @Test func whatLiesInTheFileAloneIsReadWithoutALog() throws {
    try letLogRest()
    #expect(try read(1) == 5)
    _ = try run(["rm", "-f", path.string + "-wal", path.string + "-shm"])
    #expect(try read(1) == 5)
    #expect(try size("-shm") == nil, "nothing was made to read")
  }

  @Test func theFileStaysAsItIsWhileItIsReadAlone() throws {
    try letLogRest()
    #expect(try read(1) == 5)
    let before = try content()
    let reader = try open()
    #expect(try reader.facts(ofBlob: blob(1))?.size == 5)
    try record(2, size: 1_000_000)
    #expect(try content() == before)
    #expect(try size("-wal") ?? 0 > 1_000_000, "the log stays, however large")
    #expect(try reader.facts(ofBlob: blob(2)) == nil, "rows may be missing")
    #expect(try read(2) == 5)
    try withExtendedLifetime(reader) { try letLogRest() }
    #expect(try content() == before)
  }

  @Test func whoReadTheFileAloneCanAddRows() throws {
    try letLogRest()
    #expect(try read(1) == 5)
    let catalog = try open()
    #expect(try catalog.facts(ofBlob: blob(2)) == nil)
    try record(2)
    try catalog.transaction { () throws(DatabaseError) in
      try catalog.record(
        StoredModule(
          blob: blob(3), facts: ModuleFacts(digest: nil, size: 5, kind: .core, problem: nil)))
    }
    #expect(try catalog.counts().modules == 3, "and sees those that others added")
    #expect(try read(3) == 5)
  }

  /// Another process makes ten thousand transactions and folds the log as in formats.md; it prints the maximum size of
  /// the log.
  @Test func aConnectionThatStaysOpenLetsTheLogBeFoldedAndSeesNewRows() throws {
    try letLogRest()
    #expect(try read(1) == 5)
    let reader = try ModuleCatalog(at: path, writable: true, for: .lasting)
    #expect(try reader.facts(ofBlob: blob(1))?.size == 5)
    let insert = """
      import fcntl, os, sqlite3, sys
      path, start = sys.argv[1], int(sys.argv[2])
      lock = open(os.path.dirname(path) + '/catalog.lock')
      c = sqlite3.connect(path, isolation_level=None, timeout=60)
      c.execute('PRAGMA synchronous = NORMAL'); c.execute('PRAGMA wal_autocheckpoint = 0')
      largest = 0
      for i in range(start, start + 1000):
        c.execute('INSERT INTO module VALUES (?, NULL, 5, 1, NULL, ?)', (i.to_bytes(20, 'big'), bytes(400)))
        size = os.path.getsize(path + '-wal')
        largest = max(largest, size)
        if size > 256 << 10:
          fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
          c.execute('PRAGMA wal_checkpoint(TRUNCATE)')
          fcntl.flock(lock, fcntl.LOCK_UN)
      print(largest)
      """
    for start in stride(from: 100_000, to: 110_000, by: 1_000) {
      let largest = try #require(Int(try run(["python3", "-c", insert, path.string, String(start)]).text))
      #expect(largest < 4 << 20)
      let digits = String(start + 999, radix: 16)
      let newest = try #require(ObjectID(hex: String(repeating: "0", count: 40 - digits.count) + digits))
      #expect(try reader.facts(ofBlob: newest)?.size == 5, "the reader sees what was added last")
    }
    #expect(try reader.counts().modules == 10_001)
  }

  @Test func aWriterLeavesALogThatItAddedTo() throws {
    try letLogRest()
    try record(2)
    #expect(try size("-wal") ?? 0 > 0)
    #expect(try size("") == 4096, "only the empty database stands in the file")
  }
}
