import FileSystem
import Dispatch
import Identifiers
import Support
import Synchronization
import SystemPackage
import Testing

@testable import Git

@Suite("Writing packs")
struct PackWriterTests {
  let repository: TemporaryRepository

  init() throws { repository = try TemporaryRepository() }

  private func writer(
    level: Int = 1, exists: @escaping @Sendable (ObjectID) -> Bool = { _ in false }
  ) throws -> PackWriter {
    try PackWriter(
      objects: repository.objects, temporary: repository.temporary, level: level, exists: exists)
  }

  private func expectSound(_ pack: WrittenPack) throws {
    let path = repository.objects.appending("pack/pack-\(pack.name)").string
    #expect(try run(["git", "index-pack", "--verify", path + ".pack"]).errors.isEmpty)
    #expect(try repository.complaints() == [])
    #expect(try run(["stat", "-c", "%a", path + ".pack", path + ".idx"]).text == "444\n444")
    #expect(try run(["stat", "-c", "%s", path + ".pack"]).text == String(pack.byteCount))
    #expect(repository.folder.files(below: "tmp").isEmpty)
  }

  @Test("git accepts objects of every size", arguments: [0, 1, 2, 6, 9, 12])
  func sizes(level: Int) throws {
    let writer = try writer(level: level)
    var encoder = try writer.encoder()
    var expected: [ObjectID: [UInt8]] = [:]
    for size in [0, 1, 15, 16, 2047, 2048, 4095, 4096, 65_537, 1 << 20, 4 << 20, 5_000_000, 3, 70_000] {
      let bytes = sample(count: size, seed: UInt64(size), compressible: size > 1 << 20 ? 0 : 0.6)
      expected[try encoder.append(bytes.span.bytes, kind: .blob)] = bytes
    }
    try encoder.finish()
    let pack = try #require(try writer.finish())
    #expect(pack.objectCount == expected.count)
    try expectSound(pack)
    for (id, bytes) in expected {
      #expect(try repository.git("cat-file", "blob", id.hex).output == bytes)
    }
  }

  @Test("two threads write thousands of objects, trees and a commit into one pack")
  func threads() throws {
    let writer = try writer()
    let next = Atomic<Int>(0)
    let ids = Mutex<[Int: ObjectID]>([:])
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 2) { _ in
      do {
        var encoder = try writer.encoder()
        while true {
          let index = next.add(1, ordering: .relaxed).oldValue
          guard index < 5000 else { break }
          // Every tenth object has the bytes of another, so that both threads write the same object.
          let seed = UInt64(index % 10 == 0 ? index / 100 : index)
          let id = try encoder.append(sample(count: 500 + Int(seed), seed: seed).span.bytes, kind: .blob)
          ids.withLock { $0[index] = id }
        }
        try encoder.finish()
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 } == [])
    let all = ids.withLock { $0 }
    var encoder = try writer.encoder()
    var tree: [UInt8] = []
    for (name, id) in all.map({ (String($0.key), $0.value) }).sorted(by: { $0.0 < $1.0 }) {
      tree += Array("100644 \(name)\0".utf8) + id.bytes
    }
    let root = try encoder.append(tree.span.bytes, kind: .tree)
    let text = "tree \(root)\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\nmessage\n"
    let commit = try encoder.append(Array(text.utf8).span.bytes, kind: .commit)
    try encoder.finish()
    let pack = try #require(try writer.finish())
    #expect(pack.objectCount == Set(all.values).count + 2)
    try repository.git("update-ref", "refs/heads/main", commit.hex)
    try expectSound(pack)
    #expect(try repository.git("ls-tree", "main").text.split(separator: "\n").count == 5000)
  }

  @Test("objects that the repository has and repeated ones are left out")
  func skipping() throws {
    let known = try ObjectID(of: ([1] as [UInt8]).span.bytes, kind: .blob)
    let writer = try writer { $0 == known }
    var encoder = try writer.encoder()
    for byte: UInt8 in [1, 2, 3, 2, 1, 3] {
      let id = try encoder.append(([byte] as [UInt8]).span.bytes, kind: .blob)
      #expect(try repository.git("hash-object", "--stdin", input: [byte]).text == id.hex)
    }
    try encoder.finish()
    #expect(try #require(try writer.finish()).objectCount == 2)
  }

  @Test("a pack without new objects is not written")
  func empty() throws {
    #expect(try writer().finish() == nil)
    let writer = try writer { _ in true }
    var encoder = try writer.encoder()
    _ = try encoder.append(([1] as [UInt8]).span.bytes, kind: .blob)
    try encoder.finish()
    #expect(try writer.finish() == nil)
    #expect(repository.folder.files(below: "objects").isEmpty)
  }

  @Test("the same objects again give the same pack")
  func repeated() throws {
    var names: Set<String> = []
    for _ in 0..<2 {
      let writer = try writer()
      var encoder = try writer.encoder()
      _ = try encoder.append(([1] as [UInt8]).span.bytes, kind: .blob)
      try encoder.finish()
      let pack = try #require(try writer.finish())
      try expectSound(pack)
      names.insert(pack.name)
    }
    #expect(names.count == 1)
    #expect(repository.folder.files(below: "objects/pack").count == 2)
  }

  @Test("a writer that goes away leaves nothing")
  func abandoned() throws {
    do {
      let writer = try writer()
      var encoder = try writer.encoder()
      _ = try encoder.append(sample(count: 3_000_000, seed: 1, compressible: 0).span.bytes, kind: .blob)
      #expect(repository.folder.files(below: "tmp").count == 1)
    }
    #expect(repository.folder.files(below: "tmp").isEmpty)
    #expect(repository.folder.files(below: "objects").isEmpty)
  }

  @Test("an encoder that was not finished makes the pack impossible to finish")
  func unfinished() throws {
    let writer = try writer()
    do {
      var encoder = try writer.encoder()
      _ = try encoder.append(([1] as [UInt8]).span.bytes, kind: .blob)
    }
    #expect(throws: GitError(.failed, "an encoder of the pack is not finished")) { try writer.finish() }
    #expect(repository.folder.files(below: "objects").isEmpty)
  }

  @Test("a second finish is refused")
  func finishedTwice() throws {
    let writer = try writer()
    _ = try writer.finish()
    #expect(throws: GitError(.failed, "the pack is already finished")) { try writer.finish() }
  }

  @Test("offsets beyond 2 GiB are written in eight bytes, as git reads them")
  func largeOffsets() throws {
    var generator = Generator(seed: 64)
    let offsets: [UInt64] = [
      12, 1 << 31 - 1, 1 << 31, 1 << 31 + 1, 1 << 32 - 1, 1 << 32, 1 << 40 + 5, 1 << 62,
    ]
    let records = offsets.map { offset in
      PackRecord(
        id: ObjectID(high: generator.next(), middle: generator.next(), low: 7),
        checksum: UInt32(offset % 997),
        offset: offset)
    }.sorted { $0.id < $1.id }
    var file = try writePackIndex(
      records, packChecksum: [UInt8](repeating: 5, count: 20), in: repository.temporary)
    let path = repository.path.appending("large.idx")
    try file.publish(at: path)
    let bytes = try run(["cat", path.string]).output
    let lines = try run(["git", "show-index"], input: bytes).text.split(separator: "\n").sorted()
    let expected = records.map { record in
      let checksum = String(record.checksum, radix: 16)
      return "\(record.offset) \(record.id) (\(String(repeating: "0", count: 8 - checksum.count))\(checksum))"
    }
    #expect(lines.map(String.init) == expected.sorted())
  }

  @Test("an object's kind and size take as many bytes as git's")
  func entryHeaders() {
    #expect(packEntryHeader(kind: .blob, size: 0) == [0x30])
    #expect(packEntryHeader(kind: .commit, size: 15) == [0x1f])
    #expect(packEntryHeader(kind: .tree, size: 16) == [0xa0, 0x01])
    #expect(packEntryHeader(kind: .tag, size: 2047) == [0xcf, 0x7f])
    #expect(packEntryHeader(kind: .blob, size: 2048) == [0xb0, 0x80, 0x01])
  }
}
