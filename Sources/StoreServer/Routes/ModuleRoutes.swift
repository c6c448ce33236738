internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import Identifiers
internal import JSONText
internal import ModuleStore

/// The routes of modules: read, add and remove them.
struct ModuleRoutes: Sendable {
  let served: ServedStore

  func register(in routes: StoreRoutes) {
    routes.add("/api/v1/modules", [.get: list])
    routes.add("/api/v1/module", [.get: read, .post: add, .delete: remove])
    routes.add("/api/v1/hash", [.get: hash, .post: set])
  }

  // MARK: Reading

  /// Answers with the hash of each module, by its path.
  private func list(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let snapshot = try await served.snapshot(for: request, context)
    let prefix = try path.modulePath
    guard let visible = context.rights.visiblePart(of: prefix) else { return .json(.object([])) }
    return .json { writer in
      writer.object { object in
        snapshot.forEachModule(below: visible.prefix) { path, digest in
          object.member(utf8: path) { $0.text(digest.hex) }
        }
      }
    }
  }

  /// Answers with the bytes of a module.
  private func read(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let reference = try path.moduleReference
    let reader = ModuleResponder(served: served)
    return try await served.retryingOnce {
      let module = try await served.snapshot(for: request, context).existingModule(
        reference, for: context.rights)
      var isByHash = false
      if case .digest = reference { isByHash = true }
      return try await reader.response(to: request, with: module, isByHash: isByHash, context)
    }
  }

  /// Answers with the hash of a module, as text.
  private func hash(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let module = try await served.snapshot(for: request, context).existingModule(
      path.moduleReference, for: context.rights)
    return .text(module.digest.hex)
  }

  // MARK: Writing

  /// Adds the body as a module.
  private func add(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    guard case .path(let path) = try path.moduleReference else {
      throw HTTPFailure.badRequest("a module is added at a path, not at a hash")
    }
    let target = try await served.writeTarget(for: request, context, path)
    let expectation = try request.expectation
    return try await served.uploads.run {
      let module = try await Upload(served: served, limit: served.settings.bodyLimit)
        .receive(request, named: path.description)
      let added = try await target.run { (session) throws(StoreError) in
        var addition = AddRequest([ModuleSource(.received(module), path: path)])
        addition.expectations[path] = expectation
        return try session.add(addition)
      }
      return .text(module.digest.hex).withCommit(added.commit)
    }
  }

  /// Removes a module or a directory.
  ///
  /// A hash removes every path that has it. A missing module is not an error.
  private func remove(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let reference = try path.moduleReference
    var changed: ModulePath?
    if case .path(let path) = reference { changed = path }
    let target = try await served.writeTarget(for: request, context, changed)
    let expectation = try request.expectation
    if case .digest = reference, expectation != nil {
      throw HTTPFailure.badRequest("If-Match and If-None-Match can be used only with a path, not with a hash")
    }
    let result = try await target.run { (session) throws(StoreError) in
      switch reference {
      case .digest(let digest): try session.remove([digest.hex], ignoringMissing: true)
      case .path(let path):
        try session.remove(
          [path.description], expecting: expectation.map { [path: $0] } ?? [:], ignoringMissing: true)
      }
    }
    return .done.withCommit(result.commit)
  }

  /// Sets a path to a module that is already in the store.
  private func set(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    guard let first = path.first, let digest = ModuleDigest(hex: first) else {
      throw HTTPFailure.badRequest("invalid hash: \(path.first ?? "''")", text: "invalid hash")
    }
    guard let path = try path.rest.modulePath else {
      throw HTTPFailure.badRequest("the path after the hash is missing")
    }
    let target = try await served.writeTarget(for: request, context, path)
    let expectation = try request.expectation
    if context.rights.key?.isForWholeStore == false {
      // Otherwise a key could copy a module that it may not see to a path that it may see.
      _ = try await served.snapshot(for: request, context).existingModule(
        .digest(digest), for: context.rights)
    }
    let result = try await target.run { (session) throws(StoreError) in
      try session.set(digest.hex, at: path, expecting: expectation)
    }
    return .done.withCommit(result.commit)
  }
}

extension BranchSnapshot {
  /// Returns the module at a path, or the module with a hash at a visible path.
  ///
  /// - Throws: `HTTPFailure` with 404, and with 403 if the key does not allow the path.
  func existingModule(_ reference: ModuleReference, for rights: AccessRights) throws(HTTPFailure) -> Module {
    let module: Module?
    let name: String
    switch reference {
    case .path(let path):
      try rights.require(path)
      (module, name) = (self.module(at: path), path.description)
    case .digest(let digest): (module, name) = (self.module(digest) { rights.maySee($0) }, digest.hex)
    }
    guard let module else { throw .notFound("not found: \(name) on \(branch)") }
    return module
  }
}

extension Response {
  /// Returns the response with the commit that a change made; without one if nothing changed.
  func withCommit(_ commit: CommitID?) -> Response {
    var response = self
    response.headers[.wasmstoreCommit] = commit?.hex
    return response
  }
}
