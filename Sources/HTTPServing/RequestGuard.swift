internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Guards a connection, or a stream of one, while its requests come and their responses go.
///
/// It answers `Expect: 100-continue`, for clients wait a second for that. It cuts off who sends no request, who sends or
/// takes a body more slowly than the limits allow, and who goes on sending a body that was refused.
final class RequestGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let limits: ConnectionLimits
  /// Whether the connection can be closed for the sake of one request, which HTTP/2 has streams for.
  private let isWholeConnection: Bool
  /// The requests whose heads have come. A client need not wait for a response before it sends the next request.
  private var begun = 0
  /// The requests that have come whole.
  private var received = 0
  /// The requests that are answered whole.
  private var answered = 0
  /// Whether a request's head has come and not yet its end.
  private var isReceiving: Bool { begun > received }
  /// Whether a request has come that is not answered whole.
  private var isAnswering: Bool { begun > answered }
  /// Whether somebody waits for what the client sends.
  private var isReadWanted = false
  /// Whether the response says that the connection ends with it.
  private var isRefusing = false
  /// The bytes that came of a body that was refused.
  private var lingeringBytes = 0
  /// The bytes of bodies that came and went since the last look.
  private var movedBytes = 0
  /// The bytes of bodies that were given to the connection and are still on their way.
  private var pendingBytes = 0
  /// When is to be looked what has become of the connection.
  private var deadline = NIODeadline.distantFuture
  private var timer: Scheduled<Void>?
  /// When the timer goes off.
  private var alarm = NIODeadline.distantFuture

  init(_ limits: ConnectionLimits, isWholeConnection: Bool) {
    self.limits = limits
    self.isWholeConnection = isWholeConnection
  }

  func handlerAdded(context: ChannelHandlerContext) { look(context, after: limits.idleTime) }

  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  // MARK: Requests

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let request):
      // Between two responses only: in one it would be a part of it.
      if !isAnswering, request.headerFields[.expect]?.lowercased() == "100-continue" {
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
      }
      begun += 1
      movedBytes = 0
      look(context, after: limits.paceTime)
    case .body(let bytes):
      movedBytes += bytes.readableBytes
      if isRefusing {
        lingeringBytes += bytes.readableBytes
        if lingeringBytes > limits.lingeringBytes { return context.close(promise: nil) }
      }
    case .end:
      received += 1
      if isRefusing, !isAnswering { return context.close(promise: nil) }
    }
    context.fireChannelRead(data)
  }

  func read(context: ChannelHandlerContext) {
    isReadWanted = true
    context.read()
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    isReadWanted = false
    context.fireChannelReadComplete()
  }

  // MARK: Responses

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var response):
      guard received == answered, isWholeConnection else { return context.write(data, promise: promise) }
      // The client is told before it has sent all. What it goes on sending is not wanted, so the connection ends.
      isRefusing = true
      response.headerFields[.connection] = "close"
      context.write(wrapOutboundOut(.head(response)), promise: promise)
    case .body(let bytes):
      let count = bytes.readableBytes
      pendingBytes += count
      let promise = promise ?? context.eventLoop.makePromise()
      let guarded = NIOLoopBound(self, eventLoop: context.eventLoop)
      promise.futureResult.whenComplete { _ in guarded.value.noteSent(count) }
      context.write(data, promise: promise)
    case .end:
      answered += 1
      context.write(data, promise: promise)
      look(
        context,
        after: isRefusing ? limits.lingeringTime : isAnswering ? limits.paceTime : limits.idleTime)
    }
  }

  private func noteSent(_ count: Int) {
    pendingBytes -= count
    movedBytes += count
  }

  // MARK: Time

  /// Looks after a while what has become of the connection; a look that was planned before is not taken.
  ///
  /// A timer that goes off too early is set anew then, so that a request sets none.
  private func look(_ context: ChannelHandlerContext, after time: TimeAmount) {
    deadline = .now() + time
    if timer != nil, alarm <= deadline { return }
    timer?.cancel()
    setTimer(context)
  }

  private func setTimer(_ context: ChannelHandlerContext) {
    alarm = min(deadline, .now() + limits.paceTime)
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(deadline: alarm) {
      let (handler, context) = bound.value
      handler.timer = nil
      if .now() < handler.deadline { handler.setTimer(context) } else { handler.look(context) }
    }
  }

  private func look(_ context: ChannelHandlerContext) {
    guard isAnswering || isReceiving, !(isRefusing && !isAnswering) else {
      return context.close(promise: nil)
    }
    let isClientsTurn = pendingBytes > 0 || isReceiving && isReadWanted
    let enough = limits.bytesPerSecond * Int(limits.paceTime.nanoseconds / 1_000_000_000)
    if isClientsTurn, movedBytes < enough { return context.close(promise: nil) }
    movedBytes = 0
    look(context, after: limits.paceTime)
  }
}
