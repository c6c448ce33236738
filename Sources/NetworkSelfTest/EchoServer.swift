public import HTTPServing
internal import Hummingbird
internal import Logging

/// A server for tests of the network.
///
/// `GET /` returns `ok`. `POST /echo` returns its body, piece by piece as it arrives.
public enum EchoServer {
  /// Serves until SIGTERM or SIGINT.
  ///
  /// - Parameters:
  ///   - addresses: The addresses to listen on.
  ///   - whenServing: Called once with the addresses and their ports, when the server accepts connections.
  /// - Throws: `ListeningFailure`, and the error of `whenServing`.
  public static func serve(
    at addresses: [ListeningAddress], whenServing: @escaping @Sendable ([ListeningAddress]) throws -> Void
  ) async throws {
    let logger = Logger(label: "wasmstore", factory: { StreamLogHandler.standardError(label: $0) })
    let service = try await service(at: addresses, logger)
    try await service.run { try whenServing(service.addresses) }
  }

  /// Returns the server, which listens but does not answer yet.
  static func service(at addresses: [ListeningAddress], _ logger: Logger) async throws -> HTTPService {
    try await HTTPService(listeningAt: addresses, responder: routes.buildResponder(), logger: logger)
  }

  private static var routes: Router<BasicRequestContext> {
    let routes = Router()
    routes.get("/") { _, _ in "ok\n" }
    routes.post("/echo") { request, _ in
      Response(status: .ok, body: ResponseBody(asyncSequence: request.body))
    }
    return routes
  }
}
