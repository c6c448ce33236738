import Compression
import Glibc
import Identifiers
import Support
import SystemPackage
import Testing

@testable import Git

/// Whatever a file contains, the result is the correct bytes or an error, never other bytes and never a crash.
@Suite("Reading damaged objects")
struct DamagedObjectTests {
  let repository: TemporaryRepository

  init() throws { repository = try TemporaryRepository() }

  /// The result of reading an object in both ways, as a whole and in pieces.
  enum Outcome: Hashable {
    case right, wrong, damaged, left
  }

  private func outcome(_ id: ObjectID, _ bytes: [UInt8]) throws -> Outcome {
    let reader = ObjectReader(objects: repository.objects)
    var outcomes: Set<Outcome> = []
    for isWhole in [true, false] {
      do throws(GitError) {
        guard case .stream(var stream) = try reader.open(id) else {
          outcomes.insert(.left)
          continue
        }
        var read: [UInt8] = []
        if isWhole {
          read = try stream.readAll()
        } else {
          try stream.forEachChunk { chunk in chunk.withUnsafeBytes { read += $0 } }
        }
        outcomes.insert(read == bytes ? .right : .wrong)
      } catch {
        #expect(error.code == .damaged, "\(error)")
        outcomes.insert(.damaged)
      }
    }
    #expect(outcomes.count == 1, "whole and in pieces differ: \(outcomes)")
    return outcomes.contains(.wrong) ? .wrong : outcomes.first ?? .wrong
  }

  /// The result of reading an object through libgit2: its header and its bytes.
  private func outcomeOfLibgit2(
    _ id: ObjectID, _ kind: ObjectKind, _ bytes: [UInt8], at path: FilePath
  ) throws -> Outcome {
    let repository = try Repository(openingAt: path)
    do throws(GitError) {
      // A header alone cannot be verified; reading it only has to end.
      _ = try repository.header(of: id)
      return try repository.object(id, kind: kind) == bytes ? .right : .wrong
    } catch {
      #expect(error.code == .damaged, "\(error)")
      return .damaged
    }
  }

  private func outcomes(
    of file: FilePath, objects: [(ObjectID, [UInt8])], step: Int = 1
  ) throws -> [Outcome: Int] {
    try outcomes(of: file, objects: objects, step: step, reading: outcome)
  }

  /// Counts the outcomes for every one-bit change and every shorter length of a file.
  private func outcomes(
    of file: FilePath, objects: [(ObjectID, [UInt8])], step: Int,
    reading outcome: (ObjectID, [UInt8]) throws -> Outcome
  ) throws -> [Outcome: Int] {
    let intact = try run(["cat", file.string]).output
    var counts: [Outcome: Int] = [:]
    func count(_ changed: ArraySlice<UInt8>, _ what: String) throws {
      try replace(file, by: changed)
      for (id, bytes) in objects {
        let outcome = try outcome(id, bytes)
        #expect(outcome != .wrong, "\(what) of \(file)")
        counts[outcome, default: 0] += 1
      }
    }
    for bit in stride(from: 0, to: 8 * intact.count, by: step) {
      var changed = intact
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      try count(changed[...], "bit \(bit)")
    }
    for length in stride(from: 0, to: intact.count, by: max(1, step / 8)) {
      try count(intact[..<length], "length \(length)")
    }
    try count((intact + [0])[...], "a byte more")
    try replace(file, by: intact[...])
    for (id, bytes) in objects { #expect(try outcome(id, bytes) == .right) }
    return counts
  }

  private func replace(_ path: FilePath, by bytes: ArraySlice<UInt8>) throws {
    _ = path.withPlatformString { unlink($0) }
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
    try file.closeAfter { _ = try file.writeAll(bytes) }
  }

  @Test("loose objects")
  func loose() throws {
    let writer = LooseObjectWriter(objects: repository.objects, temporary: repository.temporary)
    for count in [0, 1, 300] {
      let bytes = sample(count: count, seed: 5)
      let id = try writer.write(bytes.span.bytes, kind: .blob)
      let counts = try outcomes(of: repository.objects.looseObject(id), objects: [(id, bytes)])
      // Only changes of the unused bits in the last deflated byte have no effect.
      #expect(counts[.right, default: 0] < 8)
      #expect(counts[.damaged, default: 0] > 50)
    }
  }

  /// In the repository itself, in one that uses it as an alternate, and in one that uses that one.
  @Test("loose objects that libgit2 asks for", arguments: [ObjectKind.commit, .tree, .blob], [0, 1, 2])
  func looseThroughLibgit2(kind: ObjectKind, borrowers: Int) throws {
    var path = repository.path
    for number in 0..<borrowers {
      let borrower = path.appending("borrower")
      try run(["git", "init", "-q", "--bare", borrower.string])
      let line = number == 0 ? "# whole\n\n\(path)/objects" : "../../objects"
      try run(["sh", "-c", "echo '\(line)' > '\(borrower)/objects/info/alternates'"])
      path = borrower
    }
    let blob = try repository.git("hash-object", "-w", "--stdin", input: sample(count: 90, seed: 9)).text
    let tree = try repository.git("mktree", input: Array("100644 blob \(blob)\ta.wasm\n".utf8)).text
    let commit = try repository.git(
      "-c", "user.name=A", "-c", "user.email=a@example.org", "commit-tree", tree, "-m", "One"
    ).text
    let hex = [ObjectKind.commit: commit, .tree: tree, .blob: blob][kind]
    let id = try #require(hex.flatMap { ObjectID(hex: $0) })
    let bytes = try repository.git("cat-file", "\(kind)", id.hex).output
    let file = repository.objects.looseObject(id)
    let counts = try outcomes(of: file, objects: [(id, bytes)], step: 3) { id, bytes in
      try outcomeOfLibgit2(id, kind, bytes, at: path)
    }
    #expect(counts[.right, default: 0] < 8)
    #expect(counts[.damaged, default: 0] > 50)
  }

  @Test("a loose object larger than the window")
  func largeLoose() throws {
    let writer = LooseObjectWriter(objects: repository.objects, temporary: repository.temporary)
    let bytes = sample(count: 300_000, seed: 6, compressible: 0.2)
    let id = try writer.write(bytes.span.bytes, kind: .blob)
    let counts = try outcomes(of: repository.objects.looseObject(id), objects: [(id, bytes)], step: 30_011)
    #expect(counts[.right, default: 0] == 0)
  }

  @Test("packs and their indexes")
  func packs() throws {
    let writer = try PackWriter(objects: repository.objects, temporary: repository.temporary) { _ in false }
    var encoder = try writer.encoder()
    var objects: [(ObjectID, [UInt8])] = []
    for count in [0, 40, 150] {
      let bytes = sample(count: count, seed: UInt64(count))
      objects.append((try encoder.append(bytes.span.bytes, kind: .blob), bytes))
    }
    try encoder.finish()
    let pack = repository.objects.appending("pack/pack-\(try #require(try writer.finish()).name)")
    let packCounts = try outcomes(of: FilePath(pack.string + ".pack"), objects: objects)
    #expect(packCounts[.damaged, default: 0] > 1000)
    #expect(packCounts[.left, default: 0] > 0)
    let indexCounts = try outcomes(of: FilePath(pack.string + ".idx"), objects: objects, step: 5)
    #expect(indexCounts[.damaged, default: 0] > 1000)
  }

  @Test("files that are something else", arguments: ["", "not deflated", "blob 1\0a"])
  func other(content: String) throws {
    let id = try ObjectID(of: Array("a".utf8).span.bytes, kind: .blob)
    let path = repository.objects.looseObject(id)
    try run(["mkdir", path.removingLastComponent().string])
    try replace(path, by: Array(content.utf8)[...])
    #expect(try outcome(id, Array("a".utf8)) == .damaged)
  }

  @Test(
    "headers of loose objects",
    arguments: [
      ("blob 12\0", 12), ("commit 0\0rest", 0), ("blob 012\0", nil), ("blob -1\0", nil), ("blob \0", nil),
      ("blob 12", nil), ("blub 12\0", nil), ("blob12\0", nil), ("blob  12\0", nil), ("blob 1 2\0", nil),
      ("blob 99999999999999999999\0", nil), ("blob 9223372036854775807\0", Int.max), ("", nil), ("\0", nil),
    ] as [(String, Int?)])
  func headers(text: String, size: Int?) {
    #expect(ObjectHeader(Array(text.utf8))?.size == size)
  }

  @Test(
    "headers of entries",
    arguments: [
      ([0x30], 0), ([0x3f], 15), ([0xb0, 0x01], 16), ([0xb0, 0x80, 0x01], 2048), ([], nil), ([0xb0], nil),
      ([0x00], nil), ([0x50], nil), ([0x60], 0), ([0x70], 0),
      ([0xb0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], nil),
      ([0xb0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], 0x0fff_ffff_ffff_fff0),
    ] as [([UInt8], Int?)])
  func entryHeaders(bytes: [UInt8], size: Int?) {
    #expect(PackEntry.decode(bytes)?.size == size)
  }

  @Test("a length that no file of this size can hold is refused before memory is taken")
  func impossibleLength() throws {
    let id = try ObjectID(of: Array("a".utf8).span.bytes, kind: .blob)
    let deflater = try Deflater(level: 1)
    let output = ByteBuffer(count: 1000)
    let plain = Array("blob 999999999999999\0a".utf8)
    let count = try plain.span.bytes.withUnsafeBytes { (bytes) throws(CompressionError) in
      try deflater.deflate(bytes, into: output.bytes)
    }
    let path = repository.objects.looseObject(id)
    try run(["mkdir", path.removingLastComponent().string])
    try replace(path, by: Array(output.bytes[..<count])[...])
    #expect(throws: GitError(.damaged, "object \(id): the length is not valid")) {
      _ = try ObjectReader(objects: repository.objects).open(id)
    }
  }
}
