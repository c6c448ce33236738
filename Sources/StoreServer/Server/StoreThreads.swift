internal import HTTPServing
internal import ModuleStore

/// Threads that work on a store, each with its own connection.
struct StoreThreads: Sendable {
  private let threads: BlockingThreads<StoreConnection>
  private let work: Work

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - store: The store, which must keep its connections.
  ///   - count: The number of threads.
  ///   - work: The clock, messages, progress and cancellation of each call.
  init(_ store: Store, count: Int, _ work: Work) {
    threads = BlockingThreads(count: count) { try store.connect() }
    self.work = work
  }

  /// Runs work on a session.
  ///
  /// - Parameters:
  ///   - branch: The branch to use; nil for the branch that HEAD names.
  ///   - author: The author of commits; nil for the author in the store's settings.
  ///   - body: The work.
  /// - Returns: What the work returns.
  /// - Throws: `StoreError`, and `CancellationError` after the threads have stopped.
  func run<Result: Sendable>(
    on branch: BranchName? = nil, by author: Author? = nil,
    _ body: @escaping @Sendable (StoreSession) throws(StoreError) -> Result
  ) async throws -> Result {
    try await threads.run { [work] connection in
      try body(try connection.session(on: branch, by: author, work))
    }
  }

  /// Runs work that needs no connection, such as reading a file.
  func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await threads.run(body)
  }

  /// Stops the threads after their queued work.
  func end() async throws { try await threads.end { $0.close() } }
}
