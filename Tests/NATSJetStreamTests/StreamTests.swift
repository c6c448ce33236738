import JSONText
import NATSCore
import NATSTesting
import NIOCore
import Testing

@testable import NATSJetStream

/// Runs a test with JetStream on a separate server.
func withJetStream(_ settings: String = "", _ body: (JetStream) async throws -> Void) async throws {
  let server = try NATSServer(settings)
  let client = try await NATSClient.connect(server.options)
  try await body(JetStream(client))
  await client.close()
}

/// Returns the error of a call that must fail.
func failure(_ body: () async throws -> Void) async -> JetStreamError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? JetStreamError
  }
}

@Suite struct StreamTests {
  @Test func `a stream is created, changed, filled, purged and deleted`() async throws {
    try await withJetStream { jetStream in
      var configuration = StreamConfiguration(name: "S", subjects: ["s.>"])
      configuration.compression = "s2"
      configuration.metadata = ["a": "b"]
      configuration.age = .seconds(3_600)
      let created = try await jetStream.createStream(configuration)
      #expect(created.configuration.age == .seconds(3_600))
      #expect(created.configuration.compression == "s2")
      #expect(created.messageCount == 0)
      _ = try await jetStream.createStream(configuration)
      configuration.subjects = ["t.>"]
      let taken = configuration
      #expect(await failure { _ = try await jetStream.createStream(taken) }?.code == .streamNameInUse)
      // The configuration in the server's answer can be sent back, including unknown fields.
      var changed = try await jetStream.stream("S").configuration
      changed.description = "changed"
      #expect(try await jetStream.updateStream(changed).configuration.description == "changed")
      for number in 1...6 {
        let stored = try await jetStream.publish("s.\(number % 2)", ByteBuffer(string: "\(number)"))
        #expect(stored.sequence == number)
        #expect(stored.stream == "S")
      }
      #expect(try await jetStream.streamNames(of: "s.1") == ["S"])
      #expect(try await jetStream.streams().map(\.messageCount) == [6])
      #expect(try await jetStream.purgeStream("S", filter: "s.1", keeping: 1) == 2)
      #expect(try await jetStream.purgeStream("S", before: 4) == 1)
      #expect(try await jetStream.stream("S").messageCount == 3)
      try await jetStream.deleteStream("S")
      await #expect(throws: JetStreamError.streamNotFound("S")) { try await jetStream.stream("S") }
      await #expect(throws: JetStreamError.invalidName("a.b")) { try await jetStream.stream("a.b") }
      #expect(try await jetStream.apiLevel() == 5)
    }
  }

  @Test func `messages are read from the leader and directly`() async throws {
    try await withJetStream { jetStream in
      var configuration = StreamConfiguration(name: "S", subjects: ["s.>"])
      configuration.allowsDirect = true
      _ = try await jetStream.createStream(configuration)
      _ = try await jetStream.publish(
        "s.a", ByteBuffer(bytes: [0, 255, 13, 10]), headers: ["A": "1", "A": "2"])
      _ = try await jetStream.publish("s.b", ByteBuffer())
      for isDirect in [false, true] {
        func read(_ query: MessageQuery, _ stream: String) async throws -> StoredMessage? {
          isDirect
            ? try await jetStream.directMessage(query, in: stream)
            : try await jetStream.message(query, in: stream)
        }
        let first = try #require(try await read(.last(of: "s.a"), "S"))
        #expect(first.subject == "s.a")
        #expect(first.sequence == 1)
        #expect(first.payload == ByteBuffer(bytes: [0, 255, 13, 10]))
        #expect(first.headers.values("A") == ["1", "2"])
        #expect(first.time > 1_700_000_000_000_000_000)
        let second = try #require(try await read(.sequence(2), "S"))
        #expect(second.subject == "s.b")
        #expect(second.payload.readableBytes == 0)
        #expect(try await read(.last(of: "s.>"), "S")?.sequence == 2)
        #expect(try await read(.next(of: "s.b", from: 1), "S")?.sequence == 2)
        #expect(try await read(.sequence(3), "S") == nil)
        #expect(try await read(.last(of: "s.c"), "S") == nil)
      }
      await #expect(throws: JetStreamError.streamNotFound("T")) {
        try await jetStream.message(.sequence(1), in: "T")
      }
      await #expect(throws: JetStreamError.unavailable) {
        try await jetStream.directMessage(.sequence(1), in: "T")
      }
    }
  }

  @Test func `a message is stored only behind the one that was expected`() async throws {
    try await withJetStream { jetStream in
      _ = try await jetStream.createStream(StreamConfiguration(name: "S", subjects: ["s.>"]))
      func expectation(_ sequence: Int) -> NATSHeaders {
        [JetStreamHeader.expectedLastSubjectSequence: "\(sequence)"]
      }
      let payload = ByteBuffer(string: "a")
      #expect(try await jetStream.publish("s.a", payload, headers: expectation(0)).sequence == 1)
      await #expect(throws: JetStreamError.wrongLastSequence(1)) {
        try await jetStream.publish("s.a", payload, headers: expectation(0))
      }
      #expect(try await jetStream.publish("s.a", payload, headers: expectation(1)).sequence == 2)
      let identified: NATSHeaders = ["Nats-Msg-Id": "x"]
      #expect(try await !jetStream.publish("s.a", payload, headers: identified).isDuplicate)
      #expect(try await jetStream.publish("s.a", payload, headers: identified).isDuplicate)
      await #expect(throws: JetStreamError.noStream("t")) { try await jetStream.publish("t", payload) }
    }
  }

  @Test func `a window stores all in order, and stops at the first failure`() async throws {
    try await withJetStream { jetStream in
      var configuration = StreamConfiguration(name: "S", subjects: ["s.>"])
      configuration.messageByteLimit = 2_000
      _ = try await jetStream.createStream(configuration)
      let window = PublishWindow(jetStream, messageLimit: 16, byteLimit: 5_000)
      for number in 0..<2_000 { try await window.publish("s.a", ByteBuffer(integer: number)) }
      #expect(try await window.finish() == 2_000)
      for number in [0, 777, 1_999] {
        let message = try #require(try await jetStream.message(.sequence(Int64(number + 1)), in: "S"))
        #expect(message.payload == ByteBuffer(integer: number))
      }
      let failing = PublishWindow(jetStream)
      try await failing.publish("s.b", ByteBuffer(repeating: 0, count: 3_000))
      #expect(await failure { try await failing.finish() }?.code == .messageTooLarge)
      await #expect(throws: JetStreamError.self) { try await failing.publish("s.b", ByteBuffer()) }
      let astray = PublishWindow(jetStream)
      try await astray.publish("t", ByteBuffer())
      await #expect(throws: JetStreamError.noStream("t")) { try await astray.finish() }
    }
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:00:00.5Z", 951_825_600_500_000_000),
    ("2026-11-21T10:00:00.123456789+02:00", 1_795_248_000_123_456_789), ("0001-01-01T00:00:00Z", nil),
    ("2026-13-01T00:00:00Z", nil), ("2026-11-21", nil),
  ])
  func `moments are read`(text: String, nanoseconds: Int64?) {
    #expect(MessageTime.nanoseconds(text) == nanoseconds)
  }
}
