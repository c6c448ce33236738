import NATSCore
import NATSJetStream
import NATSKeyValue
import NATSTesting
import NIOCore
import Testing

/// Provides one server for all tests of a suite; each test creates its own buckets.
struct SharedServer: SuiteTrait, TestScoping {
  @TaskLocal static var current: (server: NATSServer, jetStream: JetStream)?

  func provideScope(
    for test: Test, testCase: Test.Case?, performing body: @Sendable @concurrent () async throws -> Void
  ) async throws {
    let server = try NATSServer()
    let client = try await NATSClient.connect(server.options)
    try await SharedServer.$current.withValue((server, JetStream(client))) { try await body() }
    await client.close()
  }
}

extension Trait where Self == SharedServer {
  static var sharedServer: Self { Self() }
}

/// JetStream on the server of the suite.
func jetStream() throws -> JetStream { try #require(SharedServer.current).jetStream }

/// Returns a random name for a bucket.
func bucketName() -> String { "B\(UInt64.random(in: 0 ... .max))" }

/// Creates a bucket on the server of the suite.
func makeBucket(_ change: (inout KeyValueConfiguration) -> Void = { _ in }) async throws -> KeyValueStore {
  var configuration = KeyValueConfiguration(bucket: bucketName())
  change(&configuration)
  return try await jetStream().createKeyValueStore(configuration)
}

/// Returns the error of a call that must fail.
func failure(_ body: () async throws -> Void) async -> KeyValueError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? KeyValueError
  }
}

/// Waits until a condition is true, at most 40 seconds; returns whether it is.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
  let end = ContinuousClock.now + .seconds(40)
  while ContinuousClock.now < end {
    if try await condition() { return true }
    await Task.yield()
  }
  return false
}

extension KeyValueStore {
  @discardableResult
  func put(_ key: String, _ value: String) async throws(KeyValueError) -> Int64 {
    try await put(key, ByteBuffer(string: value))
  }

  @discardableResult
  func create(_ key: String, _ value: String, timeToLive: TimeToLive? = nil) async throws(KeyValueError)
    -> Int64
  {
    try await create(key, ByteBuffer(string: value), timeToLive: timeToLive)
  }

  @discardableResult
  func update(_ key: String, _ value: String, at revision: Int64) async throws(KeyValueError) -> Int64 {
    try await update(key, ByteBuffer(string: value), at: revision)
  }

  func text(_ key: String, from source: ReadSource = .leader) async throws(KeyValueError) -> String? {
    try await get(key, from: source).map { String(buffer: $0) }
  }

  /// Each entry of the history of a key, or of the result of a scan, as one line.
  func lines(_ scan: KeyValueScan) async throws(KeyValueError) -> [String] {
    var lines: [String] = []
    for try await entry in scan { lines.append(entry.line) }
    return lines
  }

  /// The next `count` events of a watch, as one line each.
  func lines(_ events: inout KeyValueWatch.Iterator, _ count: Int) async throws -> [String] {
    var lines: [String] = []
    for _ in 0..<count { lines.append(try #require(try await events.next()).line) }
    return lines
  }
}

extension KeyValueEntry {
  var text: String { String(buffer: value) }

  /// The key, the revision, the operation and the value.
  var line: String {
    switch operation {
    case .put: "\(key) \(revision) = \(text)"
    case .delete: "\(key) \(revision) deleted"
    case .purge: "\(key) \(revision) purged"
    case .unknown(let word): "\(key) \(revision) \(word)?"
    }
  }
}

extension KeyValueWatch.Event {
  var line: String {
    switch self {
    case .entry(let entry): entry.line
    case .current: "current"
    }
  }
}
