internal import Glibc
internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import SQLite
internal import SystemPackage

/// The database that a server serves: threads that work on it, each with a connection.
struct ServedStorage: Sendable {
  /// Threads for what only reads.
  let readers: BlockingThreads<KVStorage>
  /// The thread that writes; whoever writes comes after the one before.
  let writer: BlockingThreads<KVStorage>
  private let isInMemory: Bool
  /// What goes wrong on purpose; nil for nothing.
  let faults: Faults?
  /// What locations have read; nil where all see what is there.
  let locations: LocationCaches?

  private static let readerCount = 4

  /// Prepares the threads; nothing is opened yet.
  ///
  /// - Parameters:
  ///   - path: The file; nil for memory, which one connection alone sees.
  ///   - plan: What goes wrong on purpose; nil for nothing.
  init(at path: FilePath?, _ plan: FaultPlan? = nil) {
    faults = plan.map { Faults($0) }
    locations = plan.flatMap { $0.stale > 0 ? LocationCaches(for: .seconds($0.stale)) : nil }
    writer = BlockingThreads(count: 1) { try KVStorage(at: path) }
    isInMemory = path == nil
    readers =
      isInMemory
      ? writer : BlockingThreads(count: ServedStorage.readerCount) { try KVStorage(at: path) }
  }

  /// Opens the database.
  func open() async throws { try await writer.run { try $0.discardStaged() } }

  /// Ends the threads, after the work that was given to them.
  func end() async throws {
    if !isInMemory {
      try await readers.end()
      try await writer.run { $0.fold() }
    }
    try await writer.end()
  }

  /// A value as whoever asks sees it.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - namespace: The namespace.
  ///   - request: Says where the one is who asks.
  /// - Returns: The value; nil where there is none.
  /// - Throws: `SQLiteError`, and `CancellationError` once the server ends.
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

  /// The present moment, in seconds since 1970.
  var now: Int { time(nil) + (faults?.plan.ahead ?? 0) }
}
