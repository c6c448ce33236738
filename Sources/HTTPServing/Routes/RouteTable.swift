package import HTTPTypes
package import Hummingbird

/// Registers routes: for each path the methods that it has. Others get 405 with `Allow`, and HEAD is GET without a body.
package final class RouteTable<Context: RequestContext> {
  /// Answers a request, with what follows the name of the route.
  package typealias Handler = @Sendable (Request, Context, RequestPath) async throws -> Response

  private let router: Router<Context>
  /// The routes that were registered: the path of each, without what may follow it, and the methods that it has.
  package private(set) var routes: [(path: String, methods: [HTTPRequest.Method])] = []

  /// Registers routes in a router.
  package init(_ router: Router<Context>) { self.router = router }

  /// The methods that are known at all, in the order in which `Allow` names them.
  private static var methods: [HTTPRequest.Method] {
    [.get, .head, .post, .put, .delete, .patch, .options, .trace]
  }

  /// What may follow the path of a route.
  package enum Rest {
    /// Nothing: anything more is another address.
    case none
    /// Something has to.
    case some
    /// Something or nothing.
    case any

    fileprivate func paths(below path: String) -> [String] {
      switch self {
      case .none: [path]
      case .some: [path + "/**"]
      case .any: [path, path + "/**"]
      }
    }
  }

  /// The request as the router knows it: a method that it has not heard of is refused as one that no route has.
  package static func routed(_ request: Request) -> Request {
    guard !methods.contains(request.method) else { return request }
    var head = request.head
    head.method = .trace
    return Request(head: head, body: request.body)
  }

  /// Registers a route, with and without what may follow its name.
  ///
  /// - Parameters:
  ///   - path: The path, without what follows.
  ///   - handlers: What answers each method.
  ///   - rest: What follows the path.
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
      var failure = HTTPFailure(.methodNotAllowed, HTTPFailure.invalidInput, "this route takes \(allow)")
      failure.headers[.allow] = allow
      throw failure
    }
  }
}
