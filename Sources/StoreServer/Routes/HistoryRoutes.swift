internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// The routes of a branch's history: read it, restore a commit, and roll back.
struct HistoryRoutes: Sendable {
  let served: ServedStore

  func register(in routes: StoreRoutes) {
    routes.add("/api/v1/snapshot", [.get: head], rest: .none)
    routes.add("/api/v1/commit", [.get: commit])
    routes.add("/api/v1/versions", [.get: versions])
    routes.add("/api/v1/version", [.get: version])
    routes.add("/api/v1/restore", [.post: restore])
    routes.add("/api/v1/rollback", [.post: rollback])
  }

  /// Answers with the current commit of the branch, as text.
  private func head(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let snapshot = try await served.snapshot(for: request, context)
    guard let commit = snapshot.commit else { throw StoreError.noCommits(snapshot.branch) }
    return .text(commit.hex)
  }

  /// Answers with a commit.
  private func commit(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    guard let id = CommitID(hex: path.joined) else {
      throw HTTPFailure.badRequest("invalid hash: \(path.joined)", text: "invalid hash")
    }
    let branch = try await served.branch(for: request, context)
    do {
      let commit = try await served.readers.run(on: branch) { (session) throws(StoreError) in
        try session.commit(session.resolve(id.hex))
      }
      return .json(.object(commit.jsonMembers))
    } catch StoreError.unknownRevision {
      throw HTTPFailure.notFound("unknown commit: \(id.hex)", text: "invalid commit")
    }
  }

  /// Answers with the versions of a path, oldest first: a hash and a commit each.
  private func versions(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    guard let path = try path.modulePath else { throw HTTPFailure.badRequest("a path is missing") }
    try context.rights.require(path)
    let versions = try await served.readers.run(on: try await served.branch(for: request, context)) {
      (session) throws(StoreError) in
      // A missing branch is an error. A path that never existed is not.
      _ = try session.head()
      do throws(StoreError) { return try session.versions(of: path) } catch .moduleNotFound { return [] }
    }
    return .json(.array(versions.map { .array([.text($0.digest.hex), .text($0.commit.hex)]) }))
  }

  /// Answers with a version of a path.
  private func version(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    guard let number = path.first.flatMap({ Int($0) }), number >= 0 else {
      throw HTTPFailure.badRequest("'\(path.first ?? "")' is not the number of a version")
    }
    guard let module = try path.rest.modulePath else { throw HTTPFailure.badRequest("a path is missing") }
    try context.rights.require(module)
    let responder = ModuleResponder(served: served)
    let branch = try await served.branch(for: request, context)
    return try await served.retryingOnce {
      let found = try await served.readers.run(on: branch) { (session) throws(StoreError) -> Module? in
        do throws(StoreError) { return try session.version(number, of: module).module } catch {
          switch error {
          case .moduleNotFound, .versionNotFound: return nil
          default: throw error
          }
        }
      }
      guard let found else {
        throw HTTPFailure.notFound("no version \(number) of \(module) on \(branch)", text: "Not found")
      }
      return try await responder.response(to: request, with: found, isByHash: false, context)
    }
  }

  /// Restores a commit: for the branch, or for one path.
  private func restore(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    guard let id = path.first.flatMap({ CommitID(hex: $0) }) else {
      throw HTTPFailure.badRequest("invalid hash: \(path.first ?? "''")", text: "invalid hash in request")
    }
    let module = try path.rest.modulePath
    let target = try await served.writeTarget(for: request, context, module)
    do {
      let result = try await target.run { (session) throws(StoreError) in
        try session.restore(id.hex, paths: [module].compactMap { $0 }, removingAbsent: false)
      }
      return .done.withCommit(result.commit)
    } catch StoreError.unknownRevision {
      throw HTTPFailure.notFound("unknown commit: \(id.hex)", text: "commit not found")
    }
  }

  /// Rolls back by one version: the branch, or one path.
  private func rollback(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let module = try path.modulePath
    let target = try await served.writeTarget(for: request, context, module)
    let result = try await target.run { (session) throws(StoreError) in try session.rollback(module) }
    return .done.withCommit(result.commit)
  }
}
