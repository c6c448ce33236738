internal import NIOCore
internal import NIOHTTP1

/// Keeps the first request of a connection until it is known whether it changes to something else.
///
/// What decides that (`NIOTypedHTTPServerUpgradeHandler`) keeps requests without `Upgrade`, and drops those that it does not
/// grant. Clients such as `curl --http2` ask for what nobody has to grant (RFC 9110, section 7.8).
final class OpeningRequest: ChannelInboundHandler, RemovableChannelHandler {
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
      // The decoder reads nothing after a request with that field, so it is the last one of the connection.
      head.headers.replaceOrAdd(name: "Connection", value: "close")
      parts.append(.head(head))
    case .body: break
    case .end:
      parts.append(part)
      isOver = true
    }
  }

  /// The parts that came so far and were dropped. What comes from now on is not.
  func take() -> [HTTPServerRequestPart] {
    isOver = true
    defer { parts = [] }
    return parts
  }
}
