internal import Identifiers
internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import JSONText

/// The routes of namespaces.
struct NamespaceRoutes: Sendable {
  let served: ServedStorage

  /// The path of all namespaces of an account. All accounts have the same namespaces.
  static let all = "/client/v4/accounts/:account/storage/kv/namespaces"
  /// The path of one namespace.
  static let one = all + "/:namespace"

  private static let pageLength = 20
  private static let greatestPageLength = 1_000

  func register(in routes: KVRoutes) {
    routes.add(NamespaceRoutes.all, [.get: list, .post: create], rest: .none)
    routes.add(NamespaceRoutes.one, [.get: read, .put: rename, .delete: remove], rest: .none)
  }

  private func list(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let page = try request.query("page", in: 1...Int(Int32.max)) ?? 1
    let length =
      try request.query("per_page", in: 1...NamespaceRoutes.greatestPageLength) ?? NamespaceRoutes.pageLength
    guard let order = KVStorage.NamespaceOrder(rawValue: try request.query("order") ?? "id") else {
      throw KVFailure.invalid("order must be id or title")
    }
    let isDescending: Bool
    switch try request.query("direction") {
    case nil, "asc": isDescending = false
    case "desc": isDescending = true
    default: throw KVFailure.invalid("direction must be asc or desc")
    }
    let (found, count) = try await served.readers.run { storage in
      (
        try storage.namespaces(
          by: order, isDescending: isDescending, offset: (page - 1) * length, limit: length),
        try storage.namespaceCount()
      )
    }
    return .envelope(
      .array(found.map(\.json)),
      info: .object([
        ("page", .count(page)), ("per_page", .count(length)), ("count", .count(found.count)),
        ("total_count", .count(count)),
      ]))
  }

  private func create(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let title = try await title(request)
    guard let made = try await served.writer.run({ try $0.createNamespace(title: title) }) else {
      throw KVFailure.titleTaken
    }
    return .envelope(made.json)
  }

  private func read(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    .envelope(try await served.namespace(context).json)
  }

  private func rename(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let id = try context.namespaceID
    let title = try await title(request)
    switch try await served.writer.run({ try $0.renameNamespace(id: id, to: title) }) {
    case .renamed(let namespace): return .envelope(namespace.json)
    case .missing: throw KVFailure.namespaceNotFound
    case .titleTaken: throw KVFailure.titleTaken
    }
  }

  private func remove(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let id = try context.namespaceID
    guard try await served.writer.run({ try $0.removeNamespace(id: id) }) else {
      throw KVFailure.namespaceNotFound
    }
    return .envelope(.null)
  }

  private func title(_ request: Request) async throws -> String {
    let body = try await request.wholeBody(upTo: KVLimits.smallBodyLength)
    guard let title = JSONValue(parsing: body.readableBytesView)?["title"]?.text, !title.isEmpty,
      title.utf8.count <= KVLimits.titleLength
    else {
      throw KVFailure.invalid("the body must be an object with a title of 1 to \(KVLimits.titleLength) bytes")
    }
    return title
  }
}

extension KVNamespace {
  /// The namespace as JSON in a response.
  fileprivate var json: JSONValue {
    .object([("id", .text(id)), ("title", .text(title)), ("supports_url_encoding", .boolean(true))])
  }
}

extension BasicRequestContext {
  /// The id of the namespace in the path.
  ///
  /// - Throws: `KVFailure` if an escape is malformed.
  var namespaceID: String {
    get throws(KVFailure) {
      guard let id = parameters.get("namespace").flatMap({ percentDecoded($0) }) else {
        throw .namespaceNotFound
      }
      return id
    }
  }
}

extension ServedStorage {
  /// Returns the namespace that a request names.
  ///
  /// - Throws: `KVFailure` if it does not exist.
  func namespace(_ context: BasicRequestContext) async throws -> KVNamespace {
    let id = try context.namespaceID
    guard let namespace = try await readers.run({ try $0.namespace(id: id) }) else {
      throw KVFailure.namespaceNotFound
    }
    return namespace
  }
}
