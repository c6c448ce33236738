import Identifiers
import ModuleStore
import Support
import SystemPackage
import Testing

@testable import KVSync

@Suite("Publishing")
struct PublisherTests {
  /// A store in a temporary folder, and its publishing target.
  private final class Site {
    /// The folder; nil if another site owns it.
    let folder: TemporaryFolder?
    let path: String
    let session: StoreSession
    let values: MemoryValues
    let heads: MemoryHeads

    var target: PublishTarget { PublishTarget(values: values, heads: heads) }
    var branch: PublishedBranch {
      PublishedBranch(HeadName(store: "default", branch: session.branch.name), in: heads)
    }

    init(headsAt url: String? = nil) throws {
      let folder = try TemporaryFolder()
      self.folder = folder
      path = folder.path
      (values, heads) = (MemoryValues(), MemoryHeads(at: url))
      session = try Store(at: FilePath(path).appending("store")).connectOrCreate().session()
    }

    /// Opens the same site, like another process.
    init(at path: String, _ values: MemoryValues, _ heads: MemoryHeads) throws {
      folder = nil
      (self.path, self.values, self.heads) = (path, values, heads)
      session = try Store(at: FilePath(path).appending("store")).connect().session()
    }

    /// Adds modules with custom sections.
    func add(_ texts: [String: String]) throws {
      var sources: [ModuleSource] = []
      for (number, item) in texts.enumerated() {
        let source = FilePath(path).appending("file-\(number)")
        let file = try FileDescriptor.open(
          source, .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: .ownerReadWrite)
        try file.closeAfter { _ = try file.writeAll(PublisherTests.module(item.value)) }
        sources.append(ModuleSource(.file(source), path: try ModulePath(item.key)))
      }
      _ = try session.add(AddRequest(sources))
    }

    func publish(_ change: (inout Publisher.Request) -> Void = { _ in }) throws -> Publisher.Outcome {
      var request = Publisher.Request { _ in }
      change(&request)
      let cache = ManifestCache(in: FilePath(path).appending("cache"))
      let journal = PublishJournal(
        at: FilePath(path).appending("journal"), of: "memory", isReadOnly: request.isDryRun)
      return try Publisher(BranchSource(session), to: target, cache: cache, journal: journal, request)
        .publish()
    }

    /// The number of requests during `body`.
    func requests(_ body: () throws -> Void) rethrows -> Int {
      let before = target.requestCount
      try body()
      return target.requestCount - before
    }

    /// The paths and contents that a reader gets.
    func published() throws -> [String: [UInt8]] {
      let manifest = PublishedManifest(values, cache: nil)
      guard let entry = try branch.head().newest else { return [:] }
      var files: [String: [UInt8]] = [:]
      for row in try manifest.rows(of: entry.manifest) {
        var bytes: [UInt8] = []
        try manifest.content(of: row) { bytes += $0 }
        files[String(decoding: row.path, as: UTF8.self)] = bytes
      }
      return files
    }
  }

  /// A module with a text in a custom section.
  private static func module(_ text: String) -> [UInt8] {
    var builder = WasmBuilder.module()
    let body = [1, 0x78] + Array(text.utf8)
    builder.raw(0)
    builder.unsigned(UInt64(body.count))
    builder.raw(body)
    return builder.bytes
  }

  @Test("what is published is what the branch has, and once is enough")
  func first() throws {
    let site = try Site()
    try site.add(["a.wasm": "one", "plugins/b.wasm": "two", "plugins/c.wasm": "one"])
    let announced = try site.publish { $0.isDryRun = true }
    #expect(site.values.keys.isEmpty)
    let before = site.target.requestCount
    let outcome = try site.publish()
    #expect(outcome.revision == 1)
    #expect(site.target.requestCount - before == announced.requests)
    // Two contents, a shard, the root.
    #expect(outcome.stored.count == 4)
    #expect(
      try site.published() == [
        "a.wasm": PublisherTests.module("one"), "plugins/b.wasm": PublisherTests.module("two"),
        "plugins/c.wasm": PublisherTests.module("one"),
      ])
    let again = try site.requests {
      let outcome = try site.publish()
      #expect(outcome.revision == nil)
    }
    #expect(again == 1)
  }

  @Test("of many files only those that changed are sent, in three requests")
  func change() throws {
    let site = try Site()
    try site.add(Dictionary(uniqueKeysWithValues: (0..<1_500).map { ("d\($0 % 40)/\($0).wasm", "\($0)") }))
    _ = try site.publish()
    try site.add(["d1/1.wasm": "other", "d2/2.wasm": "another", "new.wasm": "new"])
    _ = try site.session.remove(["/d3/3.wasm"])
    site.values.storedBytes = 0
    let requests = try site.requests {
      let outcome = try site.publish()
      #expect(outcome.removed == [Array("d3/3.wasm".utf8)])
    }
    #expect(requests == 3)
    #expect(site.values.storedBytes < 4 * 300 * 120)
    let files = try site.published()
    #expect(files.count == 1_500)
    #expect(files["d1/1.wasm"] == PublisherTests.module("other") && files["d3/3.wasm"] == nil)
    // Publishing the same files without a base gives the same manifest, except for the times of changed files.
    let manifest = try PublishedManifest(site.values, cache: nil)
      .rows(of: #require(try site.publish().before))
    #expect(Set(manifest.map(\.modified)).count > 1)
  }

  @Test("going back takes two requests, and further back the next time")
  func rollback() throws {
    let site = try Site()
    for text in ["one", "two", "three"] {
      try site.add(["a.wasm": text])
      _ = try site.publish()
    }
    let branch = site.branch
    let requests = try site.requests {
      let entry = try branch.rollback(to: nil, by: "me")
      #expect(entry.revision == 4)
    }
    #expect(requests == 2)
    #expect(try site.published() == ["a.wasm": PublisherTests.module("two")])
    _ = try branch.rollback(to: nil, by: "me")
    #expect(try site.published() == ["a.wasm": PublisherTests.module("one")])
    #expect(throws: PublishError.nothingToRollBack("\(branch.name)")) {
      try branch.rollback(to: nil, by: "me")
    }
    // The version before the rollback is not published again automatically.
    #expect(throws: PublishError.leftBehind("\(branch.name)")) { try site.publish() }
    #expect(try site.publish { $0.isForced = true }.revision == 6)
  }

  @Test("a job that is late is refused, and a race is run again")
  func races() throws {
    let site = try Site()
    try site.add(["a.wasm": "one"])
    let first = try site.session.existingHead()
    _ = try site.publish()
    try site.add(["a.wasm": "two"])
    site.heads.beforeNextPublish { [path = site.path, values = site.values, heads = site.heads] in
      let other = try Site(at: path, values, heads)
      try other.add(["b.wasm": "between"])
      _ = try other.publish()
    }
    // The other publish was of a later commit, so this one is late.
    let late = #expect(throws: PublishError.self) { try site.publish() }
    #expect(late.map { "\($0)".contains("is not an earlier commit") } == true)
    _ = try site.session.restore(first.hex)
    #expect(throws: PublishError.self) { try site.publish() }
    #expect(try site.publish { $0.isForced = true }.revision == 3)
  }

  @Test("no files do not take the place of some unless that is meant")
  func empty() throws {
    let site = try Site()
    try site.add(["a.wasm": "one"])
    _ = try site.publish()
    _ = try site.session.remove(["/a.wasm"])
    #expect(throws: PublishError.empty) { try site.publish() }
    _ = try site.publish { $0.allowsEmpty = true }
    #expect(try site.published().isEmpty)
  }

  @Test("a lost race is run again without sending anything twice")
  func lostRace() throws {
    let site = try Site()
    try site.add(["a.wasm": "one"])
    _ = try site.publish()
    try site.add(["a.wasm": "two", "b.wasm": "three"])
    site.values.storedBytes = 0
    let sent = try site.publish { $0.isDryRun = true }.stored.reduce(0) { $0 + $1.size }
    // Somebody rolls back and forth: the newest revision is another one, and this commit still comes after it.
    site.heads.beforeNextPublish { [heads = site.heads, name = site.branch.name] in
      _ = try heads.rollback(HeadRollback(expecting: 1, to: 1, by: "other"), of: name)
    }
    let outcome = try site.publish()
    #expect(outcome.revision == 3 && site.values.storedBytes == sent)
  }

  @Test("heads that are kept elsewhere are known to whoever prunes with heads that are values")
  func otherHeads() throws {
    let site = try Site(headsAt: "https://example.com")
    try site.add(["a.wasm": "one"])
    #expect(try site.publish().stored.map(\.key.kind) == [.content, .shard, .root])
    #expect(site.values.keys.count { $0.hasPrefix("k/") } == 1)
    try site.add(["a.wasm": "two"])
    _ = try site.publish()
    var request = Pruner.Request { _ in }
    request.isOffline = true
    let target = PublishTarget(values: site.values, heads: HeadsInValues(in: site.values))
    for isDryRun in [true, false] {
      request.isDryRun = isDryRun
      #expect(throws: PublishError.otherHeads("https://example.com")) {
        try Pruner(target, request, Work()).prune()
      }
    }
    #expect(try Pruner(site.target, request, Work()).prune().deleted.isEmpty)
  }

  @Test("a prune is waited for, and after one everything is sent again")
  func prunes() throws {
    let site = try Site()
    try site.add(["a.wasm": "one", "b.wasm": "two"])
    let lease = String(repeating: "1", count: 32)
    site.heads.beforeNextPublish { [heads = site.heads] in
      _ = try heads.lease(lease, epoch: 0, seconds: 100)
    }
    let size = try site.publish { $0.isDryRun = true }.stored.reduce(0) { $0 + $1.size }
    let outcome = try site.publish {
      $0.pause = { [heads = site.heads] _ in heads.now += 60 }
    }
    #expect(outcome.revision == 1 && outcome.stored.count == 4)
    #expect(site.values.storedBytes == 2 * size)
    _ = try site.heads.lease(String(repeating: "2", count: 32), epoch: 1, seconds: 100)
    #expect(throws: PublishError.pruning(seconds: 0)) { try site.publish { $0.patience = .zero } }
    // A dry run does not wait.
    let before = site.target.requestCount
    #expect(try site.publish { $0.isDryRun = true }.requests == before + 1)
  }

  @Test("a version that withdraws the ones before says so, even where its files are published already")
  func withdrawal() throws {
    let site = try Site()
    try site.add(["a.wasm": "one"])
    #expect(try site.publish { $0.isBarrier = true }.revision == 1)
    #expect(try site.branch.head().newest?.isBarrier == true)
    #expect(try site.publish { $0.isBarrier = true }.revision == nil)
    try site.add(["a.wasm": "two"])
    _ = try site.publish()
    let requests = try site.requests {
      let outcome = try site.publish { $0.isBarrier = true }
      #expect(outcome.revision == 3 && outcome.before == outcome.manifest && outcome.stored.isEmpty)
    }
    #expect(requests == 2)
  }

  @Test("what was stored before a publish broke off is not sent again", arguments: [1, 2, 5])
  func resuming(concurrency: Int) throws {
    struct Broken: Error {}
    let site = try Site()
    try site.add(Dictionary(uniqueKeysWithValues: (0..<40).map { ("\($0).wasm", "\($0)") }))
    site.heads.beforeNextPublish { throw Broken() }
    let size = try site.publish { $0.isDryRun = true }.stored.reduce(0) { $0 + $1.size }
    #expect(throws: Broken.self) { try site.publish { $0.concurrency = concurrency } }
    #expect(site.values.storedBytes == size)
    let before = site.target.requestCount
    #expect(try site.publish { $0.isDryRun = true }.requests == before + 2)
    let outcome = try site.publish { $0.concurrency = concurrency }
    #expect(outcome.revision == 1 && outcome.stored.isEmpty && outcome.skipped == 40)
    #expect(site.values.storedBytes == size)
    #expect(try site.published().count == 40)
  }
}
