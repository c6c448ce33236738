import FileSystem
import Glibc
import Identifiers
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Writing loose objects together")
struct LooseObjectBatchTests {
  let repository: TemporaryRepository
  let batch: LooseObjectBatch

  init() throws {
    repository = try TemporaryRepository()
    batch = LooseObjectBatch(
      LooseObjectWriter(objects: repository.objects, temporary: repository.temporary))
  }

  func append(_ count: Int, seed: UInt8) throws -> [ObjectID] {
    try (0..<count).map { try batch.append([seed, UInt8($0)].span.bytes, kind: .blob) }
  }

  @Test("none can be read before the end, all after it", arguments: [0, 1, 3, 4, 5, 40])
  func together(count: Int) throws {
    let ids = try append(count, seed: 1)
    #expect(repository.folder.files(below: "objects").isEmpty)
    #expect(repository.folder.files(below: "tmp").count == count)
    var turns = 0
    try batch.finish {
      turns += 1
      #expect(repository.folder.files(below: "objects").isEmpty)
    }
    #expect(turns == 1)
    #expect(repository.folder.files(below: "tmp").isEmpty)
    for (index, id) in ids.enumerated() {
      #expect(try repository.git("cat-file", "blob", id.hex).output == [1, UInt8(index)])
    }
    #expect(try repository.complaints() == [])
  }

  @Test("an object is written once, and a batch takes more after its end")
  func again() throws {
    let ids = try append(3, seed: 2)
    #expect(try append(3, seed: 2) == ids)
    try batch.finish()
    #expect(try append(3, seed: 2) == ids)
    #expect(repository.folder.files(below: "tmp").isEmpty)
    let more = try append(3, seed: 3)
    try batch.finish()
    #expect(repository.folder.files(below: "objects").count == (ids + more).count)
  }

  @Test("where one file cannot be made durable, no object gets its name")
  func failure() throws {
    _ = try append(5, seed: 4)
    // Writes to /dev/null cannot be synchronised.
    let other = try FileDescriptor.open("/dev/null", .readWrite)
    defer { try? other.close() }
    let error = #expect(throws: GitError.self) {
      try batch.finish(with: [WrittenFile(other, at: "/dev/null")])
    }
    #expect(error?.code == .system(EINVAL))
    #expect(error?.message.hasPrefix("cannot synchronize /dev/null") == true)
    #expect(repository.folder.files(below: "objects").isEmpty)
    #expect(repository.folder.files(below: "tmp").isEmpty)
  }
}
