public import HTTPServing
internal import Hummingbird
internal import Logging

/// A server that shows what reaches it: `GET /` answers `ok`, and `POST /echo` answers its body, piece by piece as it
/// comes.
public enum EchoServer {
  /// Serves until SIGTERM or SIGINT.
  ///
  /// - Parameters:
  ///   - addresses: Where to listen.
  ///   - whenServing: Called once with the addresses and their ports, as soon as connections are taken.
  /// - Throws: `ListeningFailure`, or the error of `whenServing`.
  public static func serve(
    at addresses: [ListeningAddress], whenServing: @escaping @Sendable ([ListeningAddress]) throws -> Void
  ) async throws {
    let logger = Logger(label: "wasmstore", factory: { StreamLogHandler.standardError(label: $0) })
    let service = try await service(at: addresses, logger)
    try await service.run { try whenServing(service.addresses) }
  }

  /// The server, which listens but does not answer yet.
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
