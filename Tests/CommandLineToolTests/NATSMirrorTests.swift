import Identifiers
import JSONText
import KVSync
import ModuleStore
import NATSCore
import NATSJetStream
import NATSKeyValue
import NATSTesting
import NIOCore
import Testing

@testable import CommandLineTool

@Suite("A mirror on NATS", .ownThreads) struct NATSMirrorTests {
  private func messageCount(_ site: NATSSite) async throws -> Int64 {
    try await site.values.buckets.jetStream.keyValueStatus("PATHS").valueCount
  }

  @Test(arguments: [nil, NATSServer.old])
  func `each path is a key, and a second run writes nothing`(program: String?) async throws {
    let site = try await NATSSite(program: program)
    let files = ["index.html": "one", "lib/b..c d.txt": "two", "_x": "three", "ü..": ""]
    try site.write(files)
    try site.publish()
    let outcome = try site.reflect { $0.inlineLimit = 100 }
    #expect(outcome.isChange && outcome.before == nil && outcome.removed.isEmpty)
    #expect(
      try site.peerValues() == [
        "index.html": "one", "lib/b=2E=2Ec=20d.txt": "two", "=5Fx": "three", "=C3=BC=2E=2E": "",
      ])
    let count = try await messageCount(site)
    let again = try site.reflect()
    #expect(!again.isChange && again.stored.isEmpty)
    #expect(try await messageCount(site) == count)
    // Changed files are written, removed ones are deleted, and the rest stays.
    try site.write(["index.html": "new", "_x": "three"])
    try site.publish()
    let changed = try site.reflect()
    #expect(changed.stored.map(\.key) == ["index.html"])
    #expect(changed.removed.sorted() == ["=C3=BC=2E=2E", "lib/b=2E=2Ec=20d.txt"])
    #expect(try site.peerValues() == ["index.html": "new", "=5Fx": "three"])
    let head = try site.peerHead()
    #expect(head["revision"]?.number == 2 && head["inline"]?.number == 100)
    #expect(head["manifest"]?.text == changed.manifest.hex)
    let history = String(decoding: try site.peer.run("values", "PATHS"), as: UTF8.self).split(separator: "\n")
    #expect(
      history.filter { $0.hasPrefix("index.html ") }.map { $0.split(separator: " ").last } == ["one", "new"])
  }

  @Test func `what is large is described`() async throws {
    let site = try await NATSSite()
    let large = String(repeating: "x", count: 3_000_000)
    try site.write(["large.txt": large, "small.txt": "s"])
    try site.publish()
    try site.reflect { $0.inlineLimit = 1_000 }
    let values = try site.peerValues()
    #expect(values["small.txt"] == "s")
    let json = try #require(values["large.txt"].flatMap { JSONValue(parsing: $0.utf8) })
    let digest = ModuleDigest(of: Array(large.utf8)).hex
    #expect(json["sha256"]?.text == digest && json["size"]?.number == 3_000_000)
    #expect(json["type"]?.text == "text/plain; charset=utf-8" && json["modified"]?.number == 1_700_000_000)
    let object = try #require(json["object"])
    #expect(object["name"]?.text == "b/" + digest)
    #expect(
      try site.peer.run("get_object", object["bucket"]?.text ?? "", object["name"]?.text ?? "")
        == Array(large.utf8))
    // With another form, the whole mirror is written again.
    try site.reflect { ($0.inlineLimit, $0.keys) = (0, .dots) }
    #expect(try site.peerValues().keys.sorted() == ["large=2Etxt", "small=2Etxt"])
    #expect(try site.peerValues()["small=2Etxt"]?.hasPrefix("{") == true)
  }

  @Test func `more than a batch holds is written in several, and taken up where it ended`() async throws {
    let site = try await NATSSite()
    let files = Dictionary(uniqueKeysWithValues: (0..<1_500).map { ("d\($0 % 9)/\($0).txt", "\($0)") })
    try site.write(files)
    try site.publish()
    #expect(try site.reflect { $0.inlineLimit = 100 }.stored.count == 1_500)
    #expect(try site.peerHead()["revision"]?.number == 1)
    let store = try await site.values.buckets.jetStream.keyValueStore("PATHS")
    #expect(try await store.keys().count == 1_501)
    // Changes by others are repaired, although nothing was published.
    try await store.put("d0/0.txt", ByteBuffer(string: "other"))
    try await store.delete("d1/1.txt")
    try await store.put("foreign", ByteBuffer(string: "x"))
    let repaired = try site.reflect()
    #expect(
      repaired.stored.map(\.key).sorted() == ["d0/0.txt", "d1/1.txt"] && repaired.removed == ["foreign"])
    #expect(try await store.keys().count == 1_501)
    #expect(try await store.get("d0/0.txt").map { String(buffer: $0) } == "0")
  }

  @Test(arguments: [nil, NATSServer.old])
  func `a mirror that was begun and not finished is none of a revision yet`(program: String?) async throws {
    let site = try await NATSSite(program: program)
    try site.write(["a.txt": "1", "b.txt": "2"])
    try site.publish()
    // The state after a run that was interrupted.
    let store = try await site.values.buckets.jetStream.createKeyValueStore(
      KeyValueConfiguration(bucket: "PATHS"))
    let form = MirrorForm(inlineLimit: 10, keys: .slashes)
    try await store.put(MirrorHead.key, MirrorHead(of: "SITE", NATSSite.name, form, nil).value)
    try await store.put("a.txt", ByteBuffer(string: "1"))
    let outcome = try site.reflect()
    #expect(outcome.before == nil && outcome.stored.count == 2)
    #expect(try site.peerValues() == ["a.txt": "1", "b.txt": "2"])
    #expect(try site.peerHead()["revision"]?.number == 1)
    let batches = try await site.values.buckets.jetStream.keyValueStatus("PATHS").configuration
      .allowsAtomicPublish
    #expect(batches == (program == nil ? true : nil))
  }

  @Test func `of two who write at once both end with the newest revision`() async throws {
    let site = try await NATSSite()
    try site.write(["a.txt": "1", "b.txt": "2"])
    try site.publish()
    let late = try site.mirror { $0.inlineLimit = 10 }
    let found = try late.open()
    try site.reflect { $0.inlineLimit = 10 }
    try site.write(["a.txt": "3"])
    try site.publish()
    try site.reflect()
    // The state that it found is outdated.
    let outcome = try late.write(found)
    #expect(!outcome.isChange)
    #expect(try site.peerValues() == ["a.txt": "3"])
  }

  @Test func `a bucket of something else is refused, with nothing changed`() async throws {
    let site = try await NATSSite()
    try site.write(["a.txt": "1"])
    try site.publish()
    let store = try await site.values.buckets.jetStream.createKeyValueStore(
      KeyValueConfiguration(bucket: "PATHS"))
    try await store.put("mine", ByteBuffer(string: "x"))
    #expect(throws: Failure.self) { try site.mirror().open() }
    try await store.delete("mine")
    try site.reflect()
    let other = try NATSMirror(
      NATSMirror.Request(bucket: "PATHS"), of: site.target, HeadName(store: "default", branch: "other"),
      cache: nil, .init())
    #expect(throws: Failure.self) { try other.open() }
    #expect(throws: Failure.self) { try site.mirror { $0 = NATSMirror.Request(bucket: "SITE") } }
    // Values that the server does not accept are refused before anything is sent.
    #expect(throws: Failure.self) { try site.mirror { $0.inlineLimit = 1 << 20 }.open() }
    #expect(try site.peerValues().count == 1)
  }

  @Test(arguments: [0, 1_500]) func `a dry run tells the requests of the run`(count: Int) async throws {
    let site = try await NATSSite()
    try site.write(Dictionary(uniqueKeysWithValues: (0..<count + 3).map { ("\($0).txt", "\($0)") }))
    for _ in 0..<2 {
      let published = try site.publish()
      let mirror = try site.mirror { $0.inlineLimit = 10 }
      let found = try mirror.open()
      let planned = try mirror.plan(found, after: published)
      let before = site.target.requestCount
      let outcome = try mirror.write(found)
      #expect(site.target.requestCount - before == planned.requests)
      #expect(planned.stored.map(\.key) == outcome.stored.map(\.key))
    }
  }

  @Test func `paths are keys and no two are the same`() {
    func keys(_ path: String) -> [String] {
      NATSKey.Style.allCases.map { NATSKey.escaped(path: Array(path.utf8), $0) }
    }
    #expect(keys("lib/a.wasm") == ["lib/a.wasm", "lib.a=2Ewasm"])
    #expect(keys(".gitignore") == ["=2Egitignore", "=2Egitignore"])
    #expect(keys("a..b/c.") == ["a=2E=2Eb/c=2E", "a=2E=2Eb.c=2E"])
    #expect(keys("a=b*>") == ["a=3Db=2A=3E", "a=3Db=2A=3E"])
    #expect(keys("_kv/_x") == ["=5Fkv/_x", "=5Fkv._x"])
    #expect(keys("_wasmstore.head") == ["=5Fwasmstore.head", "=5Fwasmstore=2Ehead"])
    #expect(NATSKey.unescaped("=5Fwasmstore.head") == "_wasmstore.head")
  }
}
