internal import NIOCore
internal import NIOWebSocket

/// Closes a connection whose first request is malformed, after that request was answered.
final class MalformedFirstRequestHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A request whose upgrade is refused is valid, and gets a normal response.
    guard !(error is NIOWebSocketUpgradeError) else { return }
    context.close(promise: nil)
  }
}
