internal import HTTPServing
internal import ModuleStore

/// Threads that work on a store, each with a connection of its own.
struct StoreThreads: Sendable {
  private let threads: BlockingThreads<StoreConnection>
  private let work: Work

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - store: The store, which keeps its connections.
  ///   - count: How many threads there are.
  ///   - work: What goes along with each call.
  init(_ store: Store, count: Int, _ work: Work) {
    threads = BlockingThreads(count: count) { try store.connect() }
    self.work = work
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
    try await threads.run { [work] connection in
      try body(try connection.session(on: branch, by: author, work))
    }
  }

  /// Runs work that needs no connection, such as reading a file.
  func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await threads.run(body)
  }

  /// Ends the threads, after the work that was given to them.
  func end() async throws { try await threads.end { $0.close() } }
}
