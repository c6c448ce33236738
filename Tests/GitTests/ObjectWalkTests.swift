import Identifiers
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Walking to all that objects lead to")
struct ObjectWalkTests {
  let repository: TemporaryRepository

  init() throws { repository = try TemporaryRepository() }

  /// The ways to store the objects of a repository.
  enum Storage: CaseIterable { case loose, deltas, oldIndex, alternate, mixed }

  @Test("it comes to what git comes to, however the objects are kept", arguments: Storage.allCases)
  func everything(storage: Storage) throws {
    try makeHistory(commits: 40)
    let objects: FilePath
    let borrowing = try TemporaryRepository()
    switch storage {
    case .loose: objects = repository.objects
    case .deltas:
      try repository.git("repack", "-adfq", "--depth=50", "--window=50")
      #expect(try deltaCount() > 40)
      objects = repository.objects
    case .oldIndex:
      try repository.git("-c", "pack.indexVersion=1", "repack", "-adq")
      objects = repository.objects
    case .alternate:
      try repository.git("repack", "-adq")
      try run(
        ["cp", "/dev/stdin", borrowing.objects.appending("info/alternates").string],
        input: Array("\(repository.objects)\n".utf8))
      objects = borrowing.objects
    case .mixed:
      try repository.git("repack", "-adq")
      try makeHistory(commits: 3, from: 40)
      objects = repository.objects
    }
    let inventory = try ObjectInventory(objects: objects)
    #expect(inventory.unusablePacks.isEmpty)
    let reached = try inventory.reached(from: try references(), verifying: true)
    #expect(reached.missing.isEmpty)
    let found = reached.commits.map(\.id) + reached.trees + reached.blobs + reached.tags
    #expect(Set(found).count == found.count)
    #expect(Set(found) == Set(try listed("rev-list", "--objects", "--all")))
    #expect(Set(reached.ids) == Set(found))
    for (kind, ids) in [
      ("commit", reached.commits.map(\.id)), ("tree", reached.trees), ("tag", reached.tags),
    ] {
      for id in ids.prefix(5) { #expect(try repository.git("cat-file", "-t", id.hex).text == kind) }
    }
  }

  @Test("what is missing or damaged is told, and the walk goes on")
  func missing() throws {
    try makeHistory(commits: 3)
    let blob = try id("main:0.txt")
    let tree = try id("main:folder")
    let commit = try id("main~1")
    try run(["rm", repository.objects.looseObject(blob).string])
    try damage(repository.objects.looseObject(tree))
    try damage(repository.objects.looseObject(commit))
    let inventory = try ObjectInventory(objects: repository.objects)
    let reached = try inventory.reached(from: [try id("main")], verifying: true)
    #expect(Set(reached.missing.map(\.id)) == [blob, tree, commit])
    #expect(reached.missing.first { $0.id == blob } == MissingObject(id: blob, kind: .blob, problem: nil))
    #expect(reached.missing.first { $0.id == tree }?.problem?.contains("\(tree)") == true)
    #expect(reached.commits.count == 1)
  }

  @Test("what a repacking git moves meanwhile is found", arguments: [1, 3])
  func repacking(times: Int) throws {
    try makeHistory(commits: 3)
    let head = try id("main")
    let inventory = try ObjectInventory(objects: repository.objects)
    let all = try inventory.reached(from: [head]).ids
    for time in 0..<times {
      try makeHistory(commits: 1, from: 3 + time)
      try repository.git("repack", "-adq")
    }
    let reached = try inventory.reached(from: [head], verifying: true)
    #expect(reached.missing == [] && Set(reached.ids) == Set(all))
    var reader = try InventoryReader(inventory)
    for blob in reached.blobs { #expect(try reader.object(blob, verifying: true)?.kind == .blob) }
  }

  @Test("an object of another kind than its place asks for is damage")
  func otherKind() throws {
    let blob = try repository.git("hash-object", "-w", "--stdin", input: [1]).text
    let commit = try repository.git(
      "hash-object", "-t", "commit", "-w", "--stdin", "--literally",
      input: Array("tree \(blob)\nauthor a <a> 0 +0000\ncommitter a <a> 0 +0000\n\nm".utf8)
    ).text
    let inventory = try ObjectInventory(objects: repository.objects)
    let reached = try inventory.reached(from: [try #require(ObjectID(hex: commit))])
    #expect(reached.missing.map(\.problem) == ["object \(blob): it is a blob"])
  }

  @Test("history ends at the boundary, and the walk turns back at what is known")
  func limits() throws {
    try makeHistory(commits: 5)
    let inventory = try ObjectInventory(objects: repository.objects)
    let (head, third) = (try id("main"), try id("main~2"))
    #expect(try inventory.reached(from: [head], endingAt: [third]).commits.map(\.id).count == 3)
    let older = try inventory.reached(from: [third])
    let newer = try inventory.reached(from: [head], except: older.ids)
    #expect(newer.commits.map(\.id) == [head, try id("main~1")])
    #expect(newer.blobs.allSatisfy { !older.ids.contains($0) })
  }

  @Test("a pack without a readable index is told, and gets one again")
  func unindexed() throws {
    try makeHistory(commits: 2)
    try repository.git("repack", "-adq")
    let index = try #require(repository.folder.files(below: "objects/pack").first { $0.hasSuffix(".idx") })
    let path = repository.objects.appending("pack").appending(index)
    let pack = FilePath(path.string.dropLast(3) + "pack")
    try damage(path)
    let reason = ObjectInventory.UnusablePack.Reason.damagedIndex("\(path): the checksum does not match")
    #expect(try unusablePacks() == [.init(path: pack, reason: reason)])
    try run(["rm", "-f", path.string])
    #expect(try unusablePacks() == [.init(path: pack, reason: .noIndex)])
    try rebuildIndex(ofPack: pack, temporary: repository.temporary)
    #expect(try unusablePacks() == [])
    #expect(try repository.complaints() == [])
    #expect(repository.folder.files(below: "tmp") == [])
    try run(["truncate", "-s", "-1", pack.string])
    let problem = "\(pack) does not belong to its index"
    #expect(try unusablePacks() == [.init(path: pack, reason: .damagedPack(problem))])
    #expect(throws: GitError.self) { try rebuildIndex(ofPack: pack, temporary: repository.temporary) }
  }

  private func unusablePacks() throws -> [ObjectInventory.UnusablePack] {
    try ObjectInventory(objects: repository.objects).unusablePacks
  }

  /// Commits that change a directory of files, and a tag.
  private func makeHistory(commits: Int, from first: Int = 0) throws {
    let place = repository.folder.path + "/tree"
    let git = ["git", "--git-dir=\(repository.folder.path)", "--work-tree=\(place)"]
    for index in first..<first + commits {
      try run(["mkdir", "-p", place + "/folder/deep"])
      for file in ["folder/\(index % 7).txt", "folder/deep/a.txt", "\(index).txt"] {
        let lines = (0..<40).map { "line \($0 * (index % 3 + 1))\n" }.joined() + "\(index)\n"
        try run(["cp", "/dev/stdin", place + "/" + file], input: Array(lines.utf8))
      }
      try run(git + ["add", "-A"])
      try run(git + ["commit", "-q", "-m", "commit \(index)"])
    }
    try repository.git("tag", "-f", "-a", "-m", "message", "v1", "main~1")
  }

  private func references() throws -> [ObjectID] {
    try listed("for-each-ref", "--format=%(objectname)")
  }

  private func listed(_ arguments: String...) throws -> [ObjectID] {
    try run(["git", "-C", repository.folder.path] + arguments).text.split(separator: "\n")
      .compactMap { ObjectID(hex: $0.prefix(40)) }
  }

  private func id(_ revision: String) throws -> ObjectID {
    try #require(ObjectID(hex: try repository.git("rev-parse", revision).text))
  }

  private func deltaCount() throws -> Int {
    let name = try #require(repository.folder.files(below: "objects/pack").first { $0.hasSuffix(".idx") })
    return try repository.git(
      "verify-pack", "-v", repository.objects.appending("pack").appending(name).string
    )
    .text.split(separator: "\n").count { $0.split(separator: " ").count == 7 }
  }

  /// Changes a byte in the middle of a file.
  private func damage(_ path: FilePath) throws {
    try run(["chmod", "u+w", path.string])
    let file = try FileDescriptor.open(path, .readWrite)
    defer { try? file.close() }
    let offset = try file.seek(offset: 0, from: .end) / 2
    var byte: [UInt8] = [0]
    _ = try byte.withUnsafeMutableBytes { try file.read(fromAbsoluteOffset: offset, into: $0) }
    byte[0] ^= 0x55
    _ = try byte.withUnsafeBytes { try file.write(toAbsoluteOffset: offset, $0) }
  }
}

@Suite("Deltas of packs")
struct PackDeltaTests {
  @Test("copies and insertions are applied")
  func applied() throws {
    // Ten bytes of the base from offset 2, then two new bytes.
    let delta = try PackDelta([20, 12, 0x91, 2, 10, 2, 7, 8])
    #expect(try delta.applied(to: Array(0..<20)) == Array(2..<12) + [7, 8])
  }

  @Test(
    "malformed ones are refused",
    arguments: [
      [20, 12, 0x91, 15, 10, 2, 7, 8], [20, 12, 0x91, 2, 10, 2, 7], [20, 12, 0x91, 2], [20, 12, 0],
      [20, 11, 1, 7],
      [20, 1, 2, 7, 8], [21, 1, 1, 7], [20, 0x80],
    ] as [[UInt8]])
  func malformed(bytes: [UInt8]) {
    #expect(throws: GitError.self) { try PackDelta(bytes).applied(to: Array(0..<20)) }
  }
}

@Suite("Sets of object ids")
struct ObjectIDSetTests {
  @Test("they hold what a set of the language's holds", arguments: [0, 1, 31, 32, 33, 5000])
  func model(count: Int) throws {
    var generator = Generator(seed: UInt64(count))
    var set = ObjectIDSet()
    var model: Set<ObjectID> = []
    for index in 0..<count {
      // Many start with the same bytes, and zero is one of them.
      let bytes = (0..<20).map { $0 < 16 ? UInt8(0) : UInt8.random(in: 0...7, using: &generator) }
      let id = try #require(ObjectID(bytes: index % 9 == 0 ? Array(repeating: 0, count: 20) : bytes))
      #expect(set.insert(id) == model.insert(id).inserted)
    }
    #expect(set.count == model.count && set.isEmpty == model.isEmpty)
    #expect(Set(set) == model && model.allSatisfy { set.contains($0) })
    #expect(ObjectIDSet(model).count == model.count)
  }
}

@Suite("Reading many objects")
struct InventoryReaderTests {
  let repository: TemporaryRepository

  init() throws { repository = try TemporaryRepository() }

  @Test("objects of all sizes are read, whole ones and deltas", arguments: [false, true])
  func sizes(deltas: Bool) throws {
    var objects: [ObjectID: [UInt8]] = [:]
    for size in [0, 1, 4000, 5000, 1 << 20, 1 << 20 + 1, 5_000_000] {
      for change in 0..<2 {
        var bytes = sample(count: size, seed: 1, compressible: 0.2)
        if size > 0 { bytes[size / 2] ^= UInt8(change) }
        let text = try repository.git("hash-object", "-w", "--stdin", input: bytes).text
        objects[try #require(ObjectID(hex: text))] = bytes
      }
    }
    let list = Array(objects.keys.map { "\($0)\n" }.joined().utf8)
    let options = ["-c", "core.bigFileThreshold=1g", "pack-objects", "-q", "--window=\(deltas ? 10 : 0)"]
    try run(["git", "-C", repository.folder.path] + options + ["objects/pack/pack"], input: list)
    try repository.git("prune-packed")
    let inventory = try ObjectInventory(objects: repository.objects)
    #expect(Set(inventory.ids) == Set(objects.keys))
    var reader = try InventoryReader(inventory)
    for (id, bytes) in objects {
      let object = try reader.object(id, verifying: true)
      #expect(object?.kind == .blob && object?.bytes == bytes)
      for copy in try inventory.copies(of: { $0 == id }) {
        var read: [UInt8] = []
        let kind = try reader.verify(copy) { chunk in chunk.withUnsafeBytes { read += $0 } }
        #expect(kind == .blob && read == bytes)
        #expect(!copy.isLoose)
      }
    }
  }

  @Test("an entry that says another size is damage, whatever the size", arguments: [40, 3000, 3_000_000])
  func wrongSize(size: Int) throws {
    let bytes = sample(count: size, seed: 2, compressible: 0.5)
    let id = try repository.git("hash-object", "-w", "--stdin", input: bytes).text
    try run(
      ["git", "-C", repository.folder.path, "pack-objects", "-q", "objects/pack/pack"],
      input: Array("\(id)\n".utf8))
    try repository.git("prune-packed")
    let pack = try #require(repository.folder.files(below: "objects/pack").first { $0.hasSuffix(".pack") })
    let path = repository.objects.appending("pack").appending(pack)
    try run(["chmod", "u+w", path.string])
    let file = try FileDescriptor.open(path, .readWrite)
    defer { try? file.close() }
    // The low bits of the size.
    var byte: [UInt8] = [0]
    _ = try byte.withUnsafeMutableBytes { try file.read(fromAbsoluteOffset: 12, into: $0) }
    byte[0] ^= 1
    _ = try byte.withUnsafeBytes { try file.write(toAbsoluteOffset: 12, $0) }
    let object = try #require(ObjectID(hex: id))
    var reader = try InventoryReader(ObjectInventory(objects: repository.objects))
    do {
      _ = try reader.object(object, verifying: true)
      Issue.record("a damaged object was read")
    } catch {
      #expect(error.isDamage)
    }
  }
}
