import Glibc
import JSONText
import NATSCore
import NATSJetStream
import NATSTesting
import NIOCore
import Synchronization
import Testing

@testable import NATSKeyValue

/// The state shared by a test and its tasks.
private final class Progress: Sendable {
  let written = Atomic(0)
  let isOver = Atomic(false)
}

/// The guarantees of a bucket on three servers.
///
/// With `WASMSTORE_TEST_LONG=1` in the environment, as set by `scripts/torture nats-cluster`, the tests take minutes
/// and print their figures.
@Suite(.serialized, .timeLimit(.minutes(10))) struct KeyValueClusterTests {
  private static let isLong = getenv("WASMSTORE_TEST_LONG") != nil

  /// Prints a figure of the long form.
  private static func report(_ words: String) {
    if isLong { print("figure: \(words)") }
  }

  /// Creates a bucket on three servers, and opens it through each of them.
  private func withStores(_ body: (NATSCluster, [KeyValueStore]) async throws -> Void) async throws {
    let cluster = try await NATSCluster.start()
    var configuration = KeyValueConfiguration(bucket: "B")
    configuration.replicas = 3
    configuration.history = 5
    var clients: [NATSClient] = []
    var stores: [KeyValueStore] = []
    for server in cluster.servers {
      let client = try await NATSClient.connect(server.options)
      clients.append(client)
      var jetStream = JetStream(client)
      jetStream.timeout = .seconds(5)
      stores.append(try await KeyValueClusterTests.create(configuration, jetStream))
    }
    try await body(cluster, stores)
    for client in clients { await client.close() }
  }

  /// Creates a bucket, once the servers have a leader.
  private static func create(
    _ configuration: KeyValueConfiguration, _ jetStream: JetStream
  ) async throws -> KeyValueStore {
    let end = ContinuousClock.now + .seconds(60)
    while true {
      do {
        return try await jetStream.createKeyValueStore(configuration)
      } catch {
        guard ContinuousClock.now < end else { throw error }
        await Task.yield()
      }
    }
  }

  @Test func `what decides is never old, and one of many creates wins`() async throws {
    try await withStores { cluster, stores in
      let (puts, rounds) = Self.isLong ? (1_500, 30) : (300, 5)
      var (old, missing) = (0, 0)
      for number in 0..<puts {
        let (writing, reading) = (stores[number % 3], stores[(number + 1) % 3])
        let revision = try await writing.put("key.\(number % 900)", "\(number)")
        // Answers of any server are only counted; the test does not depend on them.
        if Self.isLong {
          let entry = try await reading.entry("key.\(number % 900)")
          if entry == nil { missing += 1 } else if entry?.revision != revision { old += 1 }
        }
        let entry = try #require(try await reading.entry("key.\(number % 900)", from: .leader))
        #expect(entry.revision == revision)
        #expect(entry.text == "\(number)")
      }
      Self.report(
        "\(puts) puts read back over another server, by its leader 0 old; by any server \(old) old and \(missing) missing"
      )
      for round in 0..<rounds {
        let outcomes = await withTaskGroup(of: KeyValueError?.self) { group in
          for number in 0..<30 {
            let store = stores[number % 3]
            group.addTask { await failure { try await store.create("new.\(round)", "\(number)") } }
          }
          return await group.reduce(into: [KeyValueError?]()) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == nil }.count == 1)
        #expect(outcomes.compactMap { $0 }.allSatisfy { $0 == .keyExists("new.\(round)") })
      }
      Self.report(
        "\(rounds) times 30 creates at once: one succeeded each time, and 29 were told that the key exists")
    }
  }

  @Test func `scans beside six writers have every acknowledged key`() async throws {
    try await withStores { cluster, stores in
      let scans = Self.isLong ? 250 : 40
      let progress = Progress()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<6 {
          group.addTask {
            var number = 0
            while !Task.isCancelled {
              // A write that is cancelled at the end of the test throws.
              do { try await stores[writer % 3].put("w\(writer).\(number % 50)", "x") } catch { return }
              progress.written.add(1, ordering: .relaxed)
              number += 1
            }
          }
        }
        for number in 0..<scans {
          try await stores[number % 3].put("mine.\(number)", "x")
          let keys = try await stores[(number + 1) % 3].keys()
          #expect(keys.filter { $0.hasPrefix("mine.") }.count == number + 1)
        }
        group.cancelAll()
      }
      Self.report(
        "\(scans) scans beside \(progress.written.load(ordering: .relaxed)) writes: no acknowledged key was missing"
      )
    }
  }

  @Test
  func
    `while the servers restart one after the other, nothing acknowledged is lost, and nothing comes twice`()
    async throws
  {
    try await withStores { cluster, stores in
      var servers = cluster.servers
      var options = KeyValueWatch.Options()
      options.heartbeat = .milliseconds(300)
      let watch = try await stores[0].watch(options: options)
      let progress = Progress()
      let writers = (1...2).map { place in
        Task {
          var revisions: [String: Int64] = [:]
          while !progress.isOver.load(ordering: .relaxed) {
            let key = "w\(place).\(revisions.count)"
            revisions[key] = try await KeyValueClusterTests.put(stores[place], key)
          }
          return revisions
        }
      }
      let rounds = Self.isLong ? 3 : 1
      for round in 0..<rounds {
        for place in servers.indices {
          servers[place] = try servers[place].restarted(isOrderly: round % 2 == 0)
          #expect(try await eventually { try await KeyValueClusterTests.isWhole(stores[place]) })
        }
      }
      progress.isOver.store(true, ordering: .relaxed)
      var revisions: [String: Int64] = [:]
      for writer in writers { revisions.merge(try await writer.value) { $1 } }
      let last = try #require(revisions.values.max())
      var events = watch.makeAsyncIterator()
      #expect(try await events.next() == .current)
      var seen: [String: Int64] = [:]
      var newest: Int64 = 0
      while newest < last {
        guard case .entry(let entry)? = try await events.next() else { throw NoEntry() }
        #expect(entry.revision > newest)
        newest = entry.revision
        #expect(seen.updateValue(newest, forKey: entry.key) == nil)
      }
      #expect(revisions.allSatisfy { seen[$0.key] == $0.value })
      for store in stores {
        let keys = try await KeyValueClusterTests.again { try await store.keys() }
        #expect(Set(keys) == Set(revisions.keys))
      }
      Self.report(
        "\(rounds * servers.count) restarts beside \(revisions.count) acknowledged creates: none was lost, none came twice"
      )
      for server in servers { server.kill() }
    }
  }

  @Test func `where the leader dies, nothing acknowledged is lost, and a watch goes on`() async throws {
    try await withStores { cluster, stores in
      let count = Self.isLong ? 3_000 : 300
      let leader = try #require(try await stores[0].status().stream.leader.flatMap { cluster.place(of: $0) })
      let (writing, watching) = (stores[(leader + 1) % 3], stores[(leader + 2) % 3])
      var options = KeyValueWatch.Options()
      options.heartbeat = .milliseconds(300)
      let watch = try await watching.watch(options: options)
      var revisions: [Int: Int64] = [:]
      for number in 0..<count {
        if number == 100 { cluster.servers[leader].kill() }
        revisions[number] = try await KeyValueClusterTests.put(writing, "k\(number)")
      }
      var events = watch.makeAsyncIterator()
      #expect(try await events.next() == .current)
      var seen: Set<Int64> = []
      var last: Int64 = 0
      while last < revisions[count - 1] ?? 0 {
        guard case .entry(let entry)? = try await events.next() else { throw NoEntry() }
        #expect(entry.revision > last)
        last = entry.revision
        seen.insert(last)
      }
      #expect(revisions.values.allSatisfy { seen.contains($0) })
      #expect(try await KeyValueClusterTests.again { try await writing.keys() }.count == count)
      for number in 0..<count {
        #expect(try await watching.entry("k\(number)", from: .leader)?.revision == revisions[number])
      }
      Self.report("the leader killed beside \(count) acknowledged creates: none was lost, none came twice")
    }
  }

  /// Whether all three servers have the whole contents of the bucket.
  private static func isWhole(_ store: KeyValueStore) async throws -> Bool {
    let answer: JSONValue
    // Without a leader nobody answers.
    do throws(JetStreamError) {
      answer = try await store.jetStream.request("STREAM.INFO.\(store.stream)")
    } catch { return false }
    guard case .array(let replicas)? = answer["cluster"]?["replicas"] else { return false }
    return replicas.count == 2
      && replicas.allSatisfy { if case .boolean(true)? = $0["current"] { true } else { false } }
  }

  /// Reads, and retries without an answer: a consumer may be assigned to a server that has just died.
  private static func again<Answer>(_ read: () async throws -> Answer) async throws -> Answer {
    let end = ContinuousClock.now + .seconds(60)
    while true {
      do {
        return try await read()
      } catch KeyValueError.jetStream(.client(.timedOut)) where ContinuousClock.now < end {}
    }
  }

  /// Creates a key, even if the leader of the bucket dies, and returns its revision.
  private static func put(_ store: KeyValueStore, _ key: String) async throws -> Int64 {
    let end = ContinuousClock.now + .seconds(60)
    while true {
      do throws(KeyValueError) {
        return try await store.create(key, "x")
      } catch {
        guard ContinuousClock.now < end else { throw error }
        // It was stored by an attempt without an answer; without a leader this cannot be confirmed yet.
        if case .keyExists = error, let entry = try? await store.entry(key, from: .leader) {
          return entry.revision
        }
      }
    }
  }
}
