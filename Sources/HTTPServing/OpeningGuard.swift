internal import NIOCore
internal import NIOExtras
internal import NIOWebSocket

/// Guards a connection from its beginning until it is known what is spoken on it, which its first request tells.
final class OpeningGuard: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  private let time: TimeAmount
  private var timer: Scheduled<Void>?

  init(_ time: TimeAmount) { self.time = time }

  func handlerAdded(context: ChannelHandlerContext) {
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(in: time) { bound.value.close(promise: nil) }
  }

  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    // The server ends, and nothing was asked yet.
    if event is ChannelShouldQuiesceEvent { return context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }
}

/// Closes a connection whose first request is malformed, which has been answered then.
final class MalformedOpening: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A request that is not granted messages is well formed, and gets a response as any other.
    guard !(error is NIOWebSocketUpgradeError) else { return }
    context.close(promise: nil)
  }
}
