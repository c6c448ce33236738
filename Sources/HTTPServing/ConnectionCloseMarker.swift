internal import NIOCore
internal import NIOHTTP1

/// Adds `Connection: close` to the last request of a connection, so that `HTTP1Channel` closes the connection after it.
///
/// A client of HTTP/1.0 waits for the end of the connection. The options of `Connection` are a case-insensitive list,
/// which `HTTP1Channel` does not parse (RFC 9112, section 9.3). The decoder reads nothing after a request with
/// `Upgrade`, which is answered like any other if it is not the first request of the connection.
final class ConnectionCloseMarker: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var request) = unwrapInboundIn(data),
      request.version.minor == 0 || !request.isKeepAlive || request.headers.contains(name: "Upgrade")
    else {
      return context.fireChannelRead(data)
    }
    request.headers.replaceOrAdd(name: "Connection", value: "close")
    context.fireChannelRead(wrapInboundOut(.head(request)))
  }
}
