internal import NIOCore
internal import NIOHTTP1

/// Marks the last request of a connection with `Connection: close`, which is what the connection is closed by.
///
/// A client of HTTP/1.0 waits for the end of the connection, and the options of `Connection` are a list without regard to
/// case (RFC 9112, section 9.3).
final class LastRequestMark: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var request) = unwrapInboundIn(data), request.version.minor == 0 || !request.isKeepAlive
    else {
      return context.fireChannelRead(data)
    }
    request.headers.replaceOrAdd(name: "Connection", value: "close")
    context.fireChannelRead(wrapInboundOut(.head(request)))
  }
}
