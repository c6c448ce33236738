internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import ModuleStore

/// The route for clients that watch a branch over WebSocket.
struct WatchRoutes: Sendable {
  let served: ServedStore

  private static let path = "/api/v1/watch"

  func register(in routes: StoreRoutes) {
    routes.add(WatchRoutes.path, [.get: refuse], rest: .none)
  }

  /// Returns the watcher for a request whose connection is to become a WebSocket.
  ///
  /// - Throws: The error for a request that is not a WebSocket handshake, or that is not allowed.
  func watcher(for request: Request, _ rights: AccessRights) async throws -> Watcher {
    guard request.head.method == .get, request.headers[.upgrade]?.lowercased() == "websocket" else {
      throw HTTPFailure.badRequest(
        "this route is a WebSocket: the headers Upgrade and Sec-WebSocket-Key are missing")
    }
    guard request.headers[.secWebSocketKey] != nil else {
      throw HTTPFailure.badRequest("the header Sec-WebSocket-Key is missing")
    }
    let branch: BranchName
    if let named = try request.namedBranch { branch = named } else { branch = try await served.defaultBranch }
    try rights.require(branch)
    let prefix = try request.query("prefix").map { text throws(StoreError) in try ModulePath(text) }
    guard let visible = rights.visiblePart(of: prefix) else {
      throw HTTPFailure(.forbidden, "refused", "the key does not allow access to this path")
    }
    return try await Watcher(served, on: branch, since: request.query("since"), below: visible.prefix)
  }

  /// Answers a request whose connection was not upgraded, with the reason.
  private func refuse(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    _ = try await watcher(for: request, context.rights)
    // Only the first request of a connection can upgrade it; a later one comes here.
    throw HTTPFailure.badRequest("a WebSocket must be the first request of its connection")
  }

  /// Returns whether a request is for this route.
  static func isTarget(_ request: Request) -> Bool {
    request.uri.path.split(separator: "/").joined(separator: "/") == path.dropFirst()
  }
}
