import NATSCore
import NATSJetStream
import NIOCore
import Testing

@testable import NATSKeyValue

struct NoEntry: Error {}

/// Watches of many keys, with the names of the tests of async-nats.
@Suite(.sharedServer) struct KeyValueWatchTests {
  /// Whether the server has no consumers of a bucket any more.
  private func hasNoConsumers(_ store: KeyValueStore) async throws -> Bool {
    try await eventually { try await store.status().stream.consumerCount == 0 }
  }

  private func lines(_ word: String, _ numbers: ClosedRange<Int>, from revision: Int) -> [String] {
    numbers.map { "\(word) \(revision + $0 - numbers.lowerBound) = \($0)" }
  }

  @Test func history() async throws {
    let store = try await makeBucket { $0.history = 15 }
    for number in 0..<20 { try await store.put("key", "\(number)") }
    #expect(try await store.lines(try await store.history("key")) == lines("key", 5...19, from: 6))
    #expect(try await store.lines(try await store.history("absent")) == [])
    #expect(try await hasNoConsumers(store))
  }

  @Test func watch_hearbeats_first() async throws {
    let store = try await makeBucket()
    try await store.put("foo", "before")
    var options = KeyValueWatch.Options()
    options.heartbeat = .milliseconds(100)
    let watch = try await store.watch("foo", options: options)
    var clockConfiguration = OrderedConsumer.Configuration(start: .new)
    clockConfiguration.heartbeat = .milliseconds(100)
    let clock = try await store.jetStream.orderedConsumer(of: store.stream, clockConfiguration)
    async let writing: Void = {
      for number in 0..<5 {
        // There are several heartbeats between two values.
        var beats = 0
        while beats < 3 { if case .idle? = try await clock.nextEvent() { beats += 1 } }
        try await store.put("foo", "\(number)")
        try await store.put("other", "\(number)")
      }
    }()
    var events = watch.makeAsyncIterator()
    #expect(
      try await store.lines(&events, 6)
        == ["current", "foo 2 = 0", "foo 4 = 1", "foo 6 = 2", "foo 8 = 3", "foo 10 = 4"])
    try await writing
  }

  @Test func watch_no_messages() async throws {
    let store = try await makeBucket()
    var events = try await store.watch("foo", from: .last).makeAsyncIterator()
    #expect(try await events.next() == .current)
    try await store.put("foo", "a")
    guard case .entry(let entry)? = try await events.next() else { throw NoEntry() }
    #expect(entry.isCurrent)
    #expect(entry.line == "foo 1 = a")
  }

  @Test func watch() async throws {
    let store = try await makeBucket()
    try await store.put("foo", "before")
    var events = try await store.watch("foo").makeAsyncIterator()
    for number in 0..<10 {
      try await store.put("foo", "\(number)")
      try await store.put("bar", "\(number)")
    }
    let expected = (0..<10).map { "foo \(2 + $0 * 2) = \($0)" }
    #expect(try await store.lines(&events, 11) == ["current"] + expected)
  }

  @Test(arguments: [false, true])
  func watch_many(withHistory: Bool) async throws {
    let store = try await makeBucket()
    try await store.put("foo.bar", "42")
    try await store.put("var.a", "1")
    var events = try await store.watch("foo.>", "bar.>", "foo.*", from: withHistory ? .last : .new)
      .makeAsyncIterator()
    var expected = withHistory ? ["foo.bar 1 = 42", "current"] : ["current"]
    for number in 0..<10 {
      expected.append("foo.\(number) \(try await store.put("foo.\(number)", "x")) = x")
      try await store.put("var.\(number)", "x")
      expected.append("bar.\(number) \(try await store.put("bar.\(number)", "x")) = x")
    }
    #expect(try await store.lines(&events, expected.count) == expected)
  }

  @Test func watch_seen_current() async throws {
    let store = try await makeBucket()
    for number in 0..<10 { try await store.put("key.\(number)", "\(number)") }
    var events = try await store.watch("key.>", from: .last).makeAsyncIterator()
    for number in 10..<20 { try await store.put("key.\(number)", "\(number)") }
    var (seen, places): ([Bool], [Int]) = ([], [])
    for place in 0..<21 {
      switch try #require(try await events.next()) {
      case .entry(let entry):
        #expect(entry.key == "key.\(seen.count)")
        seen.append(entry.isCurrent)
      case .current: places.append(place)
      }
    }
    // More values may have existed already when the server counted the remaining ones.
    let first = try #require(seen.firstIndex(of: true))
    #expect(first >= 9)
    #expect(seen[first...].allSatisfy { $0 })
    #expect(places == [first + 1])
  }

  @Test func watch_with_history() async throws {
    let store = try await makeBucket()
    try await store.put("foo.bar", "41")
    try await store.put("foo.bar", "42")
    var events = try await store.watch("foo.>", from: .last).makeAsyncIterator()
    #expect(try await store.lines(&events, 2) == ["foo.bar 2 = 42", "current"])
    for number in 0..<10 { try await store.put("foo.\(number)", "x") }
    #expect(try await store.lines(&events, 10) == (0..<10).map { "foo.\($0) \(3 + $0) = x" })
  }

  @Test func watch_all() async throws {
    let store = try await makeBucket()
    var events = try await store.watch().makeAsyncIterator()
    async let foo: Void = { for _ in 0..<10 { try await store.put("foo", "x") } }()
    async let bar: Void = { for _ in 0..<10 { try await store.put("bar", "x") } }()
    #expect(try await events.next() == .current)
    for revision in 1...20 {
      guard case .entry(let entry)? = try await events.next() else { throw NoEntry() }
      #expect(entry.revision == Int64(revision))
    }
    _ = try await (foo, bar)
  }

  @Test func watch_from_revision() async throws {
    let store = try await makeBucket { $0.history = 10 }
    for (key, value) in [("foo", "bar"), ("foo", "baz"), ("bar", "foo"), ("bar", "bar"), ("baz", "foo")] {
      try await store.put(key, value)
    }
    var one = try await store.watch("foo", from: .revision(2)).makeAsyncIterator()
    #expect(try await store.lines(&one, 2) == ["foo 2 = baz", "current"])
    var all = try await store.watch(from: .revision(3)).makeAsyncIterator()
    #expect(try await store.lines(&all, 4) == ["bar 3 = foo", "bar 4 = bar", "baz 5 = foo", "current"])
    var later = try await store.watch(from: .revision(7)).makeAsyncIterator()
    #expect(try await later.next() == .current)
    try await store.put("foo", "6")
    try await store.put("foo", "7")
    #expect(try await later.next()?.line == "foo 7 = 7")
    var whole = try await store.watch("foo", from: .history).makeAsyncIterator()
    #expect(
      try await store.lines(&whole, 5)
        == ["foo 1 = bar", "foo 2 = baz", "foo 6 = 6", "foo 7 = 7", "current"])
  }

  @Test func keys() async throws {
    let store = try await makeBucket()
    #expect(try await store.keys() == [])
    try await store.put("foo", "a")
    try await store.put("bar", "b")
    #expect(try await store.keys() == ["bar", "foo"])
    #expect(try await store.keys("f*".replacing("*", with: "oo")) == ["foo"])
    try await store.delete("bar")
    #expect(try await store.keys() == ["foo"])
    try await store.purge("foo")
    #expect(try await store.keys() == [])
    try await store.put("foo", "c")
    #expect(try await store.keys() == ["foo"])
    #expect(try await hasNoConsumers(store))
    let short = try await makeBucket { $0.age = .milliseconds(100) }
    try await short.put("a", "1")
    #expect(try await eventually { try await short.keys().isEmpty })
  }

  @Test func watch_with_markers() async throws {
    let store = try await makeBucket { $0.limitMarkers = .seconds(10) }
    var events = try await store.watch().makeAsyncIterator()
    try await store.put("key1", "a")
    try await store.purge("key1", timeToLive: .after(.seconds(10)))
    #expect(try await store.lines(&events, 3) == ["current", "key1 1 = a", "key1 2 purged"])
  }

  @Test func watch_with_limit_markers() async throws {
    let store = try await makeBucket {
      $0.age = .milliseconds(500)
      $0.limitMarkers = .seconds(10)
    }
    var events = try await store.watch().makeAsyncIterator()
    try await store.put("key", "a")
    #expect(try await store.lines(&events, 2) == ["current", "key 1 = a"])
    guard case .entry(let marker)? = try await events.next() else { throw NoEntry() }
    #expect(marker.line == "key 2 purged")
    #expect(marker.markerReason == "MaxAge")
    #expect(marker.value.readableBytes == 0)
    #expect(try await store.get("key", from: .leader) == nil)
  }

  @Test func `what is left out can be chosen, and the end of the beginning is told all the same`()
    async throws
  {
    let store = try await makeBucket()
    try await store.put("a", "1234")
    try await store.delete("b")
    var options = KeyValueWatch.Options()
    options.ignoresMarkers = true
    options.onlyHeaders = true
    let watch = try await store.watch(from: .last, options: options)
    var events = watch.makeAsyncIterator()
    guard case .entry(let entry)? = try await events.next() else { throw NoEntry() }
    #expect(entry.valueLength == 4)
    #expect(entry.value.readableBytes == 0)
    #expect(entry.isValue)
    #expect(try await events.next() == .current)
    try await store.delete("a")
    try await store.put("c", "1")
    #expect(try await events.next()?.line == "c 4 = ")
    watch.stop()
    #expect(try await events.next() == nil)
    #expect(try await hasNoConsumers(store))
  }

  @Test func `who lets go of a watch or of a scan leaves nothing at the server`() async throws {
    let store = try await makeBucket()
    for number in 0..<100 { try await store.put("k\(number)", "x") }
    for try await event in try await store.watch(from: .last) where event != .current { break }
    for try await _ in try await store.entries() { break }
    for try await _ in try await store.history("k1") {}
    let task = Task {
      for try await event in try await store.watch() where event != .current { return }
    }
    #expect(try await eventually { try await store.status().stream.consumerCount == 1 })
    task.cancel()
    await #expect(throws: KeyValueError.jetStream(.client(.cancelled))) { try await task.value }
    #expect(try await hasNoConsumers(store))
  }

  @Test func `a bucket that is deleted ends a watch`() async throws {
    let store = try await makeBucket()
    var options = KeyValueWatch.Options()
    options.heartbeat = .milliseconds(200)
    var events = try await store.watch(options: options).makeAsyncIterator()
    #expect(try await events.next() == .current)
    try await store.jetStream.deleteKeyValueStore(store.bucket)
    await #expect(throws: KeyValueError.bucketDeleted(store.bucket)) { try await events.next() }
  }

  @Test func `a slow reader of large values gets them all`() async throws {
    let store = try await makeBucket()
    let writer = store.writer()
    for number in 0..<200 { try await writer.put("k\(number)", ByteBuffer(repeating: 7, count: 100_000)) }
    try await writer.finish()
    var count = 0
    for try await entry in try await store.entries() {
      #expect(entry.valueLength == 100_000)
      count += 1
      await Task.yield()
    }
    #expect(count == 200)
    #expect(try await hasNoConsumers(store))
  }
}
