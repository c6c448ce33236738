public import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
internal import NIOExtras
internal import NIOHTTP1
internal import NIOPosix
internal import ServiceLifecycle
internal import UnixSignals

/// A server of HTTP that listens at addresses and answers until it is told to end.
public struct HTTPService: Sendable {
  /// What tells a server to end.
  public enum Ending: Sendable {
    /// SIGTERM or SIGINT; requests in flight are answered first, but for those that take longer than the time given.
    case signals(drainTime: Duration = .seconds(10))
    /// The cancellation of the task that runs it; requests in flight are cut off.
    case cancellation
  }

  private let sockets: [ListeningSocket]
  private let setup: ConnectionSetup
  private let logger: Logger
  private let certificate: ServerCertificate?

  /// The addresses at which it listens, with their ports. Connections wait there until it runs.
  public var addresses: [ListeningAddress] { sockets.map(\.address) }

  /// Begins to listen. The service has to be run then.
  ///
  /// - Parameters:
  ///   - addresses: Where.
  ///   - responder: What answers a request.
  ///   - messages: What answers requests to change to messages; nil where none is granted.
  ///   - certificate: What makes connections secure; nil for connections that are not.
  ///   - limits: What it puts up with.
  ///   - logger: Where errors of requests and connections go.
  /// - Throws: `ListeningFailure` where the system refuses an address, `CertificateFailure`.
  public init<Responder: HTTPResponder>(
    listeningAt addresses: [ListeningAddress], responder: Responder, messages: WebSocketRouter? = nil,
    certificate: ServerCertificate? = nil, limits: ConnectionLimits = ConnectionLimits(), logger: Logger
  ) async throws
  where Responder.Context: RequestContext, Responder.Context.Source == ApplicationRequestContextSource {
    setup = ConnectionSetup(
      responder: { request, writer, channel in
        let response = try await Self.response(to: request, from: responder, channel, logger)
        try await writer.write(response: response.head, body: response.body)
      }, messages: messages, security: try certificate?.context(), limits: limits, logger: logger)
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
      // The connection answers that itself.
      throw error
    } catch {
      logger.error("a request failed", metadata: ["error": "\(error)"])
      response = Response(status: .internalServerError)
    }
    response.headers[.date] = HTTPDate.now.description
    return response
  }

  /// Reads the certificate anew. Connections that are open keep the one that they have, and so do all where the new one
  /// cannot be used.
  ///
  /// - Throws: `CertificateFailure`.
  public func reloadCertificate() throws(CertificateFailure) {
    if let context = try certificate?.context() { setup.secure(with: context) }
  }

  /// Answers requests until it is told to end.
  ///
  /// - Parameters:
  ///   - ending: What tells it.
  ///   - whenServing: Called once, as soon as signals are heeded and connections are taken.
  ///   - whenHungUp: Called at each SIGHUP, if `ending` is that of signals.
  /// - Throws: The error of `whenServing`, which ends the service.
  public func run(
    until ending: Ending = .signals(), whenServing: @escaping @Sendable () throws -> Void = {},
    whenHungUp: @escaping @Sendable () -> Void = {}
  ) async throws {
    let serving = Serving(sockets: sockets, setup: setup, logger: logger, whenServing: whenServing)
    var services: [any Service] = [serving]
    if case .signals = ending { services.append(HangUps(whenHungUp: whenHungUp)) }
    var configuration = ServiceGroupConfiguration(services: services, logger: logger)
    if case .signals(let drainTime) = ending {
      configuration.gracefulShutdownSignals = [.sigterm, .sigint]
      configuration.maximumGracefulShutdownDuration = drainTime
    }
    try await ServiceGroup(configuration: configuration).run()
  }
}

/// Heeds SIGHUP.
private struct HangUps: Service {
  let whenHungUp: @Sendable () -> Void

  func run() async throws {
    for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() { whenHungUp() }
  }
}

/// The run of a service, as what waits for signals takes it.
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
      // Closes the socket, each idle connection, and each other one after its response.
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
        // That is how the service was told to end.
      } catch {
        logger.error("a socket failed", metadata: ["address": "\(socket.address)", "error": "\(error)"])
      }
    }
  }
}
