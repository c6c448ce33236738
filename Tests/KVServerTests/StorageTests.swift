import SQLite
import Support
import SystemPackage
import Testing

@testable import KVServer

@Suite struct StorageTests {
  private let storage: KVStorage
  private let namespace: KVNamespace
  private static let now = 1_700_000_000

  init() throws {
    storage = try KVStorage(at: nil)
    namespace = try #require(try storage.createNamespace(title: "site"))
  }

  private func put(_ key: String, _ value: [UInt8], expiration: Int? = nil) throws {
    let entry = KVNewEntry(
      key: Array(key.utf8), value: KVContent(value), metadata: nil, expiration: expiration)
    #expect(try storage.put([entry], in: namespace, now: Self.now))
  }

  private func get(_ key: String, now: Int = Self.now) throws -> [UInt8]? {
    try storage.value(Array(key.utf8), in: namespace, now: now)?.bytes
  }

  private func keys(prefix: String = "", after: String? = nil, limit: Int = 1000) throws -> [String] {
    try storage.entries(
      in: namespace, prefix: Array(prefix.utf8), after: after.map { Array($0.utf8) }, limit: limit,
      now: Self.now
    ).map { String(decoding: $0.key, as: UTF8.self) }
  }

  private func rows(_ table: String) throws -> Int {
    try storage.database.first("SELECT count(*) FROM \(table)") { $0.integer(0) } ?? 0
  }

  @Test func `titles are unique`() throws {
    #expect(try storage.createNamespace(title: "site") == nil)
    let other = try #require(try storage.createNamespace(title: "other"))
    #expect(other.id.utf8.count == 32)
    #expect(try storage.renameNamespace(id: other.id, to: "site") == .titleTaken)
    guard case .renamed(let renamed) = try storage.renameNamespace(id: other.id, to: "third") else {
      throw Unexpected(description: "not renamed")
    }
    #expect(renamed.id == other.id)
    #expect(try storage.renameNamespace(id: other.id, to: "third") == .renamed(renamed))
    #expect(try storage.renameNamespace(id: "missing", to: "fourth") == .missing)
    let titles = try storage.namespaces(by: .title, isDescending: true, offset: 0, limit: 10).map(\.title)
    #expect(titles == ["third", "site"])
  }

  @Test(arguments: [0, 1, KVContent.pieceLength, KVContent.pieceLength + 1, 25 << 20])
  func `values of all lengths come back`(_ length: Int) throws {
    let value = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    try put("a", value)
    #expect(try get("a") == value)
    #expect(try storage.entry([0x61], in: namespace, now: Self.now)?.size == length)
  }

  @Test func `a value that is replaced or removed leaves nothing behind`() throws {
    try put("a", [1])
    try put("a", Array(repeating: 2, count: KVContent.pieceLength + 1))
    #expect(try rows("pieces") == 2)
    try storage.remove([Array("a".utf8), Array("missing".utf8)], in: namespace)
    #expect(try get("a") == nil)
    #expect(try rows("pieces") == 0)
    #expect(try rows("contents") == 0)
    try put("b", [1])
    #expect(try storage.removeNamespace(id: namespace.id))
    #expect(try rows("pieces") == 0)
    #expect(try !storage.put([], in: namespace, now: Self.now))
  }

  @Test func `keys are listed in the order of their bytes`() throws {
    let keys = ["a", "a/", "a\u{10ffff}", "b", "ä", "\u{e000}", "\u{10000}"]
    for key in keys.reversed() { try put(key, []) }
    #expect(try self.keys() == keys)
    #expect(try self.keys(prefix: "a") == ["a", "a/", "a\u{10ffff}"])
    #expect(try self.keys(prefix: "a", after: "a", limit: 1) == ["a/"])
    #expect(try self.keys(prefix: "\u{10ffff}").isEmpty)
  }

  @Test func `what has expired is gone, and removed when others are written`() throws {
    try put("a", [1], expiration: Self.now + 60)
    #expect(try get("a", now: Self.now + 59) == [1])
    #expect(try get("a", now: Self.now + 60) == nil)
    let entry = KVNewEntry(key: [0x62], value: KVContent([2]), metadata: nil, expiration: nil)
    #expect(try storage.put([entry], in: namespace, now: Self.now + 60))
    #expect(try rows("entries") == 1)
    #expect(try rows("pieces") == 1)
  }

  @Test func `of two values with one key the later one counts`() throws {
    let staged = try storage.stage([[[1]], [[2]]])
    let entries = staged.map {
      KVNewEntry(key: [0x61], value: .staged($0), metadata: nil, expiration: nil)
    }
    #expect(try get("a") == nil)
    #expect(try storage.put(entries, in: namespace, now: Self.now))
    #expect(try get("a") == [2])
    #expect(try rows("pieces") == 1)
  }

  @Test func `what was staged and never named goes`() throws {
    try put("a", [1])
    let staged = try storage.stage([[[1], [2]], [[3]]])
    try storage.discard([staged[0]])
    #expect(try rows("pieces") == 2)
    try storage.discardStaged()
    #expect(try rows("pieces") == 1)
    #expect(try get("a") == [1])
  }

  @Test func `a file keeps all, and one with other tables is refused`() throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder.path + "/kv.db")
    let made: KVNamespace?
    do {
      let first = try KVStorage(at: path)
      made = try first.createNamespace(title: "kept")
      // A second connection sees it at once.
      #expect(try KVStorage(at: path).namespace(title: "kept") == made)
    }
    let again = try KVStorage(at: path)
    #expect(try again.namespace(title: "kept") == made)
    try again.database.execute("PRAGMA user_version = 7")
    let error = #expect(throws: DatabaseError.self) { try KVStorage(at: path) }
    #expect(error?.code == .otherVersion(7))
  }
}
