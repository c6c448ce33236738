import NATSCore
import NATSTesting
import NIOCore
import Support
import Testing

@testable import NATSJetStream

@Suite struct OrderedConsumerTests {
  @Test func `all messages come in order, with their places`() async throws {
    try await withJetStream { jetStream in
      _ = try await jetStream.createStream(StreamConfiguration(name: "S", subjects: ["s.>"]))
      let window = PublishWindow(jetStream)
      // More messages than the server sends without an answer to its flow control.
      for number in 0..<6_000 {
        var payload = ByteBuffer(integer: number)
        payload.writeRepeatingByte(7, count: 1_000)
        try await window.publish("s.\(number % 3)", payload)
      }
      try await window.finish()
      let consumer = try await jetStream.orderedConsumer(of: "S")
      #expect(consumer.initialPending == 6_000)
      for number in 0..<6_000 {
        let delivery = try #require(try await consumer.next())
        try #require(delivery.streamSequence == number + 1)
        #expect(delivery.message.payload.getInteger(at: delivery.message.payload.readerIndex) == number)
        #expect(delivery.pending == 6_000 - number - 1)
      }
      #expect(try await jetStream.stream("S").consumerCount == 1)
      consumer.stop()
      #expect(try await consumer.next() == nil)
      // The server deletes it after its answer to the next message.
      var count = 1
      for _ in 0..<1_000 where count > 0 { count = try await jetStream.stream("S").consumerCount }
      #expect(count == 0)
    }
  }

  @Test func `where it begins, and what it leaves out, can be chosen`() async throws {
    try await withJetStream { jetStream in
      _ = try await jetStream.createStream(StreamConfiguration(name: "S", subjects: ["s.>"]))
      for number in 1...6 {
        _ = try await jetStream.publish("s.\(number % 2)", ByteBuffer(string: "\(number)"))
      }
      func sequences(_ configuration: OrderedConsumer.Configuration) async throws -> [Int64] {
        let consumer = try await jetStream.orderedConsumer(of: "S", configuration)
        var found: [Int64] = []
        for _ in 0..<consumer.initialPending {
          found.append(try #require(try await consumer.next()).streamSequence)
        }
        return found
      }
      #expect(try await sequences(.init(filters: ["s.>"], start: .lastPerSubject)) == [5, 6])
      #expect(try await sequences(.init(filters: ["s.0"])) == [2, 4, 6])
      #expect(try await sequences(.init(filters: ["s.0", "s.1"], start: .sequence(4))) == [4, 5, 6])
      #expect(try await sequences(.init(start: .new)) == [])
      var bare = OrderedConsumer.Configuration()
      bare.onlyHeaders = true
      let message = try #require(try await jetStream.orderedConsumer(of: "S", bare).next()).message
      #expect(message.payloadLength == 0)
      #expect(try message.headers["Nats-Msg-Size"] == "1")
    }
  }

  @Test func `an idle stream is heard of, and a deleted one ends it`() async throws {
    try await withJetStream { jetStream in
      _ = try await jetStream.createStream(StreamConfiguration(name: "S", subjects: ["s.>"]))
      _ = try await jetStream.publish("s.a", ByteBuffer())
      var configuration = OrderedConsumer.Configuration(start: .new)
      configuration.heartbeat = .milliseconds(100)
      let consumer = try await jetStream.orderedConsumer(of: "S", configuration)
      guard case .idle? = try await consumer.nextEvent() else {
        Issue.record("no heartbeat")
        return
      }
      _ = try await jetStream.publish("s.a", ByteBuffer(string: "new"))
      #expect(try await consumer.next()?.message.payload == ByteBuffer(string: "new"))
      try await jetStream.deleteStream("S")
      await #expect(throws: JetStreamError.streamNotFound("S")) { try await consumer.next() }
    }
  }

  @Test func `a message that was lost on the way comes all the same, and in order`() async throws {
    let server = try NATSServer()
    let publisher = JetStream(try await NATSClient.connect(server.options))
    let proxy = try await FaultyProxy(before: server)
    let reader = JetStream(try await NATSClient.connect(proxy.options))
    _ = try await publisher.createStream(StreamConfiguration(name: "S", subjects: ["s.>"]))
    var configuration = OrderedConsumer.Configuration(start: .new)
    configuration.heartbeat = .milliseconds(200)
    let consumer = try await reader.orderedConsumer(of: "S", configuration)
    for text in ["first", "lost", "third", "lost"] {
      if text == "lost" { proxy.set(.dropping("lost")) }
      _ = try await publisher.publish("s.a", ByteBuffer(string: text))
      // The loss of the last one is detected by a heartbeat, of the one before by the next message.
      if text == "first" { #expect(try await consumer.next()?.message.payload == ByteBuffer(string: text)) }
    }
    for text in ["lost", "third", "lost"] {
      #expect(try await consumer.next()?.message.payload == ByteBuffer(string: text))
    }
    await publisher.client.close()
    await reader.client.close()
  }

  @Test func `a consumer goes on where it was after its server came back`() async throws {
    let folder = try TemporaryFolder()
    let first = try NATSServer(folder: folder)
    let client = try await NATSClient.connect(first.options)
    let jetStream = JetStream(client)
    _ = try await jetStream.createStream(StreamConfiguration(name: "S", subjects: ["s.>"]))
    _ = try await jetStream.publish("s.a", ByteBuffer(string: "old"))
    let consumer = try await jetStream.orderedConsumer(of: "S", OrderedConsumer.Configuration(start: .new))
    _ = try await jetStream.publish("s.a", ByteBuffer(string: "2"))
    #expect(try await consumer.next()?.streamSequence == 2)
    first.kill()
    let second = try NATSServer(port: first.port, folder: folder)
    var sequence: Int64?
    while sequence == nil {
      // Nothing can be sent until it is connected again.
      do { sequence = try await jetStream.publish("s.a", ByteBuffer(string: "3")).sequence } catch {}
    }
    #expect(sequence == 3)
    #expect(try await consumer.next()?.streamSequence == 3)
    await client.close()
    second.kill()
  }

  // MARK: Faults between client and server

  /// Opens a stream with many messages of a kilobyte, more than the server sends without being answered, over a proxy.
  private func withManyMessages(
    _ count: Int, _ body: (JetStream, JetStream, FaultyProxy) async throws -> Void
  ) async throws {
    let server = try NATSServer()
    let publisher = JetStream(try await NATSClient.connect(server.options))
    let proxy = try await FaultyProxy(before: server)
    var options = proxy.options
    options.pingInterval = .milliseconds(100)
    options.connectTimeout = .seconds(2)
    var reader = JetStream(try await NATSClient.connect(options))
    reader.timeout = .milliseconds(500)
    _ = try await publisher.createStream(StreamConfiguration(name: "S", subjects: ["s.>"]))
    let window = PublishWindow(publisher)
    for _ in 0..<count { try await window.publish("s.a", ByteBuffer(repeating: 7, count: 1_000)) }
    try await window.finish()
    try await body(publisher, reader, proxy)
    await publisher.client.close()
    await reader.client.close()
  }

  private func configuration(heartbeat: Duration) -> OrderedConsumer.Configuration {
    var configuration = OrderedConsumer.Configuration()
    configuration.heartbeat = heartbeat
    return configuration
  }

  @Test func `a server that waits in vain for the answer to its flow control gets it again`() async throws {
    try await withManyMessages(6_000) { _, reader, proxy in
      proxy.set(.droppingFromClient("$JS.FC."))
      let consumer = try await reader.orderedConsumer(of: "S", configuration(heartbeat: .seconds(1)))
      for number in 1...6_000 { try #require(try await consumer.next()?.streamSequence == Int64(number)) }
      #expect(!consumer.hasGoneOn)
      #expect(proxy.isPassing)
    }
  }

  @Test func `who takes messages slowly has all of them from one consumer`() async throws {
    try await withManyMessages(6_000) { publisher, reader, _ in
      let consumer = try await reader.orderedConsumer(of: "S", configuration(heartbeat: .seconds(1)))
      #expect(try await consumer.next()?.streamSequence == 1)
      // Longer than a server may be silent for a waiting consumer; nobody reads the messages that arrived.
      let end = ContinuousClock.now + .seconds(3)
      while ContinuousClock.now < end { _ = try await publisher.stream("S") }
      for number in 2...6_000 { try #require(try await consumer.next()?.streamSequence == Int64(number)) }
      #expect(!consumer.hasGoneOn)
    }
  }

  @Test func `a consumer whose connection is half open goes on over another`() async throws {
    try await withManyMessages(6_000) { publisher, reader, proxy in
      let consumer = try await reader.orderedConsumer(of: "S", configuration(heartbeat: .milliseconds(200)))
      for number in 1...100 { try #require(try await consumer.next()?.streamSequence == Int64(number)) }
      proxy.set(.silent)
      let reading = Task {
        for number in 101...6_001 { try #require(try await consumer.next()?.streamSequence == Int64(number)) }
      }
      _ = try await publisher.publish("s.a", ByteBuffer())
      // Several heartbeats and pings are missing.
      let end = ContinuousClock.now + .seconds(1)
      while ContinuousClock.now < end { _ = try await publisher.stream("S") }
      proxy.set(.none)
      try await reading.value
      #expect(consumer.hasGoneOn)
    }
  }
}
