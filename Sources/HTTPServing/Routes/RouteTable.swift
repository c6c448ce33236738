package import HTTPTypes
package import Hummingbird

/// Registers routes: the methods of each path.
///
/// Other methods get 405 with `Allow`. HEAD is GET without a body.
package final class RouteTable<Context: RequestContext> {
  /// Answers a request.
  ///
  /// The `RequestPath` is the part after the name of the route.
  package typealias Handler = @Sendable (Request, Context, RequestPath) async throws -> Response

  private let router: Router<Context>
  /// The registered routes: the path of each, without the rest, and its methods.
  package private(set) var routes: [(path: String, methods: [HTTPRequest.Method])] = []

  /// Creates a table that registers its routes in a router.
  package init(_ router: Router<Context>) { self.router = router }

  /// All known methods, in the order in which `Allow` lists them.
  private static var methods: [HTTPRequest.Method] {
    [.get, .head, .post, .put, .delete, .patch, .options, .trace]
  }

  /// Whether segments may follow the path of a route.
  package enum Rest {
    /// No segments.
    case none
    /// At least one segment.
    case some
    /// Any number of segments, or none.
    case any

    fileprivate func paths(below path: String) -> [String] {
      switch self {
      case .none: [path]
      case .some: [path + "/**"]
      case .any: [path, path + "/**"]
      }
    }
  }

  /// Returns the request for the router.
  ///
  /// An unknown method is replaced with one that no route has, so that it is refused.
  package static func routed(_ request: Request) -> Request {
    guard !methods.contains(request.method) else { return request }
    var head = request.head
    head.method = .trace
    return Request(head: head, body: request.body)
  }

  /// Registers a route.
  ///
  /// - Parameters:
  ///   - path: The path, without the rest.
  ///   - handlers: The handler of each method.
  ///   - rest: Whether segments may follow the path.
  package func add(_ path: String, _ handlers: [HTTPRequest.Method: Handler], rest: Rest = .any) {
    var handlers = handlers
    if handlers[.head] == nil, let get = handlers[.get] {
      handlers[.head] = { request, context, path in try await get(request, context, path).createHeadResponse()
      }
    }
    var allowed = RouteTable.methods.filter { handlers[$0] != nil }
    routes.append((path, allowed))
    if !allowed.contains(.options) { allowed.append(.options) }
    let allow = allowed.map(\.rawValue).joined(separator: ", ")
    for method in RouteTable.methods {
      let handler = handlers[method] ?? RouteTable.refusal(of: method, allow: allow)
      for path in rest.paths(below: path) {
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
      var failure = HTTPFailure(
        .methodNotAllowed, HTTPFailure.invalidInput, "this route allows only \(allow)")
      failure.headers[.allow] = allow
      throw failure
    }
  }
}
