import NATSCore
import NATSJetStream
import NATSKeyValue
import NATSTesting
import NIOCore
import Testing

/// Batches: several changes are applied together or not at all.
@Suite(.sharedServer) struct KeyValueBatchTests {
  private func makeAtomicBucket() async throws -> KeyValueStore {
    try await makeBucket {
      $0.history = 5
      $0.allowsAtomicPublish = true
    }
  }

  @Test func `a batch stores, deletes and takes headers along`() async throws {
    let store = try await makeAtomicBucket()
    try await store.put("old", "1")
    var batch = try store.batch()
    try batch.put("a", ByteBuffer(string: "2"), at: 0, headers: ["Content-Type": "text/plain"])
    try batch.delete("old", at: 1)
    try batch.put("b/c", ByteBuffer())
    #expect(batch.count == 3)
    #expect(try await batch.commit() == 4)
    #expect(try await store.keys() == ["a", "b/c"])
    #expect(try await store.text("a") == "2")
    // Read by the key and by a scan, the headers are there.
    #expect(try await store.entry("a", from: .leader)?.headers["Content-Type"] == "text/plain")
    #expect(try await store.entry("a", from: .any)?.headers["Content-Type"] == "text/plain")
    for try await entry in try await store.entries("a", onlyHeaders: true) {
      #expect(entry.headers["Content-Type"] == "text/plain")
      #expect(entry.valueLength == 1)
    }
    #expect(try await store.entry("b/c", from: .leader)?.isValue == true)
  }

  @Test func `a batch in which one key is otherwise changes nothing`() async throws {
    let store = try await makeAtomicBucket()
    let revision = try await store.put("a", "1")
    try await store.put("a", "2")
    var batch = try store.batch()
    for number in 0..<50 { try batch.put("k\(number)", ByteBuffer(string: "x")) }
    try batch.put("a", ByteBuffer(string: "3"), at: revision)
    let lost = batch
    guard case .wrongLastRevision? = await failure({ try await lost.commit() }) else {
      Issue.record("it was done")
      return
    }
    #expect(try await store.keys() == ["a"])
    #expect(try await store.text("a") == "2")
  }

  @Test func `a batch has a thousand changes, and no more`() async throws {
    let store = try await makeAtomicBucket()
    var batch = try store.batch()
    for number in 0..<KeyValueBatch.limit {
      try batch.put("k\(number)", ByteBuffer(repeating: 1, count: 2_000))
    }
    try await batch.commit()
    #expect(try await store.keys().count == KeyValueBatch.limit)
    try batch.put("more", ByteBuffer())
    let tooMany = batch
    guard case .jetStream(.refused(let refusal))? = await failure({ try await tooMany.commit() }) else {
      Issue.record("it was taken")
      return
    }
    #expect(refusal.code == .atomicPublishTooLarge)
    var large = try store.batch()
    try large.put("small", ByteBuffer())
    try large.put("large", ByteBuffer(repeating: 1, count: 1 << 20))
    let tooLarge = large
    #expect(
      await failure { try await tooLarge.commit() } == .jetStream(.client(.payloadTooLarge(limit: 1 << 20))))
    #expect(try await store.keys().count == KeyValueBatch.limit)
  }

  @Test func `a bucket that takes no batches says so`() async throws {
    let store = try await makeBucket()
    #expect(await failure { _ = try store.batch() } == .atomicPublishNotAllowed)
    // If it is sent nevertheless, the server refuses the whole batch.
    var batch = AtomicBatch()
    for number in 0..<3 { batch.append("$KV.\(store.bucket).k\(number)", ByteBuffer(string: "x")) }
    let refused = batch
    await #expect(throws: JetStreamError.self) { try await jetStream().publish(refused) }
    #expect(try await store.keys() == [])
  }
}
