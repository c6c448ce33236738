internal import NIOCore
internal import NIOExtras
internal import NIOWebSocket

/// A WebSocket connection that sends messages to a client (RFC 6455).
///
/// It answers pings and close frames of the client, and ignores other frames.
public struct WebSocketConnection: Sendable {
  /// The reason for closing a connection (RFC 6455, section 7.4.1).
  public enum Ending: Sendable {
    /// All messages are sent.
    case normal
    /// The server is stopping.
    case goingAway
    /// The client reads messages more slowly than they arrive.
    case tryAgainLater
    /// An internal error of the server.
    case failed

    fileprivate var code: WebSocketErrorCode {
      switch self {
      case .normal: .normalClosure
      case .goingAway: .goingAway
      case .tryAgainLater: .unknown(1013)
      case .failed: .unexpectedServerError
      }
    }
  }

  typealias Frames = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

  private let channel: any Channel
  private let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>

  /// How long a write may wait for a client that does not read.
  private static let patience = TimeAmount.seconds(30)

  fileprivate init(_ channel: any Channel, _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>) {
    (self.channel, self.outbound) = (channel, outbound)
  }

  /// Sends a text as one message.
  ///
  /// Waits until the connection has room for it.
  ///
  /// - Throws: An error if the client has disconnected, or reads nothing for 30 seconds.
  public func send(_ text: String) async throws {
    try await write(WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: text)))
  }

  /// Sends a ping, which WebSocket clients answer automatically.
  public func ping() async throws {
    try await write(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()))
  }

  /// Closes the connection.
  public func close(_ ending: Ending) async throws {
    try await write(WebSocketConnection.closing(ending.code))
    outbound.finish()
  }

  private func write(_ frame: WebSocketFrame) async throws {
    let timer = channel.eventLoop.scheduleTask(in: WebSocketConnection.patience) { [channel] in
      // Sends the reason in case the client still reads, and does not wait for it.
      channel.writeAndFlush(WebSocketConnection.closing(Ending.tryAgainLater.code), promise: nil)
      channel.close(promise: nil)
    }
    defer { timer.cancel() }
    try await outbound.write(frame)
  }

  fileprivate static func closing(_ code: WebSocketErrorCode) -> WebSocketFrame {
    var data = ByteBuffer()
    data.write(webSocketErrorCode: code)
    return WebSocketFrame(fin: true, opcode: .connectionClose, data: data)
  }

  /// Serves a connection until either side closes it.
  static func serve(
    _ frames: Frames, _ handler: @escaping WebSocketHandler
  ) async throws {
    try await frames.executeThenClose { inbound, outbound in
      let connection = WebSocketConnection(frames.channel, outbound)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await handler(connection) }
        group.addTask { try await read(inbound, connection, outbound) }
        try await group.next()
        group.cancelAll()
      }
    }
  }

  /// Reads frames from the client until it closes the connection.
  private static func read(
    _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>, _ connection: WebSocketConnection,
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
  ) async throws {
    for try await frame in inbound {
      switch frame.opcode {
      case .ping:
        try await connection.write(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData))
      case .connectionClose:
        try await connection.write(
          WebSocketFrame(fin: true, opcode: .connectionClose, data: frame.unmaskedData))
        return
      default: break
      }
    }
  }
}

/// Closes a WebSocket connection when the server stops.
final class WebSocketQuiescing: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundOut = WebSocketFrame

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
    context.writeAndFlush(wrapOutboundOut(WebSocketConnection.closing(.goingAway)), promise: nil)
    context.close(promise: nil)
  }
}
