internal import ModuleStore
internal import NIOPosix
internal import Synchronization

/// Threads that work on a store, each with a connection of its own: whatever may wait for a disk or a lock runs here, and
/// never on an event loop or where asynchronous functions run.
final class StoreThreads: Sendable {
  private let store: Store
  private let work: Work
  private let pool: NIOThreadPool
  /// The connections that no thread uses.
  private let idle = Mutex<[Connection]>([])

  /// A connection, which one thread at a time takes out of the idle ones.
  // No two threads have the same one: it is taken out under a mutex, and put back when the work is done.
  private final class Connection: @unchecked Sendable {
    let connection: StoreConnection
    init(_ connection: StoreConnection) { self.connection = connection }
  }

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - store: The store, which keeps its connections.
  ///   - count: How many threads there are.
  ///   - work: What goes along with each call.
  init(_ store: Store, count: Int, _ work: Work) {
    self.store = store
    self.work = work
    pool = NIOThreadPool(numberOfThreads: count)
    pool.start()
  }

  /// Runs work on a session.
  ///
  /// - Parameters:
  ///   - branch: The branch to use; nil for the one that HEAD names.
  ///   - author: Who is named in commits; nil for whom the store's settings name.
  ///   - body: The work.
  /// - Returns: What the work returns.
  /// - Throws: `StoreError`, and `CancellationError` once the threads have ended.
  func run<Result: Sendable>(
    on branch: BranchName? = nil, by author: Author? = nil,
    _ body: @escaping @Sendable (StoreSession) throws(StoreError) -> Result
  ) async throws -> Result {
    try await pool.runIfActive { [self] in
      let connection = try idle.withLock { $0.popLast() } ?? Connection(store.connect())
      defer { idle.withLock { $0.append(connection) } }
      return try body(try connection.connection.session(on: branch, by: author, work))
    }
  }

  /// Runs work that needs no connection, such as reading a file.
  func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await pool.runIfActive(body)
  }

  /// Ends the threads, after the work that was given to them.
  func end() async throws {
    try await pool.shutdownGracefully()
    for connection in idle.withLock({ idle in
      defer { idle = [] }
      return idle
    }) {
      connection.connection.close()
    }
  }
}
