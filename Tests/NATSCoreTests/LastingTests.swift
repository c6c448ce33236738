import ClientConnections
import NATSTesting
import NIOCore
import Support
import Synchronization
import Testing

@testable import NATSCore

/// Events of a connection for which a test waits.
private final class News: Sendable {
  let stream: AsyncStream<NATSEvent>
  private let continuation: AsyncStream<NATSEvent>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream(of: NATSEvent.self) }

  func take(_ event: NATSEvent) { continuation.yield(event) }

  /// Waits until the client has connected again.
  func reconnected() async {
    for await event in stream { if case .reconnected = event { return } }
  }
}

@Suite struct LastingTests {
  private func client(_ options: NATSOptions, _ news: News) async throws -> NATSClient {
    var options = options
    options.onEvent = { news.take($0) }
    return try await NATSClient.connect(options)
  }

  @Test func `what arrives byte by byte is understood`() async throws {
    let server = try NATSServer()
    let proxy = try await FaultyProxy(before: server)
    proxy.set(.oneByOne)
    let client = try await NATSClient.connect(proxy.options)
    let subscription = try client.subscribe("a")
    try await client.publish("a", ByteBuffer(repeating: 13, count: 3_000), headers: ["A": "b"])
    var messages = subscription.makeAsyncIterator()
    let message = try #require(try await messages.next())
    #expect(message.payload == ByteBuffer(repeating: 13, count: 3_000))
    #expect(try message.headers == ["A": "b"])
    await client.close()
  }

  @Test func `a lost connection is made again, with its subscriptions`() async throws {
    let server = try NATSServer()
    let proxy = try await FaultyProxy(before: server)
    let news = News()
    let client = try await client(proxy.options, news)
    let subscription = try client.subscribe("a")
    let silent = try client.subscribe("silent")
    try await client.roundTrip()
    let waiting = Task { try await client.request("silent", timeout: .seconds(60)) }
    var questions = silent.makeAsyncIterator()
    _ = try await questions.next()
    proxy.cut()
    await #expect(throws: NATSError.disconnected) { try await waiting.value }
    await news.reconnected()
    try await client.publish("a", ByteBuffer(string: "after"))
    var messages = subscription.makeAsyncIterator()
    #expect(try await messages.next()?.payload == ByteBuffer(string: "after"))
    await client.close()
  }

  @Test func `a connection that is half open is noticed`() async throws {
    let server = try NATSServer()
    let proxy = try await FaultyProxy(before: server)
    let news = News()
    var options = proxy.options
    options.pingInterval = .milliseconds(50)
    options.connectTimeout = .seconds(2)
    let client = try await client(options, news)
    proxy.set(.silent)
    for await event in news.stream { if case .disconnected = event { break } }
    proxy.set(.none)
    await news.reconnected()
    try await client.roundTrip()
    await client.close()
  }

  @Test func `another server takes over`() async throws {
    let (first, second) = (try NATSServer(), try NATSServer())
    var options = first.options
    options.servers += second.options.servers
    let news = News()
    let client = try await client(options, news)
    first.kill()
    await news.reconnected()
    #expect(client.state.withLock { $0.address?.port } == second.port)
    try await client.roundTrip()
    await client.close()
  }

  @Test func `a client that gives up says so`() async throws {
    let server = try NATSServer()
    var options = server.options
    options.reconnectLimit = .milliseconds(100)
    let client = try await NATSClient.connect(options)
    let subscription = try client.subscribe("a")
    server.kill()
    var messages = subscription.makeAsyncIterator()
    await #expect(throws: NATSError.self) { try await messages.next() }
    await #expect(throws: NATSError.self) { try await client.publish("a") }
  }

  @Test func `a drained client has all that was sent to it`() async throws {
    let server = try NATSServer()
    let client = try await NATSClient.connect(server.options)
    let subscription = try client.subscribe("a")
    for _ in 0..<1_000 { try await client.publish("a") }
    try await client.drain()
    var count = 0
    for try await _ in subscription { count += 1 }
    #expect(count == 1_000)
  }

  // MARK: Logging in

  @Test func `users, tokens and keys are let in, and others are not`() async throws {
    let seed = "SUAACAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAN7EY"
    let key = try NATSKeyPair(seed: seed)
    let ways: [(String, NATSAuthentication, NATSAuthentication)] = [
      ("user: \"u\", password: \"p\"", .user("u", password: "p"), .user("u", password: "q")),
      ("token: \"t\"", .token("t"), .nobody), ("users: [{nkey: \(try key.publicKey)}]", .key(key), .nobody),
    ]
    for (settings, right, wrong) in ways {
      let server = try NATSServer("authorization { \(settings) }")
      var options = server.options
      options.authentication = right
      let client = try await NATSClient.connect(options)
      try await client.roundTrip()
      await client.close()
      options.authentication = wrong
      let refused = options
      await #expect(throws: NATSError.unauthorized("Authorization Violation")) {
        _ = try await NATSClient.connect(refused)
      }
    }
  }

  @Test func `what is not allowed fails the request that it belongs to`() async throws {
    let server = try NATSServer(
      "authorization { users: [{user: u, password: p, permissions: {publish: [\"a\", \"_INBOX.>\"], subscribe: [\"a\", \"_INBOX.>\"]}}] }"
    )
    var options = server.options
    options.authentication = .user("u", password: "p")
    let client = try await NATSClient.connect(options)
    await #expect(throws: NATSError.forbidden("Permissions Violation for Publish to \"b\"")) {
      try await client.request("b", timeout: .seconds(20))
    }
    var messages = try client.subscribe("c").makeAsyncIterator()
    await #expect(throws: NATSError.forbidden("Permissions Violation for Subscription to \"c\"")) {
      try await messages.next()
    }
    try await client.roundTrip()
    await client.close()
  }

  @Test func `seeds and files of credentials are checked`() throws {
    let seed = "SUAACAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAN7EY"
    #expect(
      try NATSKeyPair(seed: seed).publicKey == "UCFIRY65OQE7DFP5KLNS2PF2LVZMUZYJX4OZIEQ36N2IQANUB5XVZ45L")
    #expect("\(NATSAuthentication.key(try NATSKeyPair(seed: seed)))".contains(seed) == false)
    for wrong in ["", "SU", seed.lowercased(), "SUABCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAN7EY"] {
      #expect(throws: NATSError.self) { try NATSKeyPair(seed: wrong) }
    }
    let text = """
      -----BEGIN NATS USER JWT-----
      eyJ0.a.b
      ------END NATS USER JWT------

      -----BEGIN USER NKEY SEED-----
      \(seed)
      ------END USER NKEY SEED------
      """
    #expect(
      try .credentials(file: text)
        == NATSAuthentication.credentials(jwt: "eyJ0.a.b", try NATSKeyPair(seed: seed)))
    #expect(throws: NATSError.self) { try NATSAuthentication.credentials(file: seed) }
    let context = try NATSContext(
      parsing: Array(
        #"{"url":"nats://h:5","creds":"c","ca":"/ca","jetstream_domain":"D","tls_first":true}"#.utf8))
    let options = try context.options { (path: String) throws(NATSError) -> String in text }
    #expect(options.servers.map(\.description) == ["h:5"])
    #expect(options.authorities == .file("/ca"))
    #expect(options.tls == .first)
    #expect(context.domain == "D")
    let other = try NATSContext(
      parsing: Array(
        #"{"url":"h","user":"u","password":"p","ca":"~/ca","cert":"/c","key":"~k","inbox_prefix":"_I.a"}"#
          .utf8))
    let way = try other.options(home: "/home") { (path: String) throws(NATSError) -> String in text }
    #expect(way.authentication == .user("u", password: "p") && way.inboxPrefix == "_I.a")
    #expect(way.authorities == .file("/home/ca"))
    #expect(way.clientCertificate == NATSOptions.ClientCertificate(chainFile: "/c", keyFile: "~k"))
    let wrong = try NATSContext(parsing: Array(#"{"inbox_prefix":"a.>"}"#.utf8))
    #expect(throws: NATSError.self) {
      try wrong.options { (path: String) throws(NATSError) -> String in text }
    }
  }

  @Test(arguments: [NATSOptions.TLSMode.whereRequired, .required, .first])
  func `connections are secured in three ways, with certificates on both sides`(mode: NATSOptions.TLSMode)
    async throws
  {
    let folder = try TemporaryFolder()
    let (chain, key) = (folder.path + "/cert.pem", folder.path + "/key.pem")
    try run([
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
      key,
      "-out", chain, "-days", "2", "-subj", "/CN=localhost", "-addext",
      "subjectAltName=DNS:localhost,IP:127.0.0.1",
    ])
    let first = mode == .first ? "handshake_first: true," : ""
    let server = try NATSServer(
      "tls { cert_file: \"\(chain)\", key_file: \"\(key)\", ca_file: \"\(chain)\", verify: true, \(first) timeout: 5 }"
    )
    var options = server.options
    options.tls = mode
    options.authorities = .file(chain)
    options.clientCertificate = NATSOptions.ClientCertificate(chainFile: chain, keyFile: key)
    let client = try await NATSClient.connect(options)
    let subscription = try client.subscribe("a")
    try await client.publish("a", ByteBuffer(repeating: 1, count: 500_000))
    var messages = subscription.makeAsyncIterator()
    #expect(try await messages.next()?.payloadLength == 500_000)
    await client.close()
    options.clientCertificate = nil
    let bare = options
    await #expect(throws: NATSError.self) { _ = try await NATSClient.connect(bare) }
    options.authorities = .system
    let strange = options
    await #expect(throws: NATSError.unreachable("127.0.0.1:\(server.port)", .insecure(.untrustedCertificate)))
    {
      _ = try await NATSClient.connect(strange)
    }
  }
}
