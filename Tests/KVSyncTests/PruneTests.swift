import Identifiers
import ModuleStore
import Testing

@testable import KVSync

@Suite("Pruning")
struct PruneTests {
  /// A target with versions of a site, each of which has one content of its own and one shared by all.
  private struct Site {
    let values: MemoryValues
    let heads: any HeadStore
    let memory: MemoryHeads

    init(
      inValues: Bool = false, of memory: MemoryHeads = MemoryHeads(), _ values: MemoryValues = MemoryValues()
    ) {
      (self.memory, self.values) = (memory, values)
      heads = inValues ? HeadsInValues(in: values) : memory
    }

    var target: PublishTarget { PublishTarget(values: values, heads: heads) }

    static func name(_ branch: String) -> HeadName { HeadName(store: "default", branch: branch) }

    /// Publishes a version, stored at a time.
    func publish(_ branch: String, _ contents: [String], at time: Int64 = 1_700_000_000) throws {
      let rows = (contents + ["shared"]).map { text in
        ManifestRow(
          path: Array(text.utf8), digest: ModuleDigest(of: Array(text.utf8)), size: UInt64(text.utf8.count),
          modified: 1, type: "text/plain")
      }
      let head = try heads.head(Site.name(branch))
      let manifest = try ManifestDraft(of: rows)
      var stored = (contents + ["shared"]).map {
        ("b/" + ModuleDigest(of: Array($0.utf8)).hex, Array($0.utf8))
      }
      stored += manifest.newShards.values.map { ("s/" + $0.digest.hex, $0.bytes) }
      stored.append(("m/" + manifest.rootValue.digest.hex, manifest.rootValue.bytes))
      _ = try values.store(
        stored.map { key, bytes in
          StoredValue(key: key, size: bytes.count, metadata: ValueMetadata(time: time)) { bytes }
        }
      ) { _ in }
      _ = try heads.publish(
        HeadPublish(after: head, manifest: manifest.rootValue.digest, commit: nil, tree: nil, by: "me"),
        to: Site.name(branch))
    }

    func prune(_ change: (inout Pruner.Request) -> Void = { _ in }) throws -> Pruner.Outcome {
      var request = Pruner.Request { _ in }
      (request.keptRevisions, request.isDryRun) = (2, false)
      change(&request)
      return try Pruner(target, request, Work()).prune()
    }

    func has(_ text: String) -> Bool { values.keys.contains("b/" + ModuleDigest(of: Array(text.utf8)).hex) }
  }

  @Test("what no version names that is kept goes; the rest stays")
  func sweep() throws {
    let site = Site()
    for number in 1...4 { try site.publish("main", ["main \(number)"]) }
    try site.publish("other", ["main 1"])
    try site.publish("main", ["main 5"])
    let before = site.values.keys
    let announced = try site.prune { $0.isDryRun = true }
    #expect(site.values.keys == before)
    #expect(
      announced.floors.map { "\($0.name) \($0.floor)" }.sorted() == ["default/main 4", "default/other 1"])
    let outcome = try site.prune()
    #expect(outcome.deleted.sorted() == announced.deleted.sorted())
    // Two contents, and the shards and roots of their versions; those of the first version are also on the other
    // branch.
    #expect(outcome.deleted.count == 2 + 2 * 2)
    #expect(!site.has("main 2") && !site.has("main 3"))
    #expect(site.has("main 1") && site.has("main 4") && site.has("main 5") && site.has("shared"))
    #expect(try site.heads.head(Site.name("main")).floor == 4)
    #expect(throws: HeadConflict.self) {
      try site.heads.rollback(HeadRollback(expecting: 5, to: 3, by: "me"), of: Site.name("main"))
    }
    // The lease has ended, and a publisher that read the head before must start again.
    #expect(try site.heads.head(Site.name("main")).pruneUntil == 0)
    #expect(try site.heads.head(Site.name("main")).epoch == 1)
    #expect(try site.prune().deleted.isEmpty)
  }

  @Test("what was stored within the grace stays, and what is not ours")
  func grace() throws {
    let site = Site()
    try site.publish("main", ["old"])
    try site.publish("main", ["young"], at: site.memory.now - 3_600)
    for number in 1...2 { try site.publish("main", ["\(number)"]) }
    _ = try site.values.store(
      ["b/else", "b/" + String(repeating: "0", count: 63), "x/" + String(repeating: "0", count: 64)].map {
        StoredValue(key: $0, size: 0, metadata: ValueMetadata(time: 1)) { [] }
      }
    ) { _ in }
    let outcome = try site.prune()
    #expect(outcome.kept > 0 && !site.has("old") && site.has("young"))
    #expect(site.values.keys.contains("b/else"))
  }

  @Test("where a manifest that is kept cannot be read, nothing is deleted")
  func failsClosed() throws {
    let site = Site()
    for number in 1...4 { try site.publish("main", ["\(number)"]) }
    let newest = try #require(try site.heads.head(Site.name("main")).newest)
    site.values.delete([ListedKey("m/" + newest.manifest.hex, time: nil)], before: nil)
    let before = site.values.keys
    #expect(throws: PublishError.self) { try site.prune() }
    #expect(site.values.keys == before)
    #expect(try site.heads.head(Site.name("main")).pruneUntil == 0)
    #expect(throws: PublishError.nothingPublished) { try Site().prune() }
  }

  @Test("another prune is waited for")
  func lease() throws {
    let site = Site()
    for number in 1...4 { try site.publish("main", ["\(number)"]) }
    _ = try site.memory.lease(String(repeating: "1", count: 32), epoch: 0, seconds: 60)
    #expect(throws: PublishError.pruning(seconds: 0)) { try site.prune { $0.patience = .zero } }
    let memory = site.memory
    #expect(try !site.prune { $0.pause = { _ in memory.now += 61 } }.deleted.isEmpty)
  }

  @Test("heads that are values keep what they name beside the others")
  func bothKinds() throws {
    let values = Site(inValues: true)
    let both = Site(of: MemoryHeads(), values.values)
    for number in 1...4 { try both.publish("main", ["\(number)"]) }
    try values.publish("main", ["1", "other"])
    _ = try both.prune()
    #expect(both.has("1") && both.has("other") && !both.has("2"))
  }

  @Test("heads that are values need the word of the operator")
  func headsInValues() throws {
    let site = Site(inValues: true)
    for number in 1...4 { try site.publish("renovate/@a", ["\(number)"]) }
    try site.publish("main", ["main"])
    #expect(
      try site.heads.heads().map { "\($0.name) \($0.revision)" }.sorted()
        == ["default/main 1", "default/renovate%2F%40a 4"])
    #expect(throws: PublishError.needsOffline) { try site.prune() }
    let name = Site.name("renovate/@a")
    let read = try site.heads.head(name)
    let outcome = try site.prune { $0.isOffline = true }
    #expect(outcome.deleted.count == 6 && site.has("3") && site.has("4") && !site.has("2"))
    // A publish that read the head before gets an error.
    #expect(throws: HeadConflict.self) {
      try site.heads.publish(
        HeadPublish(after: read, manifest: ModuleDigest(of: []), commit: nil, tree: nil, by: "me"), to: name)
    }
    let entry = try site.heads.rollback(HeadRollback(expecting: 4, to: 3, by: "me"), of: name)
    #expect(entry.revision == 5 && entry.from == 3 && entry.isBarrier)
    #expect(try site.heads.log(name, before: 5, limit: 10).entries.map(\.revision) == [4, 3])
    #expect(throws: HeadConflict.self) {
      try site.heads.rollback(HeadRollback(expecting: 4, to: 3, by: "me"), of: name)
    }
  }
}
