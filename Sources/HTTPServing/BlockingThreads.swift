internal import NIOPosix
internal import Synchronization

/// Threads for work that may block on a disk or a lock, and so must not run on an event loop or on the threads of async
/// functions.
///
/// Each running call has its own connection.
package final class BlockingThreads<Connection>: Sendable {
  private let pool: NIOThreadPool
  private let connect: @Sendable () throws -> Connection
  /// The connections that no thread is using.
  private let idle = Mutex<[Held]>([])

  /// A connection, which only one thread uses at a time.
  // Two threads never have the same connection: it is taken from `idle` under a mutex, and put back after the work.
  private final class Held: @unchecked Sendable {
    let connection: Connection
    init(_ connection: Connection) { self.connection = connection }
  }

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - count: The number of threads, and the maximum number of connections.
  ///   - connect: Opens a connection. Called when no idle connection is available.
  package init(count: Int, connect: @escaping @Sendable () throws -> Connection) {
    self.connect = connect
    pool = NIOThreadPool(numberOfThreads: count)
    pool.start()
  }

  /// Runs work with a connection.
  ///
  /// - Parameter body: The work.
  /// - Returns: What the work returns.
  /// - Throws: The errors of `body` and `connect`, and `CancellationError` after the threads have stopped.
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

  /// Stops the threads after their queued work.
  ///
  /// - Parameter close: Closes a connection.
  /// - Throws: An error if the threads have already stopped.
  package func end(_ close: (Connection) -> Void = { _ in }) async throws {
    try await pool.shutdownGracefully()
    let connections = idle.withLock { idle in
      defer { idle = [] }
      return idle
    }
    for held in connections { close(held.connection) }
  }
}
