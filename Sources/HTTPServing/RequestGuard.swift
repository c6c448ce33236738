internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Enforces the limits for requests and responses on a connection, or on a stream of HTTP/2.
///
/// It answers `Expect: 100-continue` at once, because clients wait a second for it. It disconnects clients that send no
/// request, that send or receive a body too slowly, or that continue to send a refused body.
final class RequestGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let limits: ConnectionLimits
  /// Whether the channel is a whole connection, which is closed after a refused request. False for a stream of HTTP/2.
  private let isWholeConnection: Bool
  /// The number of requests whose heads have arrived. A client may send the next request before it has the response.
  private var begun = 0
  /// The number of requests that have arrived completely.
  private var received = 0
  /// The number of requests that are answered completely.
  private var answered = 0
  /// Whether the head of a request has arrived, but not its end.
  private var isReceiving: Bool { begun > received }
  /// Whether a request has arrived that is not answered completely.
  private var isAnswering: Bool { begun > answered }
  /// Whether a read from the client is pending.
  private var isReadWanted = false
  /// Whether the response has `Connection: close` because the request was refused.
  private var isRefusing = false
  /// The number of bytes received of a refused body.
  private var lingeringBytes = 0
  /// The number of body bytes that were received or sent since the last check.
  private var movedBytes = 0
  /// The number of body bytes that were passed to the connection, but are not sent yet.
  private var pendingBytes = 0
  /// The time of the next check of the connection.
  private var deadline = NIODeadline.distantFuture
  private var timer: Scheduled<Void>?
  /// The time for which the timer is set.
  private var alarm = NIODeadline.distantFuture

  init(_ limits: ConnectionLimits, isWholeConnection: Bool) {
    self.limits = limits
    self.isWholeConnection = isWholeConnection
  }

  func handlerAdded(context: ChannelHandlerContext) { scheduleCheck(context, after: limits.idleTime) }

  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  // MARK: Requests

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let request):
      // Only between two responses: inside a response it would become a part of that response.
      if !isAnswering, request.headerFields[.expect]?.lowercased() == "100-continue" {
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
      }
      begun += 1
      movedBytes = 0
      scheduleCheck(context, after: limits.paceTime)
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
      // The response starts before the request is complete. The rest of the request is not wanted, so the connection is
      // closed.
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
      scheduleCheck(
        context,
        after: isRefusing ? limits.lingeringTime : isAnswering ? limits.paceTime : limits.idleTime)
    }
  }

  private func noteSent(_ count: Int) {
    pendingBytes -= count
    movedBytes += count
  }

  // MARK: Time

  /// Schedules the next check of the connection, instead of one that was scheduled before.
  ///
  /// An existing timer that is earlier stays, and is set again when it fires. Therefore most requests create no timer.
  private func scheduleCheck(_ context: ChannelHandlerContext, after time: TimeAmount) {
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
      if .now() < handler.deadline { handler.setTimer(context) } else { handler.checkProgress(context) }
    }
  }

  /// Closes the connection if the client sends no request, or sends or receives too slowly.
  private func checkProgress(_ context: ChannelHandlerContext) {
    guard isAnswering || isReceiving, !(isRefusing && !isAnswering) else {
      return context.close(promise: nil)
    }
    let isClientsTurn = pendingBytes > 0 || isReceiving && isReadWanted
    let enough = limits.bytesPerSecond * Int(limits.paceTime.nanoseconds / 1_000_000_000)
    if isClientsTurn, movedBytes < enough { return context.close(promise: nil) }
    movedBytes = 0
    scheduleCheck(context, after: limits.paceTime)
  }
}
