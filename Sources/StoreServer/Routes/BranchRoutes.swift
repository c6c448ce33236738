internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import JSONText
internal import ModuleStore

/// The routes of branches: list, create, choose as default, delete, merge, and collect garbage.
struct BranchRoutes: Sendable {
  let served: ServedStore

  func register(in routes: StoreRoutes) {
    routes.add("/api/v1/branches", [.get: list], rest: .none)
    routes.add("/api/v1/branch", [.get: current], rest: .none)
    routes.add("/api/v1/branch", [.post: create, .put: choose, .delete: delete], rest: .some)
    routes.add("/api/v1/merge", [.post: merge], rest: .some)
    routes.add("/api/v1/gc", [.post: collect], rest: .none)
  }

  /// Answers with the names of the branches.
  private func list(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let names = try await served.readers.run { (session) throws(StoreError) in
      try session.branches().map(\.name)
    }
    let visible = names.filter { context.rights.key?.allows(branch: $0) ?? true }
    return .json(.array(visible.map { .text($0.name) }))
  }

  /// Answers with the name of the default branch, as text.
  private func current(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    .text(try await served.defaultBranch.name)
  }

  /// Creates a branch at the current commit of the request's branch.
  private func create(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    try context.rights.requireWholeStore()
    let name = try BranchName(path.joined)
    do {
      try await make(name, request, context)
    } catch StoreError.branchExists {
      throw HTTPFailure(.conflict, "exists", "branch \(name) already exists").withText(
        "Branch already exists")
    }
    return .done
  }

  private func make(_ name: BranchName, _ request: Request, _ context: StoreRequestContext) async throws {
    try context.rights.require(name)
    let start = try await served.branch(for: request, context)
    _ = try await served.writeTarget(for: request, context, nil).run { (session) throws(StoreError) in
      try session.createBranch(name, from: start.name)
    }
  }

  /// Sets the default branch of the running server, and creates the branch if it does not exist.
  private func choose(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let name = try BranchName(path.joined)
    do { try await make(name, request, context) } catch StoreError.branchExists {}
    served.choose(name)
    return .done
  }

  /// Deletes a branch.
  ///
  /// A missing branch is not an error.
  private func delete(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let name = try BranchName(path.joined)
    let isDefault = try await served.defaultBranch == name
    try context.rights.require(name)
    try context.rights.requireAllPaths()
    if served.settings.isReadOnly { throw ServedStore.readOnly }
    if isDefault { throw StoreError.branchIsDefault(name) }
    do {
      try await served.writer.run(by: context.rights.key?.author ?? served.settings.author) {
        (session) throws(StoreError) in try session.deleteBranch(name)
      }
    } catch StoreError.branchNotFound(name) {}
    return .done
  }

  /// Merges a branch into the request's branch.
  private func merge(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let name = try BranchName(path.joined)
    try context.rights.require(name)
    let target = try await served.writeTarget(for: request, context, nil)
    let result = try await target.run { (session) throws(StoreError) in
      guard try session.branches().contains(where: { $0.name == name }) else { throw .branchNotFound(name) }
      return try session.merge(name.name)
    }
    return .done.withCommit(result.commit)
  }

  /// Collects garbage, and squashes the history of the request's branch.
  private func collect(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let target = try await served.writeTarget(for: request, context, nil, in: served.collector)
    _ = try await target.run { (session) throws(StoreError) in
      try session.collectGarbage(CollectionRequest()).removedObjects
    }
    return .done
  }
}
