public import HTTPTypes
internal import HummingbirdCore
internal import HummingbirdHTTP2
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTP2
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1
internal import NIOSSL
internal import NIOTLS
internal import NIOWebSocket
internal import Synchronization

/// Returns the handler for a request to upgrade to WebSocket; nil if the request gets a normal response instead.
public typealias WebSocketRouter = @Sendable (HTTPRequest) async -> WebSocketHandler?

/// Serves a WebSocket connection.
///
/// The connection is closed when the handler returns.
public typealias WebSocketHandler = @Sendable (WebSocketConnection) async throws -> Void

/// Sets up connections: TLS or none, and then HTTP/1.1, HTTP/2 or WebSocket.
final class ConnectionSetup: Sendable {
  /// The protocol of a connection, known after its first request.
  enum NegotiationResult: Sendable {
    case http1(HTTP1Channel.Value)
    case http2(HTTP2Channel.Value)
    case webSocket(WebSocketConnection.Frames, WebSocketHandler)
  }
  typealias Value = EventLoopFuture<NegotiationResult>

  private let http1: HTTP1Channel
  private let http2: HTTP2Channel
  private let limits: ConnectionLimits
  private let logger: Logger
  private let webSocketRouter: WebSocketRouter?
  /// The TLS context for new connections; nil for a server without TLS.
  private let security: Mutex<NIOSSLContext?>
  private let openConnections = Atomic(0)

  init(
    responder: @escaping HTTPChannelHandler.Responder, webSocketRouter: WebSocketRouter?,
    security: NIOSSLContext?,
    limits: ConnectionLimits, logger: Logger
  ) {
    http1 = HTTP1Channel(
      responder: responder,
      configuration: HTTP1Channel.Configuration(
        additionalChannelHandlers: [RequestGuard(limits, isWholeConnection: true)]))
    http2 = HTTP2Channel(
      responder: responder,
      configuration: HTTP2ChannelConfiguration(
        idleTimeout: .nanoseconds(limits.idleTime.nanoseconds),
        streamConfiguration: HTTP1Channel.Configuration(
          additionalChannelHandlers: [RequestGuard(limits, isWholeConnection: false)])))
    self.limits = limits
    self.logger = logger
    self.webSocketRouter = webSocketRouter
    self.security = Mutex(security)
  }

  /// Replaces the TLS context for new connections.
  ///
  /// Open connections keep theirs.
  func secure(with context: NIOSSLContext) { security.withLock { $0 = context } }

  /// Sets up a connection.
  func setup(_ channel: any Channel) -> EventLoopFuture<Value> {
    let count = openConnections.wrappingAdd(1, ordering: .relaxed).newValue
    channel.closeFuture.whenComplete { [self] _ in openConnections.wrappingSubtract(1, ordering: .relaxed) }
    guard count <= limits.connections else {
      return channel.close().flatMap { channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel) }
    }
    do {
      try channel.pipeline.syncOperations.addHandler(NegotiationTimeout(limits.idleTime))
      guard let context = security.withLock({ $0 }) else {
        return channel.eventLoop.makeSucceededFuture(try setupHTTP1(channel))
      }
      try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
      let negotiation = NIOTypedApplicationProtocolNegotiationHandler<NegotiationResult> { [self] result in
        do {
          if case .negotiated("h2") = result { return setupHTTP2(channel) }
          return try setupHTTP1(channel)
        } catch {
          return channel.eventLoop.makeFailedFuture(error)
        }
      }
      try channel.pipeline.syncOperations.addHandler(negotiation)
      return channel.eventLoop.makeSucceededFuture(negotiation.protocolNegotiationResult)
    } catch {
      return channel.eventLoop.makeFailedFuture(error)
    }
  }

  private func setupHTTP2(_ channel: any Channel) -> EventLoopFuture<NegotiationResult> {
    ConnectionSetup.endNegotiation(channel)
    return http2.setup(channel: channel, logger: logger).map { .http2($0) }
  }

  /// Sets up a connection for HTTP/1.1.
  ///
  /// Its first request may upgrade it to WebSocket.
  private func setupHTTP1(_ channel: any Channel) throws -> EventLoopFuture<NegotiationResult> {
    let decision = Decision()
    let upgrader = NIOTypedWebSocketServerUpgrader<NegotiationResult>(
      shouldUpgrade: { [webSocketRouter] channel, head in
        guard let webSocketRouter, let request = try? HTTPRequest(head, secure: false, splitCookie: false)
        else {
          return channel.eventLoop.makeSucceededFuture(nil)
        }
        return channel.eventLoop.makeFutureWithTask {
          guard let handler = await webSocketRouter(request) else { return nil }
          decision.handler.withLock { $0 = handler }
          return HTTPHeaders()
        }
      },
      upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture {
          ConnectionSetup.endNegotiation(channel)
          try channel.pipeline.syncOperations.addHandler(WebSocketQuiescing())
          let frames = try WebSocketConnection.Frames(wrappingChannelSynchronously: channel)
          guard let handler = decision.handler.withLock({ $0 }) else { throw ChannelError.inputClosed }
          return .webSocket(frames, handler)
        }
      })
    var configuration = NIOUpgradableHTTPServerPipelineConfiguration(
      upgradeConfiguration: NIOTypedHTTPServerUpgradeConfiguration(upgraders: [upgrader]) { [self] channel in
        channel.eventLoop.makeCompletedFuture {
          ConnectionSetup.endNegotiation(channel)
          return .http1(try addHandlers(to: channel))
        }
      })
    // The same as without upgrades: the channel itself handles one request after the other.
    configuration.enablePipelining = false
    configuration.enableResponseHeaderValidation = false
    configuration.decoderConfiguration.maxHeaderFieldSize = limits.headerBytes
    configuration.decoderConfiguration.maxHeaderListSize = limits.headerBytes
    let negotiated = try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
      configuration: configuration)
    let upgradeHandler = try channel.pipeline.syncOperations.handler(
      type: NIOTypedHTTPServerUpgradeHandler<NegotiationResult>.self)
    try channel.pipeline.syncOperations.addHandler(FirstRequestBuffer(), position: .before(upgradeHandler))
    try channel.pipeline.syncOperations.addHandler(MalformedFirstRequestHandler())
    return negotiated
  }

  /// The handler of a connection that upgrades to WebSocket, once it is known.
  private final class Decision: Sendable {
    let handler = Mutex<WebSocketHandler?>(nil)
  }

  /// Adds the handlers that `HTTP1Channel` adds after the decoder, and replays a request whose upgrade was refused.
  private func addHandlers(to channel: any Channel) throws -> HTTP1Channel.Value {
    let pipeline = channel.pipeline.syncOperations
    let marker = ConnectionCloseMarker()
    try pipeline.addHandler(marker)
    try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
    try pipeline.addHandlers(http1.configuration.additionalChannelHandlers())
    try pipeline.addHandler(HTTPConnectionStateHandler(idleTimeout: nil, logger: logger))
    let value = try HTTP1Channel.Value(
      wrappingChannelSynchronously: channel,
      configuration: .init(
        // The limits for buffered body parts. They are low, because there are many connections.
        backPressureStrategy: .init(lowWatermark: 1, highWatermark: 2), isOutboundHalfClosureEnabled: true))
    let parts = try pipeline.handler(type: FirstRequestBuffer.self).take()
    if !parts.isEmpty {
      let context = try pipeline.context(handler: marker)
      for part in parts { marker.channelRead(context: context, data: NIOAny(part)) }
      context.fireChannelReadComplete()
    }
    return value
  }

  // MARK: Serving

  /// Serves a connection until it is closed.
  func serve(_ negotiated: Value) async {
    do {
      switch try await negotiated.get() {
      case .http1(let connection): await http1.handle(value: connection, logger: logger)
      case .http2(let connection): await http2.handle(value: connection, logger: logger)
      case .webSocket(let frames, let handler): try await WebSocketConnection.serve(frames, handler)
      }
    } catch {
      // The client has disconnected or sent something malformed, and one side has closed the connection.
      logger.debug("a connection ended", metadata: ["error": "\(error)"])
    }
  }

  private static func endNegotiation(_ channel: any Channel) {
    // These handlers are only for the time before the protocol is known. Later, `HTTP1Channel` answers malformed
    // requests.
    let pipeline = channel.pipeline.syncOperations
    for context in [
      try? pipeline.context(handlerType: NegotiationTimeout.self),
      try? pipeline.context(handlerType: HTTPServerProtocolErrorHandler.self),
      try? pipeline.context(handlerType: MalformedFirstRequestHandler.self),
    ] {
      if let context { pipeline.removeHandler(context: context, promise: nil) }
    }
  }
}
