import FileSystem
import Dispatch
import Identifiers
import Support
import Synchronization
import SystemPackage
import Testing

@testable import Git

@Suite("Reading objects from their files")
struct ObjectReaderTests {
  let repository: TemporaryRepository
  let reader: ObjectReader

  init() throws {
    repository = try TemporaryRepository()
    reader = ObjectReader(objects: repository.objects)
  }

  static let sizes = [0, 1, 31, 32, 33, 4095, 65_535, 65_536, 65_537, 1 << 20, 1 << 20 + 1, 5_000_000]

  @Test("loose objects of git are read as git reads them", arguments: sizes)
  func looseOfGit(size: Int) throws {
    let bytes = sample(count: size, seed: UInt64(size), compressible: 0.4)
    try expectReadable(bytes, try store(bytes))
  }

  @Test("objects in git's packs are read as git reads them")
  func packsOfGit() throws {
    let objects = try Self.sizes.map { size in
      let bytes = sample(count: size, seed: UInt64(size), compressible: 0.4)
      return (try store(bytes), bytes)
    }
    try packWhole(objects.map(\.0))
    #expect(repository.folder.files(below: "objects").allSatisfy { $0.hasPrefix("pack/") })
    for (id, bytes) in objects { try expectReadable(bytes, id) }
  }

  @Test("what our writers wrote is read", arguments: sizes)
  func ownFiles(size: Int) throws {
    let bytes = sample(count: size, seed: UInt64(size), compressible: 0.4)
    let loose = LooseObjectWriter(objects: repository.objects, temporary: repository.temporary)
    let id = try loose.write(bytes.span.bytes, kind: .blob)
    try expectReadable(bytes, id)
    try run(["rm", repository.objects.looseObject(id).string])
    let writer = try PackWriter(objects: repository.objects, temporary: repository.temporary) { _ in false }
    var encoder = try writer.encoder()
    #expect(try encoder.append(bytes.span.bytes, kind: .blob) == id)
    try encoder.finish()
    _ = try writer.finish()
    try expectReadable(bytes, id)
  }

  @Test("every kind of object is told")
  func kinds() throws {
    let tree = try repository.git("mktree", input: []).text
    let commit = try repository.git("commit-tree", tree, "-m", "message").text
    try repository.git("tag", "-a", "-m", "message", "v1", commit)
    let tag = try repository.git("rev-parse", "v1").text
    for isPacked in [false, true] {
      for (hex, kind) in [(tree, ObjectKind.tree), (commit, .commit), (tag, .tag)] {
        let id = try #require(ObjectID(hex: hex))
        let bytes = try repository.git("cat-file", "\(kind)", hex).output
        try expectReadable(bytes, id, kind: kind)
      }
      if !isPacked { try repository.git("repack", "-ad", "--window=0") }
    }
  }

  @Test("an object kept as a delta is left to libgit2, and one that is nowhere is absent")
  func deltas() throws {
    var bytes = sample(count: 20_000, seed: 1, compressible: 0)
    var ids: Set<ObjectID> = []
    for index in 0..<5 {
      bytes[index * 1000] ^= 1
      ids.insert(try store(bytes))
    }
    try repository.git("pack-objects", "--window=10", "objects/pack/pack", input: lines(ids))
    try repository.git("prune-packed")
    var found: [String: Int] = [:]
    for id in ids {
      switch try reader.open(id) {
      case .stream: found["stream", default: 0] += 1
      case .delta: found["delta", default: 0] += 1
      case .absent: found["absent", default: 0] += 1
      }
      #expect(try reader.contains(id))
    }
    #expect(found == ["stream": 1, "delta": 4])
    let nowhere = try #require(ObjectID(hex: String(repeating: "7", count: 40)))
    guard case .absent = try reader.open(nowhere) else {
      Issue.record("an object that is nowhere was found")
      return
    }
    #expect(try !reader.contains(nowhere))
    #expect(!reader.freshen(nowhere))
  }

  @Test("packs that come, go and are replaced are followed")
  func repacking() throws {
    var objects: [(ObjectID, [UInt8])] = []
    for round in 0..<4 {
      for index in 0..<20 {
        let bytes = sample(count: 3000, seed: UInt64(100 * round + index))
        objects.append((try store(bytes), bytes))
      }
      try run(["find", repository.objects.appending("pack").string, "-type", "f", "-delete"])
      for (_, bytes) in objects { _ = try store(bytes) }
      try packWhole(objects.map(\.0))
      for (id, bytes) in objects { try expectReadable(bytes, id) }
    }
    // The same name, another order of entries: like git's older packs, which are named after their objects.
    let names = repository.folder.files(below: "objects/pack").map {
      String($0.prefix { $0 != "." })
    }
    let writer = try PackWriter(objects: repository.objects, temporary: repository.temporary) { _ in false }
    var encoder = try writer.encoder()
    for (_, bytes) in objects.reversed() { _ = try encoder.append(bytes.span.bytes, kind: .blob) }
    try encoder.finish()
    let new = try #require(try writer.finish())
    for suffix in ["pack", "idx"] {
      try run(
        ["mv", "-f", "pack-\(new.name).\(suffix)", "\(names[0]).\(suffix)"].enumerated().map { index, word in
          index < 2 ? word : repository.objects.appending("pack").appending(word).string
        })
    }
    for (id, bytes) in objects { try expectReadable(bytes, id) }
  }

  @Test("threads read while git repacks")
  func threads() throws {
    let objects = try (0..<60).map { index in
      let bytes = sample(count: 2000 + 100 * index, seed: UInt64(index))
      return (try store(bytes), bytes)
    }
    let entries = objects.map { "100644 blob \($0.0)\t\($0.0)\n" }.joined()
    let tree = try repository.git("mktree", input: Array(entries.utf8)).text
    try repository.git("update-ref", "refs/heads/main", repository.git("commit-tree", tree, "-m", "m").text)
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 3) { thread in
      do {
        for round in 0..<4 {
          if thread == 0 {
            try repository.git("-c", "pack.compression=\(round)", "repack", "-adFq", "--window=0")
            continue
          }
          for (id, bytes) in objects {
            guard case .stream(let stream) = try reader.open(id), try stream.readAll() == bytes else {
              failures.withLock { $0.append("\(id) in round \(round)") }
              continue
            }
          }
        }
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 } == [])
  }

  @Test("more packs than are kept open are searched")
  func manyPacks() throws {
    var objects: [(ObjectID, [UInt8])] = []
    for seed in 0..<70 {
      let bytes = sample(count: 100, seed: UInt64(seed))
      let writer = try PackWriter(objects: repository.objects, temporary: repository.temporary) { _ in false }
      var encoder = try writer.encoder()
      objects.append((try encoder.append(bytes.span.bytes, kind: .blob), bytes))
      try encoder.finish()
      _ = try writer.finish()
    }
    for (id, bytes) in objects { try expectReadable(bytes, id) }
  }

  @Test("an index of version 1 is left to libgit2")
  func firstIndexVersion() throws {
    let id = try store([1, 2, 3])
    try repository.git("pack-objects", "--index-version=1", "objects/pack/pack", input: lines([id]))
    try repository.git("prune-packed")
    guard case .absent = try reader.open(id) else {
      Issue.record("an index of version 1 was read")
      return
    }
  }

  @Test("refreshing touches the file that holds the object")
  func freshening() throws {
    let bytes = sample(count: 3000, seed: 1)
    let id = try store(bytes)
    for isPacked in [false, true] {
      if isPacked { try packWhole([id]) }
      let files = repository.folder.files(below: "objects").filter { !$0.hasSuffix(".idx") }
        .map { repository.objects.appending($0).string }
      try run(["touch", "-d", "2001-01-01"] + files)
      // A new reader: a reader touches each pack only once.
      #expect(ObjectReader(objects: repository.objects).freshen(id))
      let years = try run(["stat", "-c", "%y"] + files.filter { !$0.hasSuffix(".rev") }).text
      #expect(!years.contains("2001"), "packed: \(isPacked)")
    }
  }

  @Test("offsets beyond 2 GiB are read")
  func largeOffsets() throws {
    var generator = Generator(seed: 31)
    var records: [PackRecord] = []
    for index in 0..<3000 {
      let id = ObjectID(high: generator.next() >> 20, middle: generator.next(), low: 1)
      let offset = index % 3 == 0 ? UInt64(index) + 12 : (1 << 31) + UInt64(index) << 20
      records.append(PackRecord(id: id, checksum: 0, offset: offset))
    }
    records.sort { $0.id < $1.id }
    var file = try writePackIndex(
      records, packChecksum: [UInt8](repeating: 5, count: 20), in: repository.temporary)
    let path = repository.path.appending("large.idx")
    try file.publish(at: path)
    let index = try #require(try PackIndex(path: path, keepingOpen: true))
    for record in records { #expect(try index.offset(of: record.id) == Int(record.offset)) }
    #expect(try index.offset(of: ObjectID(high: 1, middle: 1, low: 1)) == nil)
  }

  private func store(_ bytes: [UInt8]) throws -> ObjectID {
    try #require(ObjectID(hex: repository.git("hash-object", "-w", "--stdin", input: bytes).text))
  }

  /// Writes objects into one pack, without deltas, and removes the loose ones.
  private func packWhole(_ ids: [ObjectID]) throws {
    try repository.git("pack-objects", "--window=0", "objects/pack/pack", input: lines(ids))
    try repository.git("prune-packed")
  }

  private func lines(_ ids: some Sequence<ObjectID>) -> [UInt8] {
    Array(ids.map { $0.hex + "\n" }.joined().utf8)
  }

  private func expectReadable(_ bytes: [UInt8], _ id: ObjectID, kind: ObjectKind = .blob) throws {
    #expect(try reader.contains(id))
    for isVerifying in [true, false] {
      guard case .stream(let stream) = try reader.open(id, verifying: isVerifying) else {
        Issue.record("object \(id) was not found whole")
        return
      }
      #expect(stream.kind == kind)
      #expect(stream.size == bytes.count)
      #expect(try stream.readAll() == bytes)
    }
    guard case .stream(var stream) = try reader.open(id) else { return }
    var read: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: bytes.count < 100 ? 1 : 7777)
    while true {
      let count = try stream.read(into: &buffer)
      if count == 0 { break }
      read += buffer[..<count]
    }
    #expect(read == bytes)
    #expect(try stream.read(into: &buffer) == 0)
  }
}
