import ClientConnections
import NATSTesting
import NIOCore
import Synchronization
import Testing

@testable import NATSCore

@Suite struct NATSClientTests {
  let server: NATSServer

  init() throws { server = try NATSServer() }

  private func withClient(_ body: (NATSClient) async throws -> Void) async throws {
    let client = try await NATSClient.connect(server.options)
    try await body(client)
    await client.close()
  }

  @Test func `a message arrives with its headers, and any bytes`() async throws {
    try await withClient { client in
      let subscription = try client.subscribe("a.*")
      let payload = ByteBuffer(bytes: Array("a\r\nMSG b 1 0\r\n\0".utf8))
      try await client.publish("a.b", payload, headers: ["A": "1", "A": "ü", "b": ""], reply: "answers")
      try await client.publish("a.c")
      var messages = subscription.makeAsyncIterator()
      let first = try #require(try await messages.next())
      #expect(first.subject == "a.b")
      #expect(first.reply == "answers")
      #expect(first.payload == payload)
      #expect(try first.headers == ["A": "1", "A": "ü", "b": ""])
      let second = try #require(try await messages.next())
      #expect(second.subject == "a.c")
      #expect(second.reply == nil)
      #expect(second.payloadLength == 0)
      #expect(!second.hasHeaders)
      subscription.unsubscribe()
      #expect(try await messages.next() == nil)
    }
  }

  @Test func `a thousand requests at once get their own answers`() async throws {
    try await withClient { client in
      let subscription = try client.subscribe("double")
      let total = try await withThrowingTaskGroup(of: Int.self) { group in
        group.addTask {
          var answered = 0
          for try await message in subscription {
            try await client.publish(try #require(message.reply), message.payload)
            answered += 1
            if answered == 1_000 { break }
          }
          return 0
        }
        for number in 0..<1_000 {
          group.addTask {
            let reply = try await client.request("double", ByteBuffer(integer: number))
            #expect(reply.payload.getInteger(at: reply.payload.readerIndex) == number)
            return 1
          }
        }
        return try await group.reduce(0, +)
      }
      #expect(total == 1_000)
      let waiting = client.state.withLock { $0.requests.count }
      #expect(waiting == 0)
    }
  }

  @Test func `requests of all sizes, alone and beside others, are answered each with its own`() async throws {
    try await withClient { client in
      let subscription = try client.subscribe("echo")
      let echo = Task {
        for try await message in subscription {
          if let reply = message.reply { try await client.publish(reply, message.payload) }
        }
      }
      try await client.roundTrip()
      // The request of a single task is mostly sent by its own thread; with more tasks, the event loop is involved.
      for tasks in [1, 1, 2, 6] {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for task in 0..<tasks {
            group.addTask {
              for number in 0..<200 {
                let size = [0, 10, 900, 20_000, 300_000][(number + task) % (number % 50 == 0 ? 5 : 4)]
                var payload = ByteBuffer(integer: task << 32 | number)
                payload.writeRepeatingByte(UInt8(truncatingIfNeeded: number), count: size)
                let answer = try await client.request("echo", payload)
                #expect(answer.payload == payload)
              }
            }
          }
          try await group.waitForAll()
        }
      }
      subscription.unsubscribe()
      try await echo.value
    }
  }

  @Test func `what cannot be sent is refused before it is sent`() async throws {
    try await withClient { client in
      let limit = client.serverInfo.maximumPayload
      #expect(limit == 1 << 20)
      await #expect(throws: NATSError.payloadTooLarge(limit: limit)) {
        try await client.publish("a", ByteBuffer(repeating: 0, count: limit + 1))
      }
      // The header block counts: `NATS/1.0`, `A: b` and the empty line are 18 bytes.
      await #expect(throws: NATSError.payloadTooLarge(limit: limit)) {
        try await client.publish("a", ByteBuffer(repeating: 0, count: limit - 17), headers: ["A": "b"])
      }
      try await client.publish("a", ByteBuffer(repeating: 0, count: limit - 18), headers: ["A": "b"])
      await #expect(throws: NATSError.invalidSubject("a b")) { try await client.publish("a b") }
      await #expect(throws: NATSError.invalidSubject("*")) { try await client.publish("a", reply: "*") }
      try await client.roundTrip()
    }
  }

  @Test func `a request that nobody takes fails at once`() async throws {
    try await withClient { client in
      await #expect(throws: NATSError.noResponders("nobody")) { try await client.request("nobody") }
    }
  }

  @Test func `a request that nobody answers fails in time`() async throws {
    try await withClient { client in
      let subscription = try client.subscribe("silent")
      try await client.roundTrip()
      await #expect(throws: NATSError.timedOut) {
        try await client.request("silent", timeout: .milliseconds(100))
      }
      let waiting = Task { try await client.request("silent", timeout: .seconds(60)) }
      var messages = subscription.makeAsyncIterator()
      _ = try await messages.next()
      _ = try await messages.next()
      waiting.cancel()
      await #expect(throws: NATSError.cancelled) { try await waiting.value }
    }
  }

  @Test func `a subscription keeps no more than it is told, and says what it dropped`() async throws {
    try await withClient { client in
      let subscription = try client.subscribe("many", byteLimit: 10_000)
      for _ in 0..<20 { try await client.publish("many", ByteBuffer(repeating: 1, count: 996)) }
      try await client.roundTrip()
      var messages = subscription.makeAsyncIterator()
      for _ in 0..<10 { #expect(try await messages.next()?.payloadLength == 996) }
      await #expect(throws: NATSError.slowConsumer(dropped: 10)) { try await messages.next() }
      try await client.publish("many")
      #expect(try await messages.next()?.payloadLength == 0)
    }
  }

  @Test func `a client that is closed says so`() async throws {
    let client = try await NATSClient.connect(server.options)
    let subscription = try client.subscribe("a")
    try await client.publish("a", ByteBuffer(string: "last"))
    try await client.roundTrip()
    await client.close()
    var messages = subscription.makeAsyncIterator()
    #expect(try await messages.next()?.payload == ByteBuffer(string: "last"))
    #expect(try await messages.next() == nil)
    await #expect(throws: NATSError.closed) { try await client.publish("a") }
    await #expect(throws: NATSError.closed) { try await client.request("a") }
    await #expect(throws: NATSError.closed) { try await client.roundTrip() }
  }

  @Test func `a server that is not there is named`() async throws {
    let options = server.options
    server.kill()
    await #expect(
      throws: NATSError.unreachable("127.0.0.1:\(server.port)", .unreachable("Connection refused"))
    ) {
      _ = try await NATSClient.connect(options)
    }
  }
}
