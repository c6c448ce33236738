internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import ModuleStore

/// The routes of the server itself: health, metrics, its description, and a check of keys.
struct ServerRoutes: Sendable {
  let served: ServedStore

  /// The route for health checks, which needs no key.
  static let health = "/api/v1/health"

  func register(in routes: StoreRoutes) {
    let admitted: StoreRoutes.Handler = { _, _, _ in .done }
    routes.add(
      "/api/v1/auth",
      [
        .get: admitted, .head: admitted, .post: admitted, .put: admitted, .delete: admitted, .patch: admitted,
        .options: admitted,
      ], rest: .none)
    routes.add(ServerRoutes.health, [.get: health], rest: .none)
    routes.add("/api/v1/metrics", [.get: metrics], rest: .none)
    routes.add("/api/v1/openapi.json", [.get: description], rest: .none)
  }

  /// Answers whether the store can be read.
  private func health(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    _ = try await served.readers.run { (session) throws(StoreError) in session.defaultBranch }
    return .text("ok")
  }

  /// Answers with the OpenAPI document.
  private func description(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath)
    async throws
    -> Response
  {
    .json(InterfaceDescription.json)
  }

  /// Answers with the server's counters, for Prometheus.
  private func metrics(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    try context.rights.requireWholeStore()
    var response = Response.text(served.metrics.text)
    response.headers[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
    return response
  }
}
