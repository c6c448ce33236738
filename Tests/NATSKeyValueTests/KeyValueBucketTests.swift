import NATSCore
import NATSJetStream
import NIOCore
import Testing

@testable import NATSKeyValue

/// The configuration of buckets, with the names of the tests of async-nats.
@Suite(.sharedServer) struct KeyValueBucketTests {
  @Test func create_bucket() async throws {
    let store = try await makeBucket()
    let stream = try await store.status().stream.configuration
    #expect(stream.name == "KV_\(store.bucket)")
    #expect(stream.subjects == ["$KV.\(store.bucket).>"])
    #expect(stream.discard == .new)
    #expect(stream.allowsDirect == true)
    #expect(stream.allowsRollup == true)
    #expect(stream.deniesDelete == true)
    #expect(stream.messagesPerSubject == 1)
  }

  @Test func `each field reaches the server and comes back`() async throws {
    var configuration = KeyValueConfiguration(bucket: bucketName())
    configuration.description = "a bucket"
    configuration.history = 7
    configuration.age = .seconds(3_600)
    configuration.valueByteLimit = 10_000
    configuration.byteLimit = 1 << 20
    configuration.storage = .memory
    configuration.isCompressed = false
    configuration.metadata = ["a": "b"]
    configuration.limitMarkers = .seconds(5)
    configuration.allowsAtomicPublish = true
    configuration.republish = .init(
      source: "$KV.\(configuration.bucket).>", destination: "copy.\(configuration.bucket).>")
    let jetStream = try jetStream()
    let store = try await jetStream.createKeyValueStore(configuration)
    _ = try await jetStream.createKeyValueStore(configuration)
    let status = try await store.status()
    let found = status.configuration
    #expect(found.bucket == configuration.bucket)
    #expect(found.description == "a bucket")
    #expect(found.history == 7)
    #expect(found.age == .seconds(3_600))
    #expect(found.valueByteLimit == 10_000)
    #expect(found.byteLimit == 1 << 20)
    #expect(found.storage == .memory)
    #expect(found.replicas == 1)
    #expect(found.metadata == ["a": "b"])
    #expect(found.limitMarkers == .seconds(5))
    #expect(found.allowsAtomicPublish == true)
    #expect(found.republish == configuration.republish)
    #expect(found.mirror == nil && found.sources.isEmpty)
    #expect(status.allowsTimeToLive && status.allowsDirectReads)
    try await store.put("a", "1")
    try await store.put("a", "2")
    let full = try await store.status()
    #expect(full.valueCount == 2)
    #expect(full.lastRevision == 2)
    #expect(full.byteCount > 0)
    configuration.history = 8
    #expect(
      await failure { _ = try await jetStream.createKeyValueStore(configuration) }
        == .bucketExists(configuration.bucket))
    let compressed = try await makeBucket { $0.isCompressed = true }
    #expect(try await compressed.status().configuration.isCompressed)
  }

  @Test func `what cannot be a bucket is refused`() async throws {
    let jetStream = try jetStream()
    for name in ["", "a.b", "a b", "ä", "a\n", "a*", "a>"] {
      #expect(
        await failure { _ = try await jetStream.createKeyValueStore(KeyValueConfiguration(bucket: name)) }
          == .invalidBucket(name))
      #expect(await failure { _ = try await jetStream.keyValueStore(name) } == .invalidBucket(name))
    }
    #expect(await failure { _ = try await makeBucket { $0.history = 65 } } == .historyTooLong(65))
    let none = try await makeBucket { $0.history = 0 }
    #expect(try await none.status().configuration.history == 1)
    guard case .jetStream(let alone)? = await failure({ _ = try await makeBucket { $0.replicas = 3 } }) else {
      throw NoEntry()
    }
    #expect(alone.code == .replicasNotSupported)
    let absent = bucketName()
    #expect(await failure { _ = try await jetStream.keyValueStore(absent) } == .bucketNotFound(absent))
    #expect(await failure { try await jetStream.deleteKeyValueStore(absent) } == .bucketNotFound(absent))
    _ = try await jetStream.createStream(StreamConfiguration(name: "KV_\(absent)", subjects: [absent]))
    #expect(await failure { _ = try await jetStream.keyValueStore(absent) } == .notABucket("KV_\(absent)"))
  }

  @Test func create_or_update_key_value() async throws {
    let jetStream = try jetStream()
    var configuration = KeyValueConfiguration(bucket: bucketName())
    configuration.history = 15
    let absent = configuration
    #expect(
      await failure { _ = try await jetStream.updateKeyValueStore(absent) } == .bucketNotFound(absent.bucket))
    for (history, isUpdate) in [(15, false), (20, true), (50, false)] {
      configuration.history = history
      let store =
        isUpdate
        ? try await jetStream.updateKeyValueStore(configuration)
        : try await jetStream.createOrUpdateKeyValueStore(configuration)
      #expect(try await store.status().configuration.history == history)
    }
  }

  @Test func republish() async throws {
    let name = bucketName()
    let store = try await makeBucket {
      $0.bucket = name
      $0.republish = .init(source: ">", destination: "\(name).>")
    }
    let subscription = try store.jetStream.client.subscribe("\(name).>")
    try await store.put("key", "data")
    var messages = subscription.makeAsyncIterator()
    let message = try #require(try await messages.next())
    #expect(message.subject == "\(name).$KV.\(name).key")
    #expect(message.payload == ByteBuffer(string: "data"))
  }

  @Test func limit_markers() async throws {
    let plain = try await makeBucket()
    #expect(try await plain.status().configuration.limitMarkers == nil)
    #expect(try await plain.status().allowsTimeToLive == false)
    let marked = try await makeBucket { $0.limitMarkers = .seconds(10) }
    #expect(try await marked.status().configuration.limitMarkers == .seconds(10))
    #expect(try await marked.status().allowsTimeToLive)
  }

  @Test func test_direct_get_with_long_bucket_names() async throws {
    let name = "test-bucket-with-a-long-name-\(UInt64.random(in: 0...9_999))-and-several-hyphens"
    let store = try await makeBucket { $0.bucket = name }
    let key = "another-quite-long-key-with-hyphens-and-digits-0123456789-x"
    try await store.put(key, "value")
    #expect(try await store.text(key, from: .any) == "value")
  }

  @Test func `buckets are listed, and gone once deleted`() async throws {
    let jetStream = try jetStream()
    let (first, second) = (try await makeBucket(), try await makeBucket { $0.history = 3 })
    let names = try await jetStream.keyValueBuckets()
    #expect(names.contains(first.bucket) && names.contains(second.bucket))
    let statuses = try await jetStream.keyValueStatuses()
    #expect(statuses.first { $0.bucket == second.bucket }?.configuration.history == 3)
    try await jetStream.deleteKeyValueStore(first.bucket)
    #expect(try await !jetStream.keyValueBuckets().contains(first.bucket))
  }

  @Test func `a copy of the same account is read and written as its origin`() async throws {
    let origin = try await makeBucket()
    try await origin.put("a", "1")
    let copy = try await makeBucket { $0.mirror = StreamSource(name: origin.bucket) }
    #expect(try await copy.status().stream.configuration.mirrorsDirect == true)
    #expect(try await eventually { try await copy.text("a", from: .any) == "1" })
    try await copy.put("b", "2")
    #expect(try await origin.text("b") == "2")
    #expect(try await eventually { try await copy.text("b", from: .any) == "2" })
    #expect(try await copy.keys() == ["a", "b"])
    var events = try await copy.watch(from: .last).makeAsyncIterator()
    #expect(try await copy.lines(&events, 3) == ["a 1 = 1", "b 2 = 2", "current"])
    #expect(try await copy.jetStream.keyValueBuckets().contains(copy.bucket))
    #expect(try await copy.status().configuration.mirror?.name == origin.stream)
  }

  @Test func `sources give a bucket their keys`() async throws {
    let (first, second) = (try await makeBucket(), try await makeBucket())
    try await first.put("a.x", "1")
    try await second.put("b", "2")
    try await second.put("c.d.e", "3")
    let both = try await makeBucket {
      var part = StreamSource(name: second.stream)
      part.filter = "$KV.\(second.bucket).c.*.>"
      $0.sources = [StreamSource(name: first.bucket), part]
    }
    #expect(try await eventually { try await both.keys() == ["a.x", "c.d.e"] })
    #expect(try await both.text("a.x", from: .any) == "1")
    #expect(try await both.text("c.d.e") == "3")
  }
}
