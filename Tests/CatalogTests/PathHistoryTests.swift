import Catalog
import Identifiers
import SQLite
import Support
import SystemPackage
import Testing

/// A catalog in a temporary folder.
private struct TestCatalog {
  let folder: TemporaryFolder
  let catalog: ModuleCatalog

  init() throws {
    folder = try TemporaryFolder()
    catalog = try ModuleCatalog(at: FilePath(folder.path).appending("catalog-1.db"), writable: true)
  }
}

extension TestCatalog {
  /// All rows of the history, as text.
  fileprivate func rows() throws -> String {
    let program = """
      import sqlite3, sys
      catalog = sqlite3.connect(sys.argv[1])
      for table in "segment", "revision", "path", "change", "unread":
          print(table, *catalog.execute(f"SELECT * FROM {table} ORDER BY 1, 2" if table != "unread"
                                        else "SELECT * FROM unread ORDER BY 1"), sep="\\n")
      """
    return try run(["python3", "-c", program, catalog.path.string]).text
  }
}

/// An id whose bytes are all the same.
private func id(_ byte: UInt8) -> ObjectID {
  ObjectID(bytes: [UInt8](repeating: byte, count: 20)) ?? .zero
}

private func entry(_ path: String, _ object: UInt8?) -> PathEntry {
  PathEntry(path: Array(path.utf8), object: object.map { id($0) }, mode: 0o100644, isFile: object != nil)
}

extension ModuleCatalog {
  /// Records one commit.
  fileprivate func record(
    commit id: ObjectID, after parent: HistoryPlace?, changes: [PathEntry]
  ) throws -> HistoryPlace {
    try #require(try record([CommitChanges(id: id, changes: changes)], after: parent))
  }
}

@Suite struct PathHistoryTests {
  @Test func branchesShareTheHistoryBeforeTheirFork() throws {
    let test = try TestCatalog()
    let catalog = test.catalog
    let root = try catalog.record(commit: id(1), after: nil, changes: [entry("a", 11)])
    let second = try catalog.record(commit: id(2), after: root, changes: [entry("a", 12)])
    let main = try catalog.record(commit: id(3), after: second, changes: [entry("b", 13)])
    let fork = try catalog.record(commit: id(4), after: root, changes: [entry("a", 14)])
    let deep = try catalog.record(commit: id(5), after: fork, changes: [entry("a", nil)])
    let path = Array("a".utf8)
    #expect(try catalog.changes(of: path, upTo: main).map(\.commit) == [id(1), id(2)])
    #expect(try catalog.changes(of: path, upTo: deep).map(\.commit) == [id(1), id(4), id(5)])
    #expect(try catalog.changes(of: path, upTo: deep).map(\.object) == [id(11), id(14), nil])
    #expect(try catalog.changes(of: path, upTo: root).map(\.depth) == [0])
    #expect(deep.depth == 2)
    #expect(try catalog.place(ofCommit: id(4)) == fork)
    #expect(try catalog.place(ofCommit: id(9)) == nil)
  }

  @Test func spansEndWhereTheNextChangeBegins() throws {
    let test = try TestCatalog()
    let catalog = test.catalog
    let root = try catalog.record(commit: id(1), after: nil, changes: [entry("a", 11), entry("b", 21)])
    let second = try catalog.record(commit: id(2), after: root, changes: [entry("a", 12)])
    let main = try catalog.record(commit: id(3), after: second, changes: [entry("a", nil), entry("c", 31)])
    let fork = try catalog.record(commit: id(4), after: root, changes: [entry("b", 22)])
    let deep = try catalog.record(commit: id(5), after: fork, changes: [entry("a", 15)])
    func spans(upTo head: HistoryPlace) throws -> [String] {
      var spans: [String] = []
      try catalog.forEachSpan(upTo: head) { span in
        spans.append(
          "\(String(decoding: span.path, as: UTF8.self)) \(span.object[byte: 0]) until \(span.lastDepth)")
      }
      return spans.sorted()
    }
    #expect(try spans(upTo: main) == ["a 11 until 0", "a 12 until 1", "b 21 until 2", "c 31 until 2"])
    #expect(try spans(upTo: deep) == ["a 11 until 1", "a 15 until 2", "b 21 until 0", "b 22 until 2"])
    #expect(try spans(upTo: root) == ["a 11 until 0", "b 21 until 0"])
    #expect(try catalog.commits(atDepths: [0, 2, 9], upTo: main) == [0: id(1), 2: id(3)])
    #expect(try catalog.commits(atDepths: [1, 2], upTo: deep) == [1: id(4), 2: id(5)])
    let paths = ["c", "a", "nowhere", "b"].map { Array($0.utf8) }
    #expect(try catalog.lastCommits(changing: paths, upTo: main) == [id(3), id(3), nil, id(1)])
    #expect(try catalog.lastCommits(changing: paths, upTo: deep) == [nil, id(5), nil, id(4)])
  }

  /// A large log is truncated, because every process that opens the catalog reads it from start to end.
  @Test func aLargeLogIsCut() throws {
    let test = try TestCatalog()
    try test.catalog.transaction { () throws(DatabaseError) in
      for number in 0..<200 {
        try test.catalog.record(
          StoredModule(
            blob: id(UInt8(number)),
            facts: ModuleFacts(
              digest: nil, size: 0, kind: .core, problem: nil,
              description: [UInt8](repeating: UInt8(number), count: 30_000))))
      }
    }
    let sizes = try run(["sh", "-c", "stat -c %s '\(test.catalog.path)' '\(test.catalog.path)-wal'"]).text
      .split(separator: "\n").compactMap { Int($0) }
    #expect(sizes.count == 2 && sizes[0] > 200 * 30_000 && sizes[1] == 0, "\(sizes)")
    #expect(try test.catalog.counts().modules == 200)
  }

  @Test func aCommitIsRecordedOnce() throws {
    let test = try TestCatalog()
    let catalog = test.catalog
    let first = try catalog.record(commit: id(1), after: nil, changes: [entry("a", 11)])
    #expect(try catalog.record(commit: id(1), after: nil, changes: [entry("a", 11)]) == first)
    #expect(try catalog.changes(of: Array("a".utf8), upTo: first).count == 1)
  }

  /// A history in batches of any size, of which another process has recorded any part already.
  @Test(arguments: [[30], [1, 29], [7, 7, 7, 9], [Int](repeating: 1, count: 30)], [0, 1, 8, 30])
  func batchesGiveTheRowsOfOne(batches: [Int], known: Int) throws {
    let commits = (1...30).map { number in
      // Every path is added and removed; the same object is at several paths and is added again.
      let changed = entry("p\(number % 7)", number % 5 == 0 ? nil : UInt8(100 + number % 11))
      return CommitChanges(id: id(UInt8(number)), changes: number % 6 == 0 ? [] : [changed, entry("q", 9)])
    }
    let plain = try TestCatalog()
    var place: HistoryPlace?
    for commit in commits { place = try plain.catalog.record([commit], after: place) }
    let test = try TestCatalog()
    _ = try test.catalog.record(Array(commits.prefix(known)), after: nil)
    var rest = commits[...]
    var last: HistoryPlace?
    for count in batches {
      last = try test.catalog.record(Array(rest.prefix(count)), after: last)
      rest = rest.dropFirst(count)
    }
    #expect(last == place)
    #expect(try test.rows() == plain.rows())
  }

  @Test func filesWaitUntilTheyAreRead() throws {
    let test = try TestCatalog()
    let catalog = test.catalog
    let submodule = PathEntry(path: Array("sub".utf8), object: id(20), mode: 0o160000, isFile: false)
    _ = try catalog.record(commit: id(1), after: nil, changes: [entry("a", 11), entry("b", 12), submodule])
    #expect(try Set(catalog.unreadBlobs()) == [id(11), id(12)])
    let digest = try #require(ModuleDigest(bytes: [UInt8](repeating: 7, count: 32)))
    try catalog.record(
      StoredModule(
        blob: id(11), facts: ModuleFacts(digest: digest, size: 5, kind: .core, problem: nil)))
    #expect(try catalog.unreadBlobs() == [id(12)])
    #expect(try catalog.module(withDigest: digest)?.blob == id(11))
    #expect(try catalog.paths(everHolding: id(11)) == [Array("a".utf8)])
  }

  @Test func whatATransactionThrewAwayIsNotThere() throws {
    let test = try TestCatalog()
    let catalog = test.catalog
    let changes = CommitChanges(id: id(1), changes: [entry("a", 11)])
    #expect(throws: DatabaseError.self) {
      try catalog.transaction { () throws(DatabaseError) in
        _ = try catalog.record([changes], after: nil)
        throw DatabaseError(code: .busy, message: "enough")
      }
    }
    #expect(try catalog.place(ofCommit: id(1)) == nil)
    #expect(try catalog.counts().revisions == 0)
  }

  @Test func anotherSchemaIsNotTouched() throws {
    let test = try TestCatalog()
    try run([
      "python3", "-c", "import sqlite3,sys; sqlite3.connect(sys.argv[1]).execute('PRAGMA user_version = 99')",
      test.catalog.path.string,
    ])
    let error = #expect(throws: DatabaseError.self) {
      try ModuleCatalog(at: test.catalog.path, writable: true)
    }
    #expect(error?.code == .otherVersion(99))
  }
}
