internal import Glibc
internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import SQLite
internal import SystemPackage

/// The database of a server, with threads that each have their own connection.
struct ServedStorage: Sendable {
  /// The threads for read operations.
  let readers: BlockingThreads<KVStorage>
  /// The thread for write operations, which run one after the other.
  let writer: BlockingThreads<KVStorage>
  /// The thread that parses the bodies of bulk writes. The C library keeps freed memory for each thread, so several threads
  /// would keep several times the memory of a body.
  let parser = BlockingThreads<Void>(count: 1) {}
  private let isInMemory: Bool
  /// The faults to inject; nil for none.
  let faults: Faults?
  /// The caches of the locations; nil if every location sees the current values.
  let locations: LocationCaches?

  private static let readerCount = 4

  /// Starts the threads, and opens nothing yet.
  ///
  /// - Parameters:
  ///   - path: The path of the database; nil for a database in memory, which has only one connection.
  ///   - plan: The faults to inject; nil for none.
  init(at path: FilePath?, _ plan: FaultPlan? = nil) {
    faults = plan.map { Faults($0) }
    locations = plan.flatMap { $0.stale > 0 ? LocationCaches(for: .seconds($0.stale)) : nil }
    writer = BlockingThreads(count: 1) { try KVStorage(at: path) }
    isInMemory = path == nil
    readers =
      isInMemory
      ? writer : BlockingThreads(count: ServedStorage.readerCount) { try KVStorage(at: path) }
  }

  /// Opens the database, and removes incomplete writes of an earlier process.
  func open() async throws { try await writer.run { try $0.discardStaged() } }

  /// Stops the threads after their queued work.
  func end() async throws {
    try await parser.end()
    if !isInMemory {
      try await readers.end()
      try await writer.run { $0.checkpoint() }
    }
    try await writer.end()
  }

  /// Returns a value as the client's location sees it.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - namespace: The namespace.
  ///   - request: The request, which may name a location.
  /// - Returns: The value; nil if there is none.
  /// - Throws: `DatabaseError`, and `CancellationError` after the threads have stopped.
  func value(
    _ key: [UInt8], in namespace: KVNamespace, for request: Request
  ) async throws -> (entry: KVEntry, bytes: [UInt8])? {
    let now = now
    @Sendable func read() async throws -> (entry: KVEntry, bytes: [UInt8])? {
      try await readers.run { try $0.value(key, in: namespace, now: now) }
    }
    guard let locations, let name = HTTPField.Name(LocationCaches.field),
      let location = request.headers[name]
    else { return try await read() }
    return try await locations.value(key, in: namespace, at: location, read)
  }

  /// The current time of the server, in seconds since 1970.
  var now: Int { time(nil) + (faults?.plan.ahead ?? 0) }
}
