public import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
internal import NIOExtras
internal import NIOHTTP1
internal import NIOPosix
internal import ServiceLifecycle
internal import UnixSignals

/// An HTTP server that listens on addresses and answers requests until it is stopped.
public struct HTTPService: Sendable {
  /// The event that stops a server.
  public enum Ending: Sendable {
    /// SIGTERM or SIGINT. Running requests are finished first, unless they take longer than `drainTime`.
    case signals(drainTime: Duration = .seconds(10))
    /// The cancellation of the task that runs the server. Running requests are aborted.
    case cancellation
  }

  private let sockets: [ListeningSocket]
  private let setup: ConnectionSetup
  private let logger: Logger
  private let certificate: ServerCertificate?

  /// The addresses on which the server listens, with their ports.
  ///
  /// Connections wait there until `run` is called.
  public var addresses: [ListeningAddress] { sockets.map(\.address) }

  /// Starts to listen.
  ///
  /// Call `run` to answer requests.
  ///
  /// - Parameters:
  ///   - addresses: The addresses to listen on.
  ///   - responder: Answers the requests.
  ///   - webSocketRouter: Decides on requests to upgrade to WebSocket; nil to refuse all of them.
  ///   - certificate: The certificate for TLS; nil for connections without TLS.
  ///   - limits: The limits for connections.
  ///   - logger: Gets the errors of requests and connections.
  /// - Throws: `ListeningFailure` if the system refuses an address; `CertificateFailure`.
  public init<Responder: HTTPResponder>(
    listeningAt addresses: [ListeningAddress], responder: Responder, webSocketRouter: WebSocketRouter? = nil,
    certificate: ServerCertificate? = nil, limits: ConnectionLimits = ConnectionLimits(), logger: Logger
  ) async throws
  where Responder.Context: RequestContext, Responder.Context.Source == ApplicationRequestContextSource {
    setup = ConnectionSetup(
      responder: { request, writer, channel in
        let response = try await Self.response(to: request, from: responder, channel, logger)
        try await writer.write(response: response.head, body: response.body)
      }, webSocketRouter: webSocketRouter, security: try certificate?.context(), limits: limits,
      logger: logger)
    self.logger = logger
    self.certificate = certificate
    let group = MultiThreadedEventLoopGroup.singleton
    sockets = try await ListeningSocket.open(addresses, for: setup, on: group)
  }

  private static func response<Responder: HTTPResponder>(
    to request: Request, from responder: Responder, _ channel: any Channel, _ logger: Logger
  ) async throws -> Response
  where Responder.Context: RequestContext, Responder.Context.Source == ApplicationRequestContextSource {
    let source = ApplicationRequestContextSource(channel: channel, logger: logger)
    var response: Response
    do {
      response = try await responder.respond(to: request, context: Responder.Context(source: source))
    } catch let error as HTTPParserError {
      // `HTTP1Channel` answers this error itself.
      throw error
    } catch {
      logger.error("a request failed", metadata: ["error": "\(error)"])
      response = Response(status: .internalServerError)
    }
    response.headers[.date] = HTTPDate.now.description
    return response
  }

  /// Re-reads the certificate for new connections.
  ///
  /// Open connections keep their certificate. If the new one cannot be used, the old one stays in use.
  ///
  /// - Throws: `CertificateFailure`.
  public func reloadCertificate() throws(CertificateFailure) {
    if let context = try certificate?.context() { setup.secure(with: context) }
  }

  /// Answers requests until the server is stopped.
  ///
  /// - Parameters:
  ///   - ending: The event that stops the server.
  ///   - whenServing: Called once, when signals are handled and connections are accepted.
  ///   - whenHungUp: Called at each SIGHUP, if `ending` is `signals`.
  /// - Throws: The error of `whenServing`, which stops the server.
  public func run(
    until ending: Ending = .signals(), whenServing: @escaping @Sendable () throws -> Void = {},
    whenHungUp: @escaping @Sendable () -> Void = {}
  ) async throws {
    let serving = Serving(sockets: sockets, setup: setup, logger: logger, whenServing: whenServing)
    var services: [any Service] = [serving]
    if case .signals = ending { services.append(SIGHUPHandler(whenHungUp: whenHungUp)) }
    var configuration = ServiceGroupConfiguration(services: services, logger: logger)
    if case .signals(let drainTime) = ending {
      configuration.gracefulShutdownSignals = [.sigterm, .sigint]
      configuration.maximumGracefulShutdownDuration = drainTime
    }
    try await ServiceGroup(configuration: configuration).run()
  }
}

/// Handles SIGHUP.
private struct SIGHUPHandler: Service {
  let whenHungUp: @Sendable () -> Void

  func run() async throws {
    for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() { whenHungUp() }
  }
}

/// Serves the sockets, as a service that a `ServiceGroup` runs.
private struct Serving: Service {
  let sockets: [ListeningSocket]
  let setup: ConnectionSetup
  let logger: Logger
  let whenServing: @Sendable () throws -> Void

  func run() async throws {
    do {
      try whenServing()
    } catch {
      for socket in sockets { try await socket.close() }
      throw error
    }
    await withGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        for socket in sockets {
          group.addTask { await serve(socket) }
        }
      }
    } onGracefulShutdown: {
      // Closes the socket and each idle connection. Other connections are closed after their response.
      for socket in sockets { socket.quiesce() }
    }
  }

  private func serve(_ socket: ListeningSocket) async {
    defer { socket.file?.remove() }
    await withDiscardingTaskGroup { group in
      do {
        try await socket.connections.executeThenClose { connections in
          for try await connection in connections {
            group.addTask { await setup.serve(connection) }
          }
        }
      } catch is CancellationError {
        // The cancellation stops the server.
      } catch {
        logger.error("a socket failed", metadata: ["address": "\(socket.address)", "error": "\(error)"])
      }
    }
  }
}
