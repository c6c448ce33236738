import NATSCore
import NATSJetStream
import NATSObjectStore
import NATSTesting
import NIOCore
import Testing

/// Compares our client with the Python client: each reads the data of the other.
@Suite struct ObjectStorePeerTests {
  @Test func `each reads what the other stores`() async throws {
    let server = try NATSServer()
    let peer = NATSPeer(server)
    let client = try await NATSClient.connect(server.options)
    let store = try await ObjectStore.create(ObjectStore.Configuration(bucket: "B"), in: JetStream(client))
    for count in [0, 5, 131_072, 700_000] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 17 &+ $0 >> 9) }
      var metadata = ObjectMetadata(name: "ours/ü \(count)")
      metadata.metadata = ["git-oid": "abc"]
      let info = try await store.put(metadata, ByteBuffer(bytes: bytes))
      #expect(info.size == count)
      #expect(try peer.run("get_object", "B", metadata.name) == bytes)
      try peer.run("put_object", "B", "theirs \(count)", input: bytes)
      let found = try await store.get("theirs \(count)", from: .leader)
      #expect(found.bytes == ByteBuffer(bytes: bytes))
      #expect(found.info.metadata.headers == ["A": ["1"]])
      #expect(found.info.metadata.description == "from the peer")
      #expect(found.info.digest?.count == 32)
    }
    let lines = String(decoding: try peer.run("objects", "B"), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 8)
    #expect(try await store.list().count == 8)
    // Each deletes the other's objects, with their parts.
    try peer.run("delete_object", "B", "ours/ü 700000")
    try await store.delete("theirs 700000")
    #expect(try await store.list().count == 6)
    #expect(String(decoding: try peer.run("objects", "B"), as: UTF8.self).split(separator: "\n").count == 6)
    await client.close()
  }

  @Test func `a bucket is set up as the other sets it up`() async throws {
    let server = try NATSServer()
    let peer = NATSPeer(server)
    let client = try await NATSClient.connect(server.options)
    try peer.run("put_object", "THEIRS", "a")
    var configuration = ObjectStore.Configuration(bucket: "OURS")
    configuration.description = "of the peer"
    _ = try await ObjectStore.create(configuration, in: JetStream(client))
    let ours = String(decoding: try peer.run("configuration", "OBJ_OURS"), as: UTF8.self)
    let theirs = String(decoding: try peer.run("configuration", "OBJ_THEIRS"), as: UTF8.self)
    #expect(ours.replacing("OURS", with: "THEIRS") == theirs)
    await client.close()
  }
}
