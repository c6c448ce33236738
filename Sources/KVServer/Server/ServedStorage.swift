internal import Glibc
internal import HTTPServing
internal import SQLite
internal import SystemPackage

/// The database that a server serves: threads that work on it, each with a connection.
struct ServedStorage: Sendable {
  /// Threads for what only reads.
  let readers: BlockingThreads<KVStorage>
  /// The thread that writes; whoever writes comes after the one before.
  let writer: BlockingThreads<KVStorage>
  private let isInMemory: Bool

  private static let readerCount = 4

  /// Prepares the threads; nothing is opened yet.
  ///
  /// - Parameter path: The file; nil for memory, which one connection alone sees.
  init(at path: FilePath?) {
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

  /// The present moment, in seconds since 1970.
  var now: Int { time(nil) }
}
