import Crypto
import NATSCore
import NATSJetStream
import NATSObjectStore
import NATSTesting
import NIOCore
import Testing

@Suite struct ObjectStoreTests {
  private func withStore(_ body: (ObjectStore) async throws -> Void) async throws {
    let server = try NATSServer()
    let client = try await NATSClient.connect(server.options)
    try await body(
      try await ObjectStore.create(ObjectStore.Configuration(bucket: "B"), in: JetStream(client)))
    await client.close()
  }

  private func bytes(_ count: Int, seed: UInt8 = 0) -> ByteBuffer {
    ByteBuffer(bytes: (0..<count).lazy.map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) &+ seed })
  }

  /// The number of descriptions and of parts in the bucket.
  private func subjects(_ store: ObjectStore) async throws -> [Int] {
    var scan = try await store.jetStream.scan(store.stream)
    var counts = [0, 0]
    while let delivery = try await scan.next() {
      counts[delivery.message.subject.hasPrefix("$O.B.M.") ? 0 : 1] += 1
    }
    return counts
  }

  @Test(arguments: [0, 1, 131_071, 131_072, 131_073, 3 << 20])
  func `an object comes back as it was stored`(count: Int) async throws {
    try await withStore { store in
      var metadata = ObjectMetadata(name: "ü/\u{1f600} a")
      metadata.description = "an object"
      metadata.headers = ["A": ["1", "2"]]
      metadata.metadata = ["k": "v"]
      let stored = try await store.put(metadata, bytes(count))
      #expect(stored.chunkCount == (count + 131_071) / 131_072)
      for source in [ReadSource.leader, .any] {
        let found = try await store.get(metadata.name, from: source)
        #expect(found.bytes == bytes(count))
        #expect(found.info.metadata.headers == metadata.headers)
        #expect(found.info.metadata.metadata == metadata.metadata)
        #expect(found.info.metadata.description == "an object")
        #expect(found.info.digest == Array(SHA256.hash(data: Array(bytes(count).readableBytesView))))
        #expect(found.info.sequence == stored.sequence)
      }
      #expect(try await store.list().map(\.name) == [metadata.name])
    }
  }

  @Test func `what replaces an object leaves nothing of it`() async throws {
    try await withStore { store in
      try await store.put(ObjectMetadata(name: "a"), bytes(300_000))
      try await store.put(ObjectMetadata(name: "a"), bytes(10))
      #expect(try await store.get("a").bytes == bytes(10))
      #expect(try await subjects(store) == [1, 1])
      try await store.delete("a")
      #expect(try await subjects(store) == [1, 0])
      #expect(try await store.info("a") == nil)
      #expect(try await store.info("a", withDeleted: true)?.isDeleted == true)
      #expect(try await store.list().isEmpty)
      await #expect(throws: ObjectStoreError.notFound("a")) { _ = try await store.get("a") }
      try await store.delete("a")
      await #expect(throws: ObjectStoreError.notFound("b")) { try await store.delete("b") }
    }
  }

  @Test func `an object is created once, and again after it was deleted`() async throws {
    try await withStore { store in
      let first = try await store.put(ObjectMetadata(name: "a"), bytes(200_000), .creating)
      await #expect(throws: ObjectStoreError.exists("a")) {
        try await store.put(ObjectMetadata(name: "a"), bytes(200_000, seed: 1), .creating)
      }
      #expect(try await store.get("a").bytes == bytes(200_000))
      #expect(try await subjects(store) == [1, 2])
      let renewed = try await store.update(first)
      #expect(renewed.sequence > first.sequence)
      await #expect(throws: ObjectStoreError.changed("a")) { _ = try await store.update(first) }
      await #expect(throws: ObjectStoreError.changed("a")) { try await store.delete("a", at: first.sequence) }
      try await store.delete("a", at: renewed.sequence)
      try await store.put(ObjectMetadata(name: "a"), bytes(5), .creating)
      #expect(try await store.get("a").bytes == bytes(5))
    }
  }

  @Test func `of many who create an object one wins, and the others leave nothing`() async throws {
    try await withStore { store in
      let won = try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<12 {
          group.addTask {
            do {
              try await store.put(ObjectMetadata(name: "a"), bytes(300_000, seed: UInt8(number)), .creating)
              return true
            } catch ObjectStoreError.exists {
              return false
            }
          }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(won == 1)
      let left = try await subjects(store)
      #expect(left == [1, 3])
      _ = try await store.get("a")
    }
  }

  @Test func `what fails while it is read leaves nothing`() async throws {
    try await withStore { store in
      var count = 0
      await #expect(throws: ObjectStoreError.unreadable("source")) {
        try await store.put(ObjectMetadata(name: "a"), .replacing) { limit throws(ObjectStoreError) in
          count += 1
          guard count < 5 else { throw .unreadable("source") }
          return ByteBuffer(repeating: 0, count: limit)
        }
      }
      let left = try await subjects(store)
      #expect(left == [0, 0])
    }
  }

  /// A store behind a proxy, with a short time-out for requests.
  private func withFaults(_ body: (ObjectStore, FaultyProxy) async throws -> Void) async throws {
    let server = try NATSServer()
    let proxy = try await FaultyProxy(before: server)
    var options = proxy.options
    options.requestTimeout = .milliseconds(500)
    let client = try await NATSClient.connect(options)
    try await body(
      try await ObjectStore.create(ObjectStore.Configuration(bucket: "B"), in: JetStream(client)), proxy)
    await client.close()
  }

  @Test(arguments: [ObjectStore.Condition.replacing, .creating])
  func `an object whose last acknowledgement is lost is stored`(condition: ObjectStore.Condition) async throws
  {
    try await withFaults { store, proxy in
      proxy.set(.dropping("\"seq\":4}"))
      let info = try await store.put(ObjectMetadata(name: "a"), bytes(300_000), condition)
      #expect(info.sequence == 4)
      #expect(try await store.get("a", from: .leader).bytes == bytes(300_000))
      let left = try await subjects(store)
      #expect(left == [1, 3])
    }
  }

  @Test func `an object whose parts are not acknowledged leaves nothing`() async throws {
    try await withFaults { store, proxy in
      proxy.set(.dropping("\"seq\":2}"))
      await #expect(throws: ObjectStoreError.jetStream(.client(.timedOut))) {
        try await store.put(ObjectMetadata(name: "a"), bytes(300_000))
      }
      let left = try await subjects(store)
      #expect(left == [0, 0])
    }
  }

  @Test func `parts without an object are found and deleted once they are old`() async throws {
    try await withStore { store in
      try await store.put(ObjectMetadata(name: "a"), bytes(300_000))
      try await store.put(ObjectMetadata(name: "b"), bytes(10))
      try await store.delete("b")
      for number in 0..<5 {
        for _ in 0..<2 { _ = try await store.jetStream.publish("$O.B.C.PART\(number)", bytes(100)) }
      }
      let soon = try #require(try await store.status().time) + 1_000_000_000
      #expect(try await store.leftovers(before: soon - 3_600_000_000_000) == [])
      let leftovers = try await store.leftovers(before: soon)
      #expect(leftovers.map(\.nuid) == (0..<5).map { "PART\($0)" })
      // Parts that arrive meanwhile stay.
      _ = try await store.jetStream.publish("$O.B.C.PART4", bytes(100))
      try await store.delete(leftovers)
      let left = try await subjects(store)
      #expect(left == [2, 4])
      #expect(try await store.get("a").bytes == bytes(300_000))
    }
  }

  @Test func `an object whose parts are damaged is not given out`() async throws {
    try await withStore { store in
      let info = try await store.put(ObjectMetadata(name: "a"), bytes(100))
      let part = "$O.B.C.\(info.nuid)"
      _ = try await store.jetStream.purgeStream(store.stream, filter: part)
      _ = try await store.jetStream.publish(part, bytes(100, seed: 1))
      await #expect(throws: ObjectStoreError.damaged("a")) { _ = try await store.get("a") }
    }
  }

  @Test func `buckets are created once, opened and deleted`() async throws {
    try await withStore { store in
      let jetStream = store.jetStream
      var configuration = ObjectStore.Configuration(bucket: "B")
      _ = try await ObjectStore.create(configuration, in: jetStream)
      configuration.description = "other"
      let other = configuration
      await #expect(throws: ObjectStoreError.bucketExists("B")) {
        _ = try await ObjectStore.create(other, in: jetStream)
      }
      #expect(try await ObjectStore.open("B", in: jetStream).bucket == "B")
      try await store.deleteBucket()
      await #expect(throws: ObjectStoreError.bucketNotFound("B")) {
        _ = try await ObjectStore.open("B", in: jetStream)
      }
      await #expect(throws: ObjectStoreError.bucketNotFound("B")) { _ = try await store.info("a") }
      await #expect(throws: ObjectStoreError.invalidName("a.b")) {
        _ = try await ObjectStore.open("a.b", in: jetStream)
      }
    }
  }
}
