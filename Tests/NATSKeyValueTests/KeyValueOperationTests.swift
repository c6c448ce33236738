import NATSCore
import NATSJetStream
import NIOCore
import Testing

@testable import NATSKeyValue

/// Writes and reads of single keys, with the names of the tests of async-nats.
@Suite(.sharedServer) struct KeyValueOperationTests {
  @Test func create() async throws {
    let store = try await makeBucket()
    let first = try await store.create("key", "a")
    #expect(await failure { try await store.create("key", "b") } == .keyExists("key"))
    try await store.delete("key")
    #expect(try await store.create("key", "c") > first)
    #expect(try await store.text("key") == "c")
    try await store.purge("key")
    try await store.create("key", "d")
    #expect(await failure { try await store.create("key", "e") } == .keyExists("key"))
    #expect(try await store.text("key") == "d")
    // The server itself purges the subject.
    try await store.jetStream.purgeStream(store.stream)
    try await store.create("key", "f")
    #expect(try await store.text("key") == "f")
  }

  @Test func create_with_failure() async throws {
    let store = try await makeBucket()
    let error = await failure { try await store.create("", "a") }
    #expect(error == .invalidKey("", .empty))
    #expect("\(KeyValueError.InvalidKey.empty)" == "key cannot be empty")
    #expect(await failure { try await store.put("a b", "") } == .invalidKey("a b", .character))
    #expect(await failure { _ = try await store.get(".a") } == .invalidKey(".a", .dot))
    #expect(await failure { try await store.delete("a.") } == .invalidKey("a.", .dot))
    #expect(await failure { try await store.purge("a..b") } == .invalidKey("a..b", .dot))
    #expect(await failure { _ = try await store.entry("_kv.a") } == .invalidKey("_kv.a", .reserved))
    #expect(await failure { _ = try await store.watch("a*") } == .invalidPattern("a*", .wildcard))
  }

  @Test func put() async throws {
    let store = try await makeBucket()
    for value in ["a", "b", "", "a\r\nMSG b 1 0\r\n\0"] {
      try await store.put("key", value)
      #expect(try await store.text("key") == value)
    }
    let entry = try #require(try await store.entry("key", from: .leader))
    #expect(entry.revision == 4)
    #expect(entry.isValue && entry.isCurrent && entry.pending == 0)
    #expect(entry.bucket == store.bucket)
    #expect(entry.created > 1_700_000_000_000_000_000)
  }

  @Test func get() async throws {
    let store = try await makeBucket()
    try await store.put("key", "a")
    for source in [ReadSource.any, .leader] {
      #expect(try await store.text("key", from: source) == "a")
      #expect(try await store.text("absent", from: source) == nil)
    }
  }

  @Test func entry() async throws {
    let store = try await makeBucket { $0.history = 10 }
    try await store.put("key", "a")
    try await store.put("key", "b")
    func check(_ store: KeyValueStore) async throws {
      for source in [ReadSource.any, .leader] {
        #expect(try await store.entry("key", from: source)?.line == "key 2 = b")
        #expect(try await store.entry("absent", from: source) == nil)
        #expect(try await store.entry("key", revision: 1, from: source)?.line == "key 1 = a")
        #expect(try await store.entry("key", revision: 250, from: source) == nil)
        #expect(try await store.entry("key", revision: 0, from: source) == nil)
        #expect(try await store.entry("other", revision: 1, from: source) == nil)
      }
    }
    try await check(store)
    var stream = try await store.status().stream.configuration
    stream.allowsDirect = false
    _ = try await store.jetStream.updateStream(stream)
    try await check(store)
    try await check(try await store.jetStream.keyValueStore(store.bucket))
  }

  @Test func update() async throws {
    let store = try await makeBucket()
    let first = try await store.put("key", "a")
    #expect(try await store.update("key", "b", at: first) == first + 1)
    #expect(try await store.text("key") == "b")
    #expect(await failure { try await store.update("key", "c", at: first) } == .wrongLastRevision(first + 1))
    #expect(await failure { try await store.update("key", "c", at: 0) } == .wrongLastRevision(first + 1))
    #expect(try await store.update("new", "d", at: 0) == first + 2)
  }

  @Test func delete() async throws {
    let store = try await makeBucket { $0.history = 10 }
    try await store.put("key", "a")
    #expect(try await store.delete("key") == 2)
    #expect(try await store.get("key") == nil)
    #expect(try await store.entry("key")?.line == "key 2 deleted")
    #expect(try await store.lines(try await store.history("key")) == ["key 1 = a", "key 2 deleted"])
    #expect(try await store.delete("absent") == 3)
  }

  @Test func delete_expect_revision() async throws {
    let store = try await makeBucket { $0.history = 10 }
    let revision = try await store.put("key", "a")
    #expect(await failure { try await store.delete("key", at: 0) } == .wrongLastRevision(revision))
    #expect(await failure { try await store.delete("key", at: 7) } == .wrongLastRevision(revision))
    try await store.delete("key", at: revision)
    #expect(try await store.lines(try await store.history("key")) == ["key 1 = a", "key 2 deleted"])
  }

  @Test func purge() async throws {
    let store = try await makeBucket { $0.history = 10 }
    for number in 0..<6 { try await store.put("key", "\(number)") }
    #expect(try await store.lines(try await store.history("key")).count == 6)
    try await store.purge("key")
    #expect(try await store.lines(try await store.history("key")) == ["key 7 purged"])
  }

  @Test func purge_expect_revision() async throws {
    let store = try await makeBucket { $0.history = 10 }
    try await store.put("key", "a")
    let revision = try await store.put("key", "b")
    #expect(await failure { try await store.purge("key", at: 1) } == .wrongLastRevision(revision))
    try await store.purge("key", at: revision)
    #expect(try await store.lines(try await store.history("key")) == ["key 3 purged"])
  }

  @Test(arguments: [true, false])
  func republish_headers_handling(isDirect: Bool) async throws {
    let store = try await makeBucket()
    let from = bucketName()
    var stream = StreamConfiguration(name: from, subjects: ["\(from).>"])
    stream.republish = .init(source: "\(from).>", destination: "$KV.\(store.bucket).>")
    let jetStream = try jetStream()
    _ = try await jetStream.createStream(stream)
    for _ in 0..<3 { _ = try await jetStream.publish("\(from).other", ByteBuffer()) }
    try await store.jetStream.purgeStream(store.stream)
    let before = try await store.status().lastRevision
    for number in 1...2 {
      _ = try await jetStream.publish("\(from).key", ByteBuffer(string: "\(number)"))
      #expect(
        try await eventually {
          try await store.entry("key", from: isDirect ? .any : .leader)?.revision == before + Int64(number)
        })
    }
    #expect(try await store.entry("key")?.line == "key \(before + 2) = 2")
  }

  @Test func create_with_ttl() async throws {
    let store = try await makeBucket { $0.limitMarkers = .seconds(1) }
    try await store.create("key", "a", timeToLive: .after(.seconds(1)))
    #expect(try await store.text("key") == "a")
    #expect(try await eventually { try await store.get("key", from: .leader) == nil })
    // After a marker too, it expires after the stated time.
    try await store.delete("again")
    try await store.create("again", "b", timeToLive: .after(.seconds(1)))
    #expect(try await store.text("again") == "b")
    #expect(try await eventually { try await store.get("again", from: .leader) == nil })
    try await store.create("always", "c", timeToLive: .never)
    #expect(
      await failure { try await store.create("short", "d", timeToLive: .after(.milliseconds(500))) }
        == .invalidTimeToLive(.milliseconds(500)))
    #expect(
      await failure { try await store.create("short", "d", timeToLive: .after(.zero)) }
        == .invalidTimeToLive(.zero))
    #expect(try await store.entry("short") == nil)
    let plain = try await makeBucket()
    #expect(
      await failure { try await plain.create("key", "a", timeToLive: .after(.seconds(1))) }
        == .timeToLiveNotAllowed)
  }

  @Test func purge_with_ttl() async throws {
    let store = try await makeBucket {
      $0.history = 10
      $0.limitMarkers = .seconds(1)
    }
    for number in 0..<10 {
      try await store.put("key1", "\(number)")
      try await store.put("key2", "\(number)")
    }
    #expect(try await store.status().valueCount == 20)
    try await store.purge("key1", timeToLive: .after(.seconds(1)))
    #expect(try await store.status().valueCount == 11)
    #expect(try await eventually { try await store.status().valueCount == 10 })
    #expect(try await store.entry("key1", from: .leader) == nil)
  }

  @Test func `the longest key is taken, and a longer one refused before anything is sent`() async throws {
    let store = try await makeBucket()
    let longest = String(repeating: "k", count: 3_900)
    try await store.put(longest, "a")
    #expect(try await store.text(longest, from: .any) == "a")
    #expect(try await store.text(longest) == "a")
    #expect(try await store.lines(try await store.history(longest)).count == 1)
    let longer = longest + "k"
    #expect(await failure { try await store.put(longer, "a") } == .invalidKey(longer, .tooLong))
    let value = ByteBuffer(repeating: 0, count: 2 << 20)
    let limit = store.jetStream.client.serverInfo.maximumPayload
    #expect(
      await failure { try await store.put("key", value) }
        == .jetStream(.client(.payloadTooLarge(limit: limit))))
  }

  @Test func `what the server does not know is no value`() async throws {
    let store = try await makeBucket()
    for (name, value, line) in [
      ("KV-Operation", "LATER", "key 1 LATER?"), ("Nats-Marker-Reason", "Remove", "key 2 deleted"),
      ("Nats-Marker-Reason", "MaxAge", "key 3 purged"), ("KV-Operation", "PUT", "key 4 = x"),
    ] {
      let headers = [name: value].reduce(into: NATSHeaders()) { $0.append($1.key, $1.value) }
      _ = try await store.jetStream.publish(
        "$KV.\(store.bucket).key", ByteBuffer(string: "x"), headers: headers)
      #expect(try await store.entry("key")?.line == line)
      #expect(try await store.lines(try await store.history("key")) == [line])
      #expect((try await store.get("key") == nil) == (value != "PUT"))
    }
  }

  @Test func `a full bucket and a large value are told apart`() async throws {
    let store = try await makeBucket {
      $0.byteLimit = 4_096
      $0.valueByteLimit = 2_000
    }
    #expect(
      await failure { try await store.put("a", ByteBuffer(repeating: 1, count: 2_001)) } == .valueTooLarge)
    try await store.put("a", ByteBuffer(repeating: 1, count: 1_900))
    try await store.put("b", ByteBuffer(repeating: 1, count: 1_900))
    #expect(await failure { try await store.put("c", ByteBuffer(repeating: 1, count: 1_900)) } == .bucketFull)
  }

  @Test func `many writes go out at once, and the first failure ends them`() async throws {
    let store = try await makeBucket()
    let writer = store.writer()
    for number in 0..<2_000 { try await writer.put("k.\(number)", ByteBuffer(string: "\(number)")) }
    #expect(try await writer.finish() == 2_000)
    #expect(try await store.text("k.1999") == "1999")
    #expect(try await store.keys().count == 2_000)
    let failing = store.writer()
    try await failing.put("k.0", ByteBuffer(string: "new"), at: 1)
    try await failing.put("k.1", ByteBuffer(string: "new"), at: 1)
    // The failure of the previous write may be reported here, or only at the end.
    let third = await failure { try await failing.delete("k.2") }
    #expect(third == nil || third == .wrongLastRevision(2))
    #expect(await failure { try await failing.finish() } == .wrongLastRevision(2))
    #expect(await failure { try await failing.purge("k.3") } == .wrongLastRevision(2))
    #expect(try await store.text("k.0") == "new")
    #expect(try await store.text("k.1") == "1")
  }

  @Test func `what is left of deleted keys can be deleted`() async throws {
    let store = try await makeBucket { $0.history = 5 }
    for key in ["a", "b", "c"] {
      try await store.put(key, "1")
      try await store.put(key, "2")
    }
    try await store.delete("a")
    try await store.delete("b")
    // Young markers stay, without the older revisions.
    #expect(try await store.purgeMarkers() == 4)
    #expect(try await store.lines(try await store.entries()) == ["c 6 = 2", "a 7 deleted", "b 8 deleted"])
    #expect(try await store.purgeMarkers(olderThan: .zero) == 2)
    #expect(try await store.lines(try await store.history(">")) == ["c 5 = 1", "c 6 = 2"])
  }

  @Test func `without a bucket nothing is written`() async throws {
    let store = try await makeBucket()
    try await store.jetStream.deleteKeyValueStore(store.bucket)
    let gone = KeyValueError.bucketNotFound(store.bucket)
    #expect(await failure { try await store.put("key", "a") } == gone)
    #expect(await failure { try await store.create("key", "a") } == gone)
    #expect(await failure { _ = try await store.get("key") } == gone)
    #expect(await failure { _ = try await store.get("key", from: .leader) } == gone)
    #expect(await failure { _ = try await store.keys() } == gone)
    #expect(await failure { _ = try await store.watch() } == gone)
    #expect(await failure { _ = try await store.status() } == gone)
  }
}
