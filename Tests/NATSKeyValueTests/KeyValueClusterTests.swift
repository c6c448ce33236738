import NATSCore
import NATSJetStream
import NATSTesting
import NIOCore
import Testing

@testable import NATSKeyValue

/// What holds of a bucket that three servers keep.
@Suite(.serialized) struct KeyValueClusterTests {
  /// Creates a bucket that three servers keep, and opens it over each of them.
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
      for number in 0..<300 {
        let (writing, reading) = (stores[number % 3], stores[(number + 1) % 3])
        let revision = try await writing.put("key", "\(number)")
        let entry = try #require(try await reading.entry("key", from: .leader))
        #expect(entry.revision == revision)
        #expect(entry.text == "\(number)")
      }
      for round in 0..<5 {
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
    }
  }

  @Test func `scans beside six writers have every acknowledged key`() async throws {
    try await withStores { cluster, stores in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<6 {
          group.addTask {
            var number = 0
            while !Task.isCancelled {
              // A write that the end of the test cancels says so.
              do { try await stores[writer % 3].put("w\(writer).\(number % 50)", "x") } catch { return }
              number += 1
            }
          }
        }
        for number in 0..<40 {
          try await stores[number % 3].put("mine.\(number)", "x")
          let keys = try await stores[(number + 1) % 3].keys()
          #expect(keys.filter { $0.hasPrefix("mine.") }.count == number + 1)
        }
        group.cancelAll()
      }
    }
  }

  @Test func `where the leader dies, nothing acknowledged is lost, and a watch goes on`() async throws {
    try await withStores { cluster, stores in
      let leader = try #require(try await stores[0].status().stream.leader.flatMap { cluster.place(of: $0) })
      let (writing, watching) = (stores[(leader + 1) % 3], stores[(leader + 2) % 3])
      var options = KeyValueWatch.Options()
      options.heartbeat = .milliseconds(300)
      let watch = try await watching.watch(options: options)
      var revisions: [Int: Int64] = [:]
      for number in 0..<300 {
        if number == 100 { cluster.servers[leader].kill() }
        revisions[number] = try await KeyValueClusterTests.put(writing, "k\(number)")
      }
      var events = watch.makeAsyncIterator()
      #expect(try await events.next() == .current)
      var seen: Set<Int64> = []
      var last: Int64 = 0
      while last < revisions[299] ?? 0 {
        guard case .entry(let entry)? = try await events.next() else { throw NoEntry() }
        #expect(entry.revision > last)
        last = entry.revision
        seen.insert(last)
      }
      #expect(revisions.values.allSatisfy { seen.contains($0) })
      #expect(try await writing.keys().count == 300)
      for number in 0..<300 {
        #expect(try await watching.entry("k\(number)", from: .leader)?.revision == revisions[number])
      }
    }
  }

  /// Creates a key, whatever becomes of the server that leads the bucket, and answers its revision.
  private static func put(_ store: KeyValueStore, _ key: String) async throws -> Int64 {
    let end = ContinuousClock.now + .seconds(60)
    while true {
      do throws(KeyValueError) {
        return try await store.create(key, "x")
      } catch {
        guard ContinuousClock.now < end else { throw error }
        // It was stored by an attempt that had no answer; without a leader nobody can say so yet.
        if case .keyExists = error, let entry = try? await store.entry(key, from: .leader) {
          return entry.revision
        }
      }
    }
  }
}
