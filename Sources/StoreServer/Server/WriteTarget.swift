internal import ModuleStore

/// The target of a change that a request makes: threads, branch and author.
struct WriteTarget: Sendable {
  private let threads: StoreThreads
  private let branch: BranchName
  private let author: Author?

  init(_ threads: StoreThreads, on branch: BranchName, by author: Author?) {
    (self.threads, self.branch, self.author) = (threads, branch, author)
  }

  /// Makes the change, after the changes that were queued before.
  func run<Result: Sendable>(
    _ change: @escaping @Sendable (StoreSession) throws(StoreError) -> Result
  ) async throws -> Result {
    try await threads.run(on: branch, by: author, change)
  }
}
