import Identifiers
import ModuleStore
import Support
import SystemPackage
import Testing

@testable import KVSync

@Suite("Storing")
struct StoringTests {
  @Test("batches double, and are smaller after one that went badly")
  func batchSize() {
    var size = BatchSize(.workersKV)
    var seen: [[Int]] = []
    for step in 0..<6 {
      seen.append([size.pairs, size.bytes])
      size.grow()
      if step == 3 { size.shrink() }
    }
    #expect(
      seen == [
        [2_000, 24_000_000], [4_000, 48_000_000], [8_000, 95_000_000], [10_000, 95_000_000],
        [2_500, 23_750_000], [5_000, 47_500_000],
      ])
    for _ in 0..<20 { size.shrink() }
    #expect(size.pairs == 125 && size.bytes == 1_500_000)
  }

  /// Keys of contents.
  private static func keys(_ texts: String...) -> [ValueKey] {
    texts.map { ValueKey(.content, ModuleDigest(of: Array($0.utf8))) }
  }

  @Test("a journal knows what was stored, in the same place and for an hour")
  func journal() throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder.path).appending("kv").appending("a.journal")
    func open(readOnly: Bool = false) -> PublishJournal {
      PublishJournal(at: path, of: "target", isReadOnly: readOnly)
    }
    do {
      let journal = open()
      #expect(journal.begin(in: "n", epoch: 1, now: 1_000) == [])
      journal.append(StoringTests.keys("a", "b"), at: 1_000)
      journal.append(StoringTests.keys("c"), at: 2_000)
      // Another process continues without the file.
      let other = open()
      #expect(other.begin(in: "n", epoch: 1, now: 1_000) == [])
      other.append(StoringTests.keys("x"), at: 1_000)
    }
    #expect(
      open(readOnly: true).begin(in: "n", epoch: 1, now: 2_000) == Set(StoringTests.keys("a", "b", "c")))
    #expect(open(readOnly: true).begin(in: "n", epoch: 1, now: 4_700) == Set(StoringTests.keys("c")))
    #expect(open(readOnly: true).begin(in: "other", epoch: 1, now: 2_000) == [])
    #expect(open().begin(in: "n", epoch: 1, now: 2_000) == Set(StoringTests.keys("a", "b", "c")))
    // After a prune no key counts as stored.
    #expect(open().begin(in: "n", epoch: 2, now: 2_000) == [])
    #expect(open().begin(in: "n", epoch: 1, now: 2_000) == [])
    do {
      let journal = open()
      _ = journal.begin(in: "n", epoch: 1, now: 2_000)
      journal.append(StoringTests.keys("a"), at: 2_000)
      journal.clear()
    }
    #expect(open().begin(in: "n", epoch: 1, now: 2_000) == [])
  }

  @Test("a line that was not written whole is cut off")
  func tornJournal() throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder.path).appending("a.journal")
    func open() -> PublishJournal { PublishJournal(at: path, of: "target", isReadOnly: false) }
    do {
      let journal = open()
      _ = journal.begin(in: "n", epoch: 0, now: 10)
      journal.append(StoringTests.keys("a"), at: 10)
      journal.append(StoringTests.keys("b"), at: 10)
    }
    let file = try FileDescriptor.open(path, .readWrite)
    try file.closeAfter { try file.resize(to: try file.seek(offset: 0, from: .end) - 3) }
    do {
      let journal = open()
      #expect(journal.begin(in: "n", epoch: 0, now: 10) == Set(StoringTests.keys("a")))
      journal.append(StoringTests.keys("c"), at: 10)
    }
    #expect(open().begin(in: "n", epoch: 0, now: 10) == Set(StoringTests.keys("a", "c")))
  }
}
