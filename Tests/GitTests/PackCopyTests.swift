import Identifiers
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Copying objects into one pack")
struct PackCopyTests {
  private let repository: TemporaryRepository

  init() throws { repository = try TemporaryRepository() }

  /// The ways to store the objects before the copy.
  enum Storage: CaseIterable { case loose, whole, deltas, oldIndex, mixed }

  @Test("git finds all that was reached in the copy, and nothing else", arguments: Storage.allCases)
  func everything(storage: Storage) throws {
    try makeHistory(commits: 0..<40)
    switch storage {
    case .loose: break
    case .whole: try repository.git("repack", "-adfq", "--depth=0", "--window=0")
    case .deltas: try repository.git("repack", "-adfq", "--depth=50", "--window=50")
    case .oldIndex: try repository.git("-c", "pack.indexVersion=1", "repack", "-adq")
    case .mixed:
      try repository.git("repack", "-adq")
      try makeHistory(commits: 40..<44)
    }
    let before = try listed(repository)
    let written = try copy(to: repository.objects)
    #expect(Set(try objects(of: written)) == Set(before))
    // Only the copy is left, and git finds all objects.
    for file in repository.folder.files(below: "objects") where !file.contains(written.name) {
      try run(["rm", "-f", repository.objects.appending(file).string])
    }
    #expect(try repository.complaints().isEmpty)
    #expect(try listed(repository) == before)
    #expect(try run(["sh", "-c", "ls \(repository.temporary)"]).text.isEmpty)
  }

  @Test("the same objects make the same bytes, and a copy of the copy too")
  func deterministic() throws {
    try makeHistory(commits: 0..<12)
    let first = try copy(to: repository.objects)
    #expect(try copy(to: repository.objects).name == first.name)
    try repository.git("prune-packed", "--quiet")
    #expect(try copy(to: repository.objects).name == first.name)
  }

  @Test("trees stand on the next newer one, at most 50 high, and the newest stand alone")
  func trees() throws {
    try makeHistory(commits: 0..<130)
    let written = try copy(to: repository.objects)
    let chains = try lines(of: written).filter { $0.count == 7 }
    #expect(chains.count > 200)
    #expect(chains.allSatisfy { $0[1] == "tree" && (1...50).contains(Int($0[5]) ?? 0) })
    let newest = try repository.git("rev-parse", "main^{tree}").text
    #expect(try lines(of: written).contains { $0.count == 5 && $0[0] == newest })
    #expect(written.byteCount < 60_000)
  }

  @Test("of two plans the objects of the first come first, and stand on none of the second")
  func joined() throws {
    let ids = try (1...3).map { number in
      try #require(ObjectID(hex: String(repeating: "\(number)", count: 40)))
    }
    var plan = PackPlan([ids[0]])
    var other = PackPlan([ids[1], ids[0], ids[2]])
    other.bases = [ids[0]: ids[1], ids[2]: ids[0]]
    plan.append(other)
    #expect(plan.objects == ids)
    #expect(plan.bases == [ids[2]: ids[0]])
  }

  @Test("what passes in pieces comes out as it was", arguments: [1, 4 << 20, 9 << 20])
  func large(size: Int) throws {
    let blob = try #require(
      ObjectID(
        hex: repository.git(
          "hash-object", "-w", "--stdin", input: sample(count: size, seed: UInt64(size))
        ).text))
    let loose = try write([blob], to: repository.objects)
    try repository.git("prune-packed", "--quiet")
    #expect(try write([blob], to: repository.objects).name == loose.name)
    #expect(try repository.complaints().isEmpty)
  }

  @Test("a damaged or missing object ends the copy, and nothing comes into the repository")
  func damage() throws {
    try makeHistory(commits: 0..<3)
    let missing = try #require(ObjectID(hex: String(repeating: "a", count: 40)))
    #expect(throws: GitError(.notFound, "object \(missing): it does not exist")) {
      try write([missing], to: repository.objects)
    }
    try repository.git("repack", "-adq", "--depth=0")
    let pack = try #require(repository.folder.files(below: "objects/pack").first { $0.hasSuffix(".pack") })
    let path = repository.objects.appending("pack").appending(pack)
    try run(["chmod", "u+w", path.string])
    let file = try FileDescriptor.open(path, .readWrite)
    // In the last entry, a blob, before the checksum.
    let end = try file.seek(offset: 0, from: .end)
    _ = try ([0x55, 0x55] as [UInt8]).withUnsafeBytes { bytes in
      try file.write(toAbsoluteOffset: end - 26, bytes)
    }
    try file.close()
    #expect(throws: GitError.self) { try copy(to: repository.objects) }
    #expect(repository.folder.files(below: "objects/pack").count { $0.hasSuffix(".pack") } == 1)
    #expect(try run(["sh", "-c", "ls \(repository.temporary)"]).text.isEmpty)
  }

  @Test("a copy that is not wanted any more ends")
  func cancelled() throws {
    try makeHistory(commits: 0..<2)
    let inventory = try ObjectInventory(objects: repository.objects)
    let plan = try inventory.plan(for: try inventory.reached(from: [id("main")]))
    let copy = PackCopy(inventory, temporary: repository.temporary, while: { false })
    #expect(throws: GitError(.cancelled, "interrupted")) { _ = try copy.write(plan) }
  }

  private func copy(to objects: FilePath) throws -> WrittenPack {
    let inventory = try ObjectInventory(objects: repository.objects)
    let starts = try repository.git("for-each-ref", "--format=%(objectname)").text.split(separator: "\n")
    let reached = try inventory.reached(from: starts.compactMap { ObjectID(hex: $0) })
    #expect(reached.missing.isEmpty)
    return try write(inventory.plan(for: reached), from: inventory, to: objects)
  }

  private func write(_ objects: [ObjectID], to folder: FilePath) throws -> WrittenPack {
    try write(PackPlan(objects), from: ObjectInventory(objects: repository.objects), to: folder)
  }

  private func write(
    _ plan: PackPlan, from inventory: ObjectInventory, to objects: FilePath
  ) throws -> WrittenPack {
    var counts = (0, 0)
    let pack = try PackCopy(inventory, temporary: repository.temporary).write(plan) { counts = ($0, $1) }
    guard var pack else { throw GitError(.failed, "the plan is empty") }
    #expect(counts.0 == plan.objects.count)
    try pack.publish(in: objects)
    return pack.written
  }

  /// Commits that change files in two folders, one of them back and forth, and a tag.
  private func makeHistory(commits: Range<Int>) throws {
    var stream = ""
    for index in commits {
      stream += "commit refs/heads/main\ncommitter a <a> \(1000 + index) +0000\ndata 2\nc\n"
      if index == commits.lowerBound, index > 0 { stream += "from refs/heads/main^0\n" }
      for path in ["\(index % 7).txt", "folder/\(index).txt", "folder/deep/a.txt"] {
        let text =
          path == "folder/deep/a.txt" ? "\(index % 2)" : "\(index) \(String(repeating: "x", count: 90))"
        stream += "M 100644 inline \(path)\ndata \(text.utf8.count)\n\(text)\n"
      }
    }
    try repository.git(
      "-c", "fastimport.unpackLimit=1000000", "fast-import", "--quiet", input: Array(stream.utf8))
    try repository.git("tag", "-f", "-a", "-m", "message", "v1", "main~1")
  }

  private func id(_ revision: String) throws -> ObjectID {
    try #require(ObjectID(hex: try repository.git("rev-parse", revision).text))
  }

  private func listed(_ repository: TemporaryRepository) throws -> [ObjectID] {
    try repository.git("rev-list", "--objects", "--all").text.split(separator: "\n")
      .compactMap { ObjectID(hex: $0.prefix(40)) }
  }

  private func lines(of pack: WrittenPack) throws -> [[Substring]] {
    try repository.git("verify-pack", "-v", "objects/pack/pack-\(pack.name).idx").text
      .split(separator: "\n").map { $0.split(separator: " ") }
  }

  private func objects(of pack: WrittenPack) throws -> [ObjectID] {
    try lines(of: pack).compactMap { $0.first.flatMap { ObjectID(hex: $0) } }
  }
}
