internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import Wasm

/// The routes for information about a branch and its modules: log, differences, interfaces, search.
struct InspectionRoutes: Sendable {
  let served: ServedStore

  /// The maximum number of commits in a response.
  private static let logLimit = 1_000

  func register(in routes: StoreRoutes) {
    routes.add("/api/v1/log", [.get: log])
    routes.add("/api/v1/diff", [.get: diff])
    routes.add("/api/v1/inspect", [.get: inspect])
    routes.add("/api/v1/compare", [.get: compare], rest: .none)
    routes.add("/api/v1/search", [.get: search])
  }

  /// Answers with the commits of the branch, or with those that changed a path, newest first.
  private func log(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    var wanted = LogRequest()
    wanted.path = try context.rights.requireVisiblePart(of: path.modulePath)
    wanted.revision = try request.query("rev")
    wanted.limit = try request.query("limit", in: 1...InspectionRoutes.logLimit) ?? 100
    wanted.skip = try request.query("skip", in: 0...Int.max) ?? 0
    wanted.showsChanges = try request.flag("changes")
    let rights = context.rights
    let entries = try await served.reading(request, context) { [wanted] (session) throws(StoreError) in
      try session.requireVisible(wanted.revision, rights)
      var entries: [JSONValue] = []
      try session.log(wanted) { (entry) throws(StoreError) in
        entries.append(entry.visible(to: rights).json)
        return true
      }
      return entries
    }
    return .json(.array(entries))
  }

  /// Answers with the differences between two revisions.
  private func diff(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    guard let old = path.first, let new = path.rest.first else {
      throw HTTPFailure.badRequest("diff needs two revisions: diff/OLD/NEW")
    }
    let prefix = try context.rights.requireVisiblePart(of: path.rest.rest.modulePath)
    let rights = context.rights
    let changes = try await served.reading(request, context) { (session) throws(StoreError) in
      for revision in [old, new] { try session.requireVisible(revision, rights) }
      return try session.diff(from: old, to: new, below: prefix)
    }
    return .json(.array(changes.map(\.json)))
  }

  /// Answers with the imports, exports and other properties of a module.
  private func inspect(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let reference = try path.moduleReference
    let rights = context.rights
    _ = try await served.snapshot(for: request, context).existingModule(reference, for: rights)
    let name: String
    switch reference {
    case .path(let path): name = path.description
    case .digest(let digest): name = digest.hex
    }
    let inspected = try await served.reading(request, context) { (session) throws(StoreError) in
      try session.inspect(name)
    }
    return .json(inspected.visible(to: rights).json)
  }

  /// Answers with the differences between the interfaces of two modules.
  private func compare(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    // `REV:PATH` can name any module of the store.
    try context.rights.requireWholeStore()
    guard let old = try request.query("old"), let new = try request.query("new") else {
      throw HTTPFailure.badRequest("compare needs two modules: compare?old=MODULE&new=MODULE")
    }
    let (oldModule, newModule) = try await served.reading(request, context) { (session) throws(StoreError) in
      (try session.inspect(old), try session.inspect(new))
    }
    let comparison = InterfaceComparison(old: try oldModule.valid, new: try newModule.valid)
    return .json(comparison.json(of: oldModule, and: newModule))
  }

  /// Answers with the modules that meet all conditions.
  private func search(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let wanted = try SearchRequest(of: request, path)
    let rights = context.rights
    let found = try await served.reading(request, context) { (session) throws(StoreError) in
      try session.requireVisible(wanted.revision, rights)
      return try session.search(wanted)
    }
    return .json(.array(found.filter { rights.maySee($0.entry.path) }.map(\.json)))
  }
}

extension InspectedModule {
  /// The description of the module, which must be valid.
  fileprivate var valid: ModuleDescription {
    get throws(HTTPFailure) {
      if let description { return description }
      throw HTTPFailure(
        .badRequest, "invalid_module", "\(name): invalid module: \(problem ?? "not described")")
    }
  }
}

extension SearchRequest {
  /// Reads the conditions of a query.
  ///
  /// - Throws: `HTTPFailure` with 400 if a condition is malformed.
  fileprivate init(of request: Request, _ path: RequestPath) throws(HTTPFailure) {
    self.init()
    revision = try request.query("rev")
    coversHistory = try request.flag("all")
    imports = try request.queries("import").map { GlobPattern($0) }
    exports = try request.queries("export").map { GlobPattern($0) }
    producers = try request.queries("producer").map { GlobPattern($0) }
    for name in try request.queries("feature") {
      do { features.formUnion(try Features(parsing: name)) } catch {
        throw .badRequest("feature must be the name of a feature, not '\(name)'")
      }
    }
    for name in try request.queries("kind") {
      switch name {
      case EntryKind.core.rawValue: kinds.insert(.core)
      case EntryKind.component.rawValue: kinds.insert(.component)
      default: throw .badRequest("kind must be core or component, not '\(name)'")
      }
    }
    largerThan = try SearchRequest.size("larger", request)
    smallerThan = try SearchRequest.size("smaller", request)
    paths = try request.queries("path") + (path.isEmpty ? [] : ["/" + path.joined])
  }

  private static func size(_ name: String, _ request: Request) throws(HTTPFailure) -> Int? {
    guard let text = try request.query(name) else { return nil }
    guard let size = ByteSize(text) else {
      throw .badRequest(
        "\(name) must be a number of bytes, such as 1000, 64KiB or 1.5MB, not '\(text)'")
    }
    return size.bytes
  }
}
