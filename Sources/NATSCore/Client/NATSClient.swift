public import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// A client of NATS, with a connection to one of its servers that all tasks share.
///
/// Messages are encoded on the caller's thread, and the event loop sends all encoded messages together. If only one
/// request is waiting, the caller's thread sends it. All requests share one subscription.
public final class NATSClient: Sendable {
  /// The connection settings.
  public let options: NATSOptions
  /// The event loop that the client uses.
  public let eventLoop: any EventLoop
  /// The prefix of all reply subjects.
  let inbox: String
  let state: Mutex<ClientState>

  /// The number of waiting bytes from which on a publisher has to wait.
  static let outboxLimit = 4 << 20
  /// The interval of the checks for requests that have waited too long.
  static let sweepInterval = TimeAmount.milliseconds(50)

  private init(_ options: NATSOptions, _ eventLoop: any EventLoop) {
    self.options = options
    self.eventLoop = eventLoop
    inbox = "\(options.inboxPrefix).\(NUID.next())."
    state = Mutex(ClientState())
  }

  /// Connects to the first server that accepts the connection.
  ///
  /// - Parameters:
  ///   - options: The servers and settings.
  ///   - eventLoop: The event loop to use; nil for a shared one.
  /// - Returns: The client, which stays connected until it is closed.
  /// - Throws: The error of the last server that was tried.
  public static func connect(
    _ options: NATSOptions, on eventLoop: (any EventLoop)? = nil
  ) async throws(NATSError) -> NATSClient {
    let client = NATSClient(options, eventLoop ?? MultiThreadedEventLoopGroup.singleton.next())
    var failure = NATSError.invalidURL("")
    for address in options.servers {
      do {
        try await client.attempt(address).get()
        return client
      } catch {
        failure = error as? NATSError ?? .refused("\(address)")
      }
    }
    client.state.withLock { $0.phase = .closed(.closed) }
    throw failure
  }

  /// The server's description of itself.
  public var serverInfo: ServerInfo { state.withLock { $0.info } }

  // MARK: Publishing

  /// Publishes a message. The client does not learn whether it arrives.
  ///
  /// - Parameters:
  ///   - subject: The subject.
  ///   - payload: The payload.
  ///   - headers: The headers; nil for none.
  ///   - reply: The reply subject; nil for none.
  /// - Throws: `NATSError`; nothing was sent then.
  public func publish(
    _ subject: String, _ payload: ByteBuffer = ByteBuffer(), headers: NATSHeaders? = nil, reply: String? = nil
  ) async throws(NATSError) {
    if let reply, !SubjectSyntax.isPublishable(reply) { throw .invalidSubject(reply) }
    try await waitForRoom()
    try send(subject, payload, headers, reply: reply)
  }

  /// Publishes a message, and waits for its first reply.
  ///
  /// - Parameters:
  ///   - subject: The subject.
  ///   - payload: The payload.
  ///   - headers: The headers; nil for none.
  ///   - timeout: How long to wait; nil for the time in the options.
  /// - Returns: The reply.
  /// - Throws: `NATSError.noResponders`, `.timedOut`, `.disconnected`, `.cancelled` and others.
  public func request(
    _ subject: String, _ payload: ByteBuffer = ByteBuffer(), headers: NATSHeaders? = nil,
    timeout: Duration? = nil
  ) async throws(NATSError) -> NATSMessage {
    let receiver = ReplyContinuation()
    try await waitForRoom(timeout ?? options.requestTimeout)
    try request(subject, payload, headers: headers, timeout: timeout, to: receiver)
    return try await receiver.value()
  }

  /// Publishes a message immediately, and passes its replies to a receiver.
  ///
  /// - Parameters:
  ///   - subject: The subject, which may have the wildcards of a filter.
  ///   - payload: The payload.
  ///   - headers: The headers; nil for none.
  ///   - timeout: How long to wait for each reply; nil for the time in the options.
  ///   - many: Whether there may be more than one reply.
  ///   - receiver: The receiver of the replies.
  ///   - tag: A value that the receiver gets with each reply.
  /// - Throws: `NATSError`; nothing was sent then, and the receiver is not called.
  package func request(
    _ subject: String, _ payload: ByteBuffer, headers: NATSHeaders? = nil, timeout: Duration? = nil,
    many: Bool = false, to receiver: any ReplyReceiver, tag: Int = 0
  ) throws(NATSError) {
    let limit = TimeAmount(timeout ?? options.requestTimeout)
    let request = RequestTable.Waiting(
      receiver: receiver, tag: tag, subject: subject, isMany: many, deadline: .now() + limit, timeLimit: limit
    )
    try send(subject, payload, headers, awaiting: request)
  }

  /// Sends a message immediately.
  private func send(
    _ subject: String, _ payload: ByteBuffer, _ headers: NATSHeaders?, reply: String? = nil,
    awaiting request: RequestTable.Waiting? = nil
  ) throws(NATSError) {
    // Requests of JetStream have filters in their subjects.
    guard SubjectSyntax.isPublishable(subject) || (request != nil && SubjectSyntax.isSubscribable(subject))
    else {
      throw .invalidSubject(subject)
    }
    var block: [UInt8] = []
    try headers?.write(to: &block)
    let work = try state.withLock { (state) throws(NATSError) -> ClientState.Work in
      if let obstacle = state.obstacle { throw obstacle }
      guard block.count + payload.readableBytes <= state.info.maximumPayload else {
        throw .payloadTooLarge(limit: state.info.maximumPayload)
      }
      guard block.isEmpty || state.info.hasHeaders else { throw .unsupported("headers") }
      let number = request.map { state.requests.insert($0) }
      state.outbox.publish(
        subject, reply: number.map { .request(inbox: inbox, $0) } ?? reply.map { .subject($0) },
        headers: block,
        payload)
      return state.send(awaitingAnswer: request != nil)
    }
    switch work {
    case .nothing: break
    case .flush: eventLoop.execute { self.flush() }
    case .sweep: eventLoop.execute { self.sweepLater() }
    }
  }

  /// Waits until there is a connection, and room in the outbox.
  package func waitForRoom(_ timeout: Duration? = nil) async throws(NATSError) {
    let deadline = timeout.map { NIODeadline.now() + TimeAmount($0) }
    while try !hasRoom() {
      guard !Task.isCancelled else { throw .cancelled }
      if let deadline, NIODeadline.now() > deadline { throw .disconnected }
      await withCheckedContinuation { continuation in
        state.withLock { $0.waiters.append(continuation) }
        eventLoop.execute { self.sweepLater() }
      }
    }
  }

  private func hasRoom() throws(NATSError) -> Bool {
    try state.withLock { (state) throws(NATSError) -> Bool in
      switch state.phase {
      case .open: return state.outbox.count + state.unwritten < NATSClient.outboxLimit
      case .waiting: return false
      case .closed(let error): throw error
      }
    }
  }

  // MARK: Flushing

  /// Sends all bytes in the outbox.
  func flush() {
    let (pieces, count, channel) = state.withLock { state -> ([ByteBuffer], Int, (any Channel)?) in
      state.isFlushScheduled = false
      let count = state.outbox.count
      state.unwritten += count
      return (state.outbox.take(), count, state.channel)
    }
    guard let channel, let last = pieces.last else { return }
    for piece in pieces.dropLast() { channel.write(piece, promise: nil) }
    let written = eventLoop.makePromise(of: Void.self)
    written.futureResult.whenComplete { _ in self.wrote(count) }
    channel.writeAndFlush(last, promise: written)
    sweepLater()
  }

  private func wrote(_ count: Int) {
    let waiters = state.withLock { state in
      // Bytes of a lost connection are no longer counted.
      state.unwritten = max(state.unwritten - count, 0)
      return state.takeWaiters()
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Waits until the server has read everything that was sent before.
  ///
  /// - Throws: `NATSError.disconnected`, `.closed`.
  public func roundTrip() async throws(NATSError) {
    let isThere = await withCheckedContinuation { continuation in
      let (isOpen, mustSchedule) = state.withLock { state in
        guard state.obstacle == nil else { return (false, false) }
        state.outbox.line("PING")
        state.pongs.append(continuation)
        return (true, state.needsFlush())
      }
      guard isOpen else { return continuation.resume(returning: false) }
      if mustSchedule { eventLoop.execute { self.flush() } }
    }
    guard isThere else { throw state.withLock { $0.obstacle } ?? .disconnected }
  }

  /// Responds to a `PING` of the server.
  func answerPing() {
    state.withLock { $0.outbox.line("PONG") }
    flush()
  }

  /// Handles the response to a `PING`.
  func takePong() {
    let waiter = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      state.unansweredPings = 0
      return state.pongs.isEmpty ? nil : state.pongs.removeFirst()
    }
    waiter?.resume(returning: true)
  }
}
