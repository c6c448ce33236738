import JSONText
import NATSCore
import NATSJetStream
import NATSTesting
import NIOCore
import Testing

@testable import NATSKeyValue

/// Compares our client with the Python client: each reads the data of the other.
@Suite(.sharedServer) struct KeyValuePeerTests {
  private func peer() throws -> NATSPeer { NATSPeer(try #require(SharedServer.current).server) }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func `each reads what the other stores`() async throws {
    let (peer, store) = (try peer(), try await makeBucket { $0.history = 5 })
    let bucket = store.bucket
    let bytes = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    let first = try await store.put("lib/a.wasm", ByteBuffer(bytes: bytes))
    #expect(try peer.run("get_value", bucket, "lib/a.wasm") == bytes)
    #expect(text(try peer.run("value", bucket, "put", "theirs", input: bytes)) == "2\n")
    #expect(try await store.get("theirs", from: .leader) == ByteBuffer(bytes: bytes))
    try await store.update("lib/a.wasm", "new", at: first)
    #expect(try peer.run("get_revision", bucket, "lib/a.wasm", "\(first)") == bytes)
    // Each accepts the other's revisions, and neither a wrong one.
    #expect(
      text(try peer.run("value", bucket, "update", "lib/a.wasm", "3", input: Array("newer".utf8))) == "4\n")
    #expect(try await store.text("lib/a.wasm") == "newer")
    #expect(throws: (any Error).self) { try peer.run("value", bucket, "update", "lib/a.wasm", "3") }
    #expect(await failure { try await store.update("lib/a.wasm", "x", at: 3) } == .wrongLastRevision(4))
    #expect(throws: (any Error).self) { try peer.run("value", bucket, "create", "lib/a.wasm") }
    #expect(await failure { try await store.create("theirs", "x") } == .keyExists("theirs"))
  }

  @Test func `each knows what the other deletes`() async throws {
    let (peer, store) = (try peer(), try await makeBucket { $0.history = 5 })
    let bucket = store.bucket
    for key in ["a", "b", "c", "d", "e"] { try await store.put(key, "1") }
    try peer.run("value", bucket, "delete", "a")
    try peer.run("value", bucket, "purge", "b")
    try await store.delete("c")
    try await store.purge("d")
    #expect(try await store.entry("a")?.line == "a 6 deleted")
    #expect(try await store.entry("b")?.line == "b 7 purged")
    #expect(try await store.keys() == ["e"])
    #expect(text(try peer.run("keys", bucket)) == "e\n")
    let expected = [
      "a 1 PUT 1", "c 3 PUT 1", "e 5 PUT 1", "a 6 DEL ", "b 7 PURGE ", "c 8 DEL ", "d 9 PURGE ",
    ]
    #expect(text(try peer.run("values", bucket)) == expected.map { $0 + "\n" }.joined())
    // Each creates over the other's marker.
    try await store.create("a", "2")
    #expect(text(try peer.run("value", bucket, "create", "c", input: Array("2".utf8))) == "11\n")
    #expect(try await store.keys() == ["a", "c", "e"])
  }

  /// The configuration of a bucket without the fields that differ: the Python client allows expiring keys in all
  /// buckets.
  private func configuration(_ peer: NATSPeer, _ bucket: String) throws -> String {
    guard case .object(let members)? = JSONValue(parsing: try peer.run("configuration", "KV_\(bucket)"))
    else {
      throw NoEntry()
    }
    return JSONValue.object(members.filter { $0.0 != "allow_msg_ttl" && $0.0 != "metadata" }).line
  }

  @Test func `a bucket is set up as the other sets it up`() async throws {
    let (peer, names) = (try peer(), (bucketName(), bucketName()))
    try peer.run("create_bucket", names.0, "7")
    _ = try await makeBucket { ($0.bucket, $0.history) = (names.1, 7) }
    let theirs = try configuration(peer, names.0)
    let ours = try configuration(peer, names.1)
    #expect(ours.replacing(names.1, with: names.0) == theirs)
    let store = try await jetStream().keyValueStore(names.0)
    try await store.create("a", "1")
    #expect(try peer.run("get_value", names.0, "a") == Array("1".utf8))
  }
}
