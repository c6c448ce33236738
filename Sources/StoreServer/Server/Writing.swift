internal import HTTPTypes
internal import Hummingbird
internal import ModuleStore

/// A change that a request makes: on which branch, by whom.
struct Writing: Sendable {
  private let threads: StoreThreads
  private let branch: BranchName
  private let author: Author?

  init(_ threads: StoreThreads, on branch: BranchName, by author: Author?) {
    (self.threads, self.branch, self.author) = (threads, branch, author)
  }

  /// Makes the change, after those that were begun before.
  func run<Result: Sendable>(
    _ change: @escaping @Sendable (StoreSession) throws(StoreError) -> Result
  ) async throws -> Result {
    try await threads.run(on: branch, by: author, change)
  }
}

extension ServedStore {
  /// The branch that a request uses.
  ///
  /// - Throws: `StoreError.invalidName`.
  func branch(for request: Request) async throws -> BranchName {
    if let named = try request.namedBranch { return named }
    return try await defaultBranch
  }

  /// The branch that a request uses, as it stands now.
  func snapshot(for request: Request) async throws -> BranchSnapshot {
    try await snapshot(of: try await branch(for: request))
  }

  /// Prepares a change.
  ///
  /// - Throws: `HTTPFailure` with 403 where the server only reads.
  func writing(_ request: Request, _ context: StoreRequestContext, in threads: StoreThreads? = nil)
    async throws -> Writing
  {
    if settings.isReadOnly { throw HTTPFailure(.forbidden, "refused", "this server only reads") }
    return Writing(threads ?? writer, on: try await branch(for: request), by: settings.author)
  }

  /// Reads, and once more where what was read has just been deleted: a reader keeps nothing from a collection of garbage.
  func readingAgain<Result>(_ read: () async throws -> Result) async throws -> Result {
    do { return try await read() } catch StoreError.damaged { return try await read() }
  }
}
