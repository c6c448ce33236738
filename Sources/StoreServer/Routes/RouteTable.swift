internal import HTTPTypes
internal import Hummingbird
internal import StoreJSON

/// Registers routes: for each path the methods that it has. Others get 405 with `Allow`, and HEAD is GET without a body.
struct RouteTable {
  typealias Handler = @Sendable (Request, StoreRequestContext, RequestPath) async throws -> Response

  private let router: Router<StoreRequestContext>

  init(_ router: Router<StoreRequestContext>) { self.router = router }

  /// The methods that are known at all, in the order in which `Allow` names them.
  private static let methods: [HTTPRequest.Method] = [
    .get, .head, .post, .put, .delete, .patch, .options, .trace,
  ]

  /// What a request is told that no route is for.
  static func failure(ofMissing request: Request) -> HTTPFailure {
    guard methods.contains(request.method) else {
      return HTTPFailure(.notImplemented, ErrorCode.invalidInput.rawValue, "no route takes \(request.method)")
    }
    return .notFound("there is nothing at this address")
  }

  /// Registers a route, with and without what may follow its name.
  ///
  /// - Parameters:
  ///   - path: The path, without what follows.
  ///   - handlers: What answers each method.
  ///   - takesMore: Whether more may follow the path.
  func add(_ path: String, _ handlers: [HTTPRequest.Method: Handler], takesMore: Bool = true) {
    var handlers = handlers
    if handlers[.head] == nil, let get = handlers[.get] {
      handlers[.head] = { request, context, path in try await get(request, context, path).createHeadResponse()
      }
    }
    var allowed = RouteTable.methods.filter { handlers[$0] != nil }
    if !allowed.contains(.options) { allowed.append(.options) }
    let allow = allowed.map(\.rawValue).joined(separator: ", ")
    for method in RouteTable.methods {
      let handler = handlers[method] ?? RouteTable.refusal(of: method, allow: allow)
      for path in takesMore ? [path, path + "/**"] : [path] {
        router.on(RouterPath(path), method: method) { request, context in
          let rest = context.parameters.getCatchAll().joined(separator: "/")
          return try await handler(request, context, RequestPath(rest))
        }
      }
    }
  }

  private static func refusal(of method: HTTPRequest.Method, allow: String) -> Handler {
    { _, _, _ in
      if method == .options {
        var response = Response(status: .noContent)
        response.headers[.allow] = allow
        return response
      }
      var failure = HTTPFailure(.methodNotAllowed, "invalid_input", "this route takes \(allow)")
      failure.headers[.allow] = allow
      throw failure
    }
  }
}
