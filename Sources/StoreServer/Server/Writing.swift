internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import ModuleStore

/// The target of a change that a request makes: threads, branch and author.
struct Writing: Sendable {
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

extension ServedStore {
  /// Returns the branch that a request uses.
  ///
  /// - Throws: `StoreError.invalidName`; `HTTPFailure` with 403 if the key does not allow the branch.
  func branch(for request: Request, _ context: StoreRequestContext) async throws -> BranchName {
    let branch: BranchName
    if let named = try request.namedBranch { branch = named } else { branch = try await defaultBranch }
    try context.authority.require(branch)
    return branch
  }

  /// Returns the current snapshot of the branch that a request uses.
  func snapshot(for request: Request, _ context: StoreRequestContext) async throws -> BranchSnapshot {
    try await snapshot(of: try await branch(for: request, context))
  }

  /// Runs a read operation on the branch that a request uses.
  func reading<Result: Sendable>(
    _ request: Request, _ context: StoreRequestContext,
    _ read: @escaping @Sendable (StoreSession) throws(StoreError) -> Result
  ) async throws -> Result {
    try await readers.run(on: try await branch(for: request, context), read)
  }

  /// Prepares a change of one path, or of the whole branch if `path` is nil.
  ///
  /// - Throws: `HTTPFailure` with 403 if the server is read-only, or the key does not allow the change.
  func writing(
    _ request: Request, _ context: StoreRequestContext, _ path: ModulePath?, in threads: StoreThreads? = nil
  ) async throws -> Writing {
    if let path { try context.authority.require(path) } else { try context.authority.requireAllPaths() }
    if settings.isReadOnly { throw ServedStore.readOnly }
    let branch = try await branch(for: request, context)
    return Writing(threads ?? writer, on: branch, by: context.authority.key?.author ?? settings.author)
  }

  /// The failure of every change if the server is read-only.
  static let readOnly = HTTPFailure(.forbidden, "refused", "this server only reads")

  /// Runs a read operation, and repeats it once if an object is missing: garbage collection does not wait for readers.
  func readingAgain<Result>(_ read: () async throws -> Result) async throws -> Result {
    do { return try await read() } catch StoreError.damaged { return try await read() }
  }
}
