internal import NIOCore
internal import NIOHTTP1

/// Buffers the first request of a connection until it is known whether it upgrades the connection.
///
/// `NIOTypedHTTPServerUpgradeHandler` keeps requests without `Upgrade`, but drops those whose upgrade is refused.
/// Clients such as `curl --http2` request upgrades that a server may ignore (RFC 9110, section 7.8).
final class FirstRequestBuffer: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart

  private var parts: [HTTPServerRequestPart] = []
  private var isOver = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if !isOver { keep(unwrapInboundIn(data)) }
    context.fireChannelRead(data)
  }

  private func keep(_ part: HTTPServerRequestPart) {
    switch part {
    case .head(var head):
      guard head.headers.contains(name: "Upgrade") else {
        isOver = true
        return
      }
      // The decoder stops after a request with `Upgrade`, so it is the last one of the connection.
      head.headers.replaceOrAdd(name: "Connection", value: "close")
      parts.append(.head(head))
    case .body: break
    case .end:
      parts.append(part)
      isOver = true
    }
  }

  /// Returns the buffered parts and stops buffering.
  ///
  /// Parts that arrive later are not dropped.
  func take() -> [HTTPServerRequestPart] {
    isOver = true
    defer { parts = [] }
    return parts
  }
}
