import JSONText
import NATSCore
import NATSJetStream
import NATSTesting
import NIOCore
import Support
import Testing

@testable import NATSKeyValue

/// Messages lost on the way to a watch are detected and read again.
@Suite(.sharedServer) struct KeyValueFaultTests {
  /// The only consumer of a bucket, and its delivery subject.
  private func consumer(of store: KeyValueStore) async throws -> (name: String, inbox: String) {
    let answer = try await store.jetStream.request("CONSUMER.LIST.\(store.stream)", .object([]))
    guard case .array(let consumers)? = answer["consumers"], let consumer = consumers.first else {
      throw NoEntry()
    }
    return (
      try #require(consumer["name"]?.text), try #require(consumer["config"]?["deliver_subject"]?.text)
    )
  }

  private func quickOptions() -> KeyValueWatch.Options {
    var options = KeyValueWatch.Options()
    options.heartbeat = .milliseconds(200)
    return options
  }

  @Test(arguments: [KeyValueWatch.Start.new, .last, .revision(2)])
  func `a consumer that is gone is replaced, with nothing twice and nothing left out`(
    start: KeyValueWatch.Start
  ) async throws {
    let store = try await makeBucket { $0.history = 10 }
    for number in 1...3 { try await store.put("a", "\(number)") }
    var events = try await store.watch("a", from: start, options: quickOptions()).makeAsyncIterator()
    let beginning: [String] =
      switch start {
      case .new, .history: []
      case .last: ["a 3 = 3"]
      case .revision: ["a 2 = 2", "a 3 = 3"]
      }
    #expect(try await store.lines(&events, beginning.count + 1) == beginning + ["current"])
    // The first time, no new message has arrived yet.
    for revision in 4...6 {
      let consumer = try await consumer(of: store)
      _ = try await store.jetStream.request("CONSUMER.DELETE.\(store.stream).\(consumer.name)")
      try await store.put("a", "\(revision)")
      #expect(try await events.next()?.line == "a \(revision) = \(revision)")
    }
  }

  @Test func `a server that begins again leaves nothing out, and tells nothing twice`() async throws {
    let folder = try TemporaryFolder()
    var server = try NATSServer(folder: folder)
    let port = server.port
    let client = try await NATSClient.connect(server.options)
    var configuration = KeyValueConfiguration(bucket: "B")
    configuration.history = 64
    let store = try await JetStream(client).createKeyValueStore(configuration)
    for number in 1...3 { try await store.put("a", "\(number)") }
    var events = try await store.watch("a", from: .history, options: quickOptions()).makeAsyncIterator()
    #expect(try await store.lines(&events, 4) == ["a 1 = 1", "a 2 = 2", "a 3 = 3", "current"])
    for round in 0..<3 {
      // The first of these may be in flight when the server ends.
      try await store.put("a", "x")
      server.kill()
      server = try NATSServer(port: port, folder: folder)
      let other = try await NATSClient.connect(server.options)
      let there = try await JetStream(other).keyValueStore("B")
      for _ in 0..<5 { try await there.put("a", "x") }
      let first = 4 + round * 6
      #expect(try await store.lines(&events, 6) == (first..<first + 6).map { "a \($0) = x" })
      await other.close()
    }
    await client.close()
  }

  @Test func `a client that may take answers elsewhere only does so`() async throws {
    let server = try NATSServer(
      """
      authorization { users: [{ user: "u", password: "p", permissions: { subscribe: ["_MINE.>"] } }] }
      """)
    var options = server.options
    options.authentication = .user("u", password: "p")
    options.inboxPrefix = "_MINE.x"
    let client = try await NATSClient.connect(options)
    let store = try await JetStream(client).createKeyValueStore(KeyValueConfiguration(bucket: "B"))
    try await store.put("a", "1")
    #expect(try await store.keys() == ["a"])
    var events = try await store.watch(from: .last).makeAsyncIterator()
    #expect(try await store.lines(&events, 2) == ["a 1 = 1", "current"])
    await client.close()
  }

  @Test func `a scan goes on behind what was lost, and has each key`() async throws {
    let store = try await makeBucket()
    let writer = store.writer()
    for number in 0..<3_000 { try await writer.put("k\(number)", ByteBuffer(repeating: 1, count: 1_000)) }
    try await writer.finish()
    var keys: Set<String> = []
    var scan = try await store.entries().makeAsyncIterator()
    while let entry = try await scan.next() {
      #expect(keys.insert(entry.key).inserted)
      guard keys.count == 500 else { continue }
      let consumer = try await consumer(of: store)
      _ = try await store.jetStream.request("CONSUMER.DELETE.\(store.stream).\(consumer.name)")
    }
    #expect(keys.count == 3_000)
    #expect(try await eventually { try await store.status().stream.consumerCount == 0 })
  }

  @Test func `scans end beside writers, with all that was acknowledged before`() async throws {
    let store = try await makeBucket()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<3 {
        group.addTask {
          var number = 0
          while !Task.isCancelled {
            // A write that is cancelled at the end of the test throws.
            do { try await store.put("w\(writer).\(number % 50)", "\(number)") } catch { return }
            number += 1
          }
        }
      }
      for number in 0..<60 {
        try await store.put("mine.\(number)", "x")
        #expect(try await store.keys("mine.*").count == number + 1)
        let all = try await store.keys()
        #expect(all.filter { $0.hasPrefix("mine.") }.count == number + 1)
      }
      group.cancelAll()
    }
  }

  @Test func `a write that is not allowed says so, and the next one goes on`() async throws {
    let server = try NATSServer(
      """
      authorization { users: [{ user: "u", password: "p", permissions: { publish: { deny: "$KV.*.secret" } } }] }
      """)
    var options = server.options
    options.authentication = .user("u", password: "p")
    let client = try await NATSClient.connect(options)
    let store = try await JetStream(client).createKeyValueStore(KeyValueConfiguration(bucket: "B"))
    guard case .jetStream(.client(.forbidden))? = await failure({ try await store.put("secret", "1") }) else {
      throw NoEntry()
    }
    #expect(try await store.put("open", "1") == 1)
    await client.close()
  }

  @Test func `one of many who create a key at once succeeds`() async throws {
    let store = try await makeBucket()
    for round in 0..<5 {
      let outcomes = await withTaskGroup(of: KeyValueError?.self) { group in
        for number in 0..<30 {
          group.addTask { await failure { try await store.create("key", "\(number)") } }
        }
        return await group.reduce(into: [KeyValueError?]()) { $0.append($1) }
      }
      #expect(outcomes.filter { $0 == nil }.count == 1)
      #expect(outcomes.compactMap { $0 }.allSatisfy { $0 == .keyExists("key") })
      if round.isMultiple(of: 2) { try await store.delete("key") } else { try await store.purge("key") }
    }
  }
}
