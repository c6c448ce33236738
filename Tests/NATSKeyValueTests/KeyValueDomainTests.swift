import NATSCore
import NATSJetStream
import NATSTesting
import NIOCore
import Testing

@testable import NATSKeyValue

/// Buckets of another domain, and copies of them.
@Suite struct KeyValueDomainTests {
  @Test func cross_account_mirrors() async throws {
    let port = try await NATSCluster.freePorts(1)[0]
    let hub = try NATSServer("leafnodes { host: 127.0.0.1, port: \(port) }", domain: "HUB")
    let leaf = try NATSServer(
      "leafnodes { remotes: [{ url: \"nats-leaf://127.0.0.1:\(port)\" }] }", domain: "LEAF")
    let hubClient = try await NATSClient.connect(hub.options)
    let leafClient = try await NATSClient.connect(leaf.options)
    let origin = try await JetStream(hubClient).createKeyValueStore(KeyValueConfiguration(bucket: "B"))
    try await origin.put("name", "derek")
    try await origin.put("age", "22")

    // The other domain answers once the servers have found each other.
    let remote = JetStream(leafClient, domain: "HUB")
    var found: KeyValueStore?
    _ = try await eventually {
      do { found = try await remote.keyValueStore("B") } catch { return false }
      return true
    }
    let bound = try #require(found)
    try await bound.put("name", "rip")
    #expect(try await origin.text("name") == "rip")
    #expect(try await bound.text("name", from: .any) == "rip")
    #expect(try await bound.keys() == ["age", "name"])
    try await bound.put("v", "vv")
    try await bound.purge("v")
    #expect(try await origin.entry("v", from: .leader)?.operation == .purge)

    var configuration = KeyValueConfiguration(bucket: "MIRROR")
    var source = StreamSource(name: "B")
    source.external = .init(apiPrefix: "$JS.HUB.API")
    configuration.mirror = source
    let mirror = try await JetStream(leafClient).createKeyValueStore(configuration)
    #expect(try await mirror.status().stream.configuration.mirrorsDirect == true)
    #expect(try await eventually { try await mirror.text("name", from: .any) == "rip" })
    let revision = try await mirror.put("name", "ivan")
    #expect(try await origin.entry("name", from: .leader)?.revision == revision)
    #expect(try await eventually { try await mirror.text("name", from: .any) == "ivan" })
    try await mirror.delete("age")
    #expect(try await eventually { try await mirror.keys() == ["name"] })

    await hubClient.close()
    hub.kill()
    #expect(try await mirror.text("name", from: .any) == "ivan")
    #expect(try await mirror.text("name", from: .leader) == "ivan")
    await leafClient.close()
  }
}
