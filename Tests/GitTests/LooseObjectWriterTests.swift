import Crypto
import FileSystem
import Glibc
import Identifiers
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Writing loose objects")
struct LooseObjectWriterTests {
  let repository: TemporaryRepository
  let writer: LooseObjectWriter

  init() throws {
    repository = try TemporaryRepository()
    writer = LooseObjectWriter(objects: repository.objects, temporary: repository.temporary)
  }

  /// Sizes at the end of a page, a window, a buffer or a limit.
  static let sizes = [
    0, 1, 2, 4095, 4096, 4097, 65_535, 65_536, 65_537, 200_000, 1 << 20, 4 << 20, 4 << 20 + 1, 5_000_000,
  ]

  @Test("git reads back what was written whole", arguments: sizes)
  func whole(size: Int) throws {
    let bytes = sample(count: size, seed: UInt64(size), compressible: size < 1 << 20 ? 0.5 : 0)
    let id = try writer.write(bytes.span.bytes, kind: .blob)
    try expectStored(bytes, id)
  }

  @Test("git reads back what came in pieces, of known and of unknown length", arguments: sizes)
  func pieces(size: Int) throws {
    let bytes = sample(count: size, seed: UInt64(size) + 1, compressible: 0.3)
    var generator = Generator(seed: UInt64(size))
    for announced in [size, nil] {
      var stream = try writer.begin(kind: .blob, size: announced)
      var position = 0
      while position < size {
        let count = min(Int.random(in: 0...100_000, using: &generator), size - position)
        try stream.append(bytes.span.bytes.extracting(position..<position + count))
        position += count
      }
      let id = try stream.finish()
      try expectStored(bytes, id)
      try run(["rm", "-r", repository.objects.appending(String(id.hex.prefix(2))).string])
    }
  }

  @Test("ids are git's for every kind")
  func kinds() throws {
    let blob = try writer.write(([1, 2, 3] as [UInt8]).span.bytes, kind: .blob)
    let entry = Array("100644 a\0".utf8) + blob.bytes
    let tree = try writer.write(entry.span.bytes, kind: .tree)
    let text = "tree \(tree)\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\nmessage\n"
    let commit = try writer.write(Array(text.utf8).span.bytes, kind: .commit)
    let tagText = "object \(commit)\ntype commit\ntag v1\ntagger A <a@b> 1 +0000\n\nmessage\n"
    let tag = try writer.write(Array(tagText.utf8).span.bytes, kind: .tag)
    for (id, kind) in [(blob, "blob"), (tree, "tree"), (commit, "commit"), (tag, "tag")] {
      #expect(try repository.git("cat-file", "-t", id.hex).text == kind)
    }
    try repository.git("update-ref", "refs/tags/v1", tag.hex)
    #expect(try repository.complaints() == [])
  }

  @Test("an object that is there already is not written again, but its time is refreshed")
  func freshening() throws {
    let id = try writer.write(([7] as [UInt8]).span.bytes, kind: .blob)
    let path = repository.objects.looseObject(id)
    try run(["touch", "-d", "2001-01-01", path.string])
    let before = try run(["stat", "-c", "%i %Y", path.string]).text
    _ = try writer.write(([7] as [UInt8]).span.bytes, kind: .blob)
    var stream = try writer.begin(kind: .blob, size: 1)
    try stream.append(([7] as [UInt8]).span.bytes)
    #expect(try stream.finish() == id)
    let after = try run(["stat", "-c", "%i %Y", path.string]).text
    #expect(before.split(separator: " ")[0] == after.split(separator: " ")[0])
    #expect(before != after)
  }

  @Test("an object that the repository holds elsewhere is left out")
  func existing() throws {
    let writer = LooseObjectWriter(objects: repository.objects, temporary: repository.temporary) { _ in true }
    let id = try writer.write(([9] as [UInt8]).span.bytes, kind: .blob)
    var stream = try writer.begin(kind: .blob, size: nil)
    try stream.append(([9] as [UInt8]).span.bytes)
    #expect(try stream.finish() == id)
    #expect(try !fileExists(repository.objects.looseObject(id)))
    #expect(repository.folder.files(below: "tmp").isEmpty)
  }

  @Test("a stream that goes away leaves nothing", arguments: [nil, 10] as [Int?])
  func abandoned(size: Int?) throws {
    do {
      var stream = try writer.begin(kind: .blob, size: size)
      try stream.append(([1, 2, 3] as [UInt8]).span.bytes)
      #expect(repository.folder.files(below: "tmp").count == 1)
      #expect(repository.folder.files(below: "tmp").allSatisfy { $0.hasPrefix("object-") })
    }
    #expect(repository.folder.files(below: "tmp").isEmpty)
    #expect(repository.folder.files(below: "objects").isEmpty)
  }

  @Test("a stream of the wrong length is refused and leaves nothing")
  func wrongLength() throws {
    #expect(throws: GitError.self) {
      var stream = try writer.begin(kind: .blob, size: 2)
      try stream.append(([1] as [UInt8]).span.bytes)
      _ = try stream.finish()
    }
    #expect(throws: GitError.self) {
      var stream = try writer.begin(kind: .blob, size: 2)
      try stream.append(([1, 2, 3] as [UInt8]).span.bytes)
      _ = try stream.finish()
    }
    #expect(throws: GitError.self) { _ = try writer.begin(kind: .blob, size: -1) }
    #expect(repository.folder.files(below: "tmp").isEmpty)
    #expect(repository.folder.files(below: "objects").isEmpty)
  }

  @Test("a folder that cannot be written is named")
  func unwritable() throws {
    let writer = LooseObjectWriter(objects: repository.objects, temporary: repository.path.appending("HEAD"))
    #expect {
      _ = try writer.write(([1] as [UInt8]).span.bytes, kind: .blob)
    } throws: { error in
      let error = error as? GitError
      return error?.code == .system(ENOTDIR) && error?.message.contains("HEAD/object-") == true
    }
  }

  private func expectStored(_ bytes: [UInt8], _ id: ObjectID) throws {
    #expect(try repository.git("hash-object", "--stdin", input: bytes).text == id.hex)
    #expect(try repository.git("cat-file", "blob", id.hex).output == bytes)
    #expect(try repository.complaints() == [])
    #expect(try run(["stat", "-c", "%a", repository.objects.looseObject(id).string]).text == "444")
    #expect(repository.folder.files(below: "tmp").isEmpty)
  }
}
