internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import ModuleStore

extension ServedStore {
  /// Returns the branch that a request uses.
  ///
  /// - Throws: `StoreError.invalidName`; `HTTPFailure` with 403 if the key does not allow the branch.
  func branch(for request: Request, _ context: StoreRequestContext) async throws -> BranchName {
    let branch: BranchName
    if let named = try request.namedBranch { branch = named } else { branch = try await defaultBranch }
    try context.rights.require(branch)
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

  /// Returns the target of a change of one path, or of the whole branch if `path` is nil.
  ///
  /// - Throws: `HTTPFailure` with 403 if the server is read-only, or the key does not allow the change.
  func writeTarget(
    for request: Request, _ context: StoreRequestContext, _ path: ModulePath?, in threads: StoreThreads? = nil
  ) async throws -> WriteTarget {
    if let path { try context.rights.require(path) } else { try context.rights.requireAllPaths() }
    if settings.isReadOnly { throw ServedStore.readOnly }
    let branch = try await branch(for: request, context)
    return WriteTarget(threads ?? writer, on: branch, by: context.rights.key?.author ?? settings.author)
  }

  /// The failure of every change if the server is read-only.
  static let readOnly = HTTPFailure(.forbidden, "refused", "this server is read-only")

  /// Runs a read operation, and repeats it once if an object is missing: garbage collection does not wait for readers.
  func retryingOnce<Result>(_ read: () async throws -> Result) async throws -> Result {
    do { return try await read() } catch StoreError.damaged { return try await read() }
  }
}
