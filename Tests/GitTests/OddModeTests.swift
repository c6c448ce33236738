import Identifiers
import Support
import Testing

@testable import Git

@Suite("Modes of old trees")
struct OddModeTests {
  let folder: TemporaryRepository
  let blob: ObjectID

  init() throws {
    folder = try TemporaryRepository()
    let text = try folder.git("hash-object", "-w", "--stdin", input: [0x61]).text
    blob = try #require(ObjectID(hex: text))
  }

  /// The bytes of a tree in which all entries name the blob.
  private func bytes(_ entries: [(mode: String, name: String)]) -> [UInt8] {
    var bytes: [UInt8] = []
    for entry in entries { bytes += Array("\(entry.mode) \(entry.name)".utf8) + [0] + blob.bytes }
    return bytes
  }

  private func tree(_ entries: [(mode: String, name: String)]) throws -> ObjectID {
    let bytes = bytes(entries)
    let text = try folder.git("hash-object", "-t", "tree", "-w", "--stdin", "--literally", input: bytes).text
    return try #require(ObjectID(hex: text))
  }

  @Test(
    "a mode is read as git reads it",
    arguments: [
      ("100664", EntryMode.file), ("100600", .file), ("100775", .executable), ("0120777", .symlink),
    ])
  func reading(mode: String, expected: EntryMode) throws {
    let tree = try Repository(openingAt: folder.path).tree(try tree([(mode, "a")]))
    #expect(try tree.entries().map(\.mode) == [expected])
  }

  @Test("modes that are one for git are no difference")
  func differences() throws {
    let repository = try Repository(openingAt: folder.path)
    let (old, new) = try Tree.differing(
      repository.tree(tree([("100644", "a"), ("100644", "b"), ("100644", "c")])),
      repository.tree(tree([("100644", "a"), ("100664", "b"), ("100755", "c")])))
    #expect(old.map(\.name) == [Array("c".utf8)])
    #expect(new.map(\.name) == [Array("c".utf8)])
  }

  @Test("a change beside such an entry leaves it as it is")
  func editing() throws {
    let repository = try Repository(openingAt: folder.path)
    var editor = try TreeEditor(repository, base: tree([("100664", "a"), ("100644", "c")]))
    try editor.set([Array("b".utf8)], mode: .file, id: blob)
    _ = try editor.remove([Array("c".utf8)])
    var written: [UInt8] = []
    _ = try editor.write { bytes in
      written = bytes
      return .zero
    }
    #expect(written == bytes([("100664", "a"), ("100644", "b")]))
  }
}
