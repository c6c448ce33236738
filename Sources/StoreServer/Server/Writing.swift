internal import HTTPServing
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
  /// - Throws: `StoreError.invalidName`, `HTTPFailure` with 403 where its key is not for the branch.
  func branch(for request: Request, _ context: StoreRequestContext) async throws -> BranchName {
    let branch: BranchName
    if let named = try request.namedBranch { branch = named } else { branch = try await defaultBranch }
    try context.authority.require(branch)
    return branch
  }

  /// The branch that a request uses, as it stands now.
  func snapshot(for request: Request, _ context: StoreRequestContext) async throws -> BranchSnapshot {
    try await snapshot(of: try await branch(for: request, context))
  }

  /// Reads the branch that a request uses.
  func reading<Result: Sendable>(
    _ request: Request, _ context: StoreRequestContext,
    _ read: @escaping @Sendable (StoreSession) throws(StoreError) -> Result
  ) async throws -> Result {
    try await readers.run(on: try await branch(for: request, context), read)
  }

  /// Prepares a change of a path, or of more where none is given.
  ///
  /// - Throws: `HTTPFailure` with 403 where the server only reads, or the key is not for that.
  func writing(
    _ request: Request, _ context: StoreRequestContext, _ path: ModulePath?, in threads: StoreThreads? = nil
  ) async throws -> Writing {
    if let path { try context.authority.require(path) } else { try context.authority.requireAllPaths() }
    if settings.isReadOnly { throw ServedStore.readOnly }
    let branch = try await branch(for: request, context)
    return Writing(threads ?? writer, on: branch, by: context.authority.key?.author ?? settings.author)
  }

  /// What a change is told where the server only reads.
  static let readOnly = HTTPFailure(.forbidden, "refused", "this server only reads")

  /// Reads, and once more where what was read has just been deleted: a reader keeps nothing from a collection of garbage.
  func readingAgain<Result>(_ read: () async throws -> Result) async throws -> Result {
    do { return try await read() } catch StoreError.damaged { return try await read() }
  }
}
