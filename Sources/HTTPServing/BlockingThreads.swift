internal import NIOPosix
internal import Synchronization

/// Threads for what may wait for a disk or a lock, which is done here and never on an event loop or where asynchronous
/// functions run. Each works with a connection of its own.
package final class BlockingThreads<Connection>: Sendable {
  private let pool: NIOThreadPool
  private let connect: @Sendable () throws -> Connection
  /// The connections that no thread uses.
  private let idle = Mutex<[Held]>([])

  /// A connection, which one thread at a time takes out of the idle ones.
  // No two threads have the same one: it is taken out under a mutex, and put back when the work is done.
  private final class Held: @unchecked Sendable {
    let connection: Connection
    init(_ connection: Connection) { self.connection = connection }
  }

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - count: How many threads there are, and so the most connections.
  ///   - connect: Makes a connection when one is needed first.
  package init(count: Int, connect: @escaping @Sendable () throws -> Connection) {
    self.connect = connect
    pool = NIOThreadPool(numberOfThreads: count)
    pool.start()
  }

  /// Runs work with a connection.
  ///
  /// - Parameter body: The work.
  /// - Returns: What the work returns.
  /// - Throws: What `body` and the making of a connection throw, and `CancellationError` once the threads have ended.
  package func run<Result: Sendable>(
    _ body: @escaping @Sendable (Connection) throws -> Result
  ) async throws -> Result {
    try await pool.runIfActive { [self] in
      let held = try idle.withLock { $0.popLast() } ?? Held(connect())
      defer { idle.withLock { $0.append(held) } }
      return try body(held.connection)
    }
  }

  /// Runs work that needs no connection, such as reading a file.
  package func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await pool.runIfActive(body)
  }

  /// Ends the threads, after the work that was given to them.
  ///
  /// - Parameter close: Closes a connection.
  /// - Throws: Where the threads have ended already.
  package func end(_ close: (Connection) -> Void = { _ in }) async throws {
    try await pool.shutdownGracefully()
    let connections = idle.withLock { idle in
      defer { idle = [] }
      return idle
    }
    for held in connections { close(held.connection) }
  }
}
