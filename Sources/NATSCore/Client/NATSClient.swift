public import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// A client of NATS: it keeps a connection to one of its servers, and all tasks share it.
///
/// What is published is encoded on the thread of the caller, and sent by the event loop, all that there is at once; a
/// request that waits alone is sent by the caller's thread. All requests share one subscription.
public final class NATSClient: Sendable {
  /// How the client connects.
  public let options: NATSOptions
  /// What does the work.
  public let eventLoop: any EventLoop
  /// Begins the subject of each answer.
  let inbox: String
  let state: Mutex<ClientState>

  /// How many bytes may wait to be sent before whoever publishes has to wait.
  static let outboxLimit = 4 << 20
  /// How often it is looked at who has waited too long.
  static let sweepInterval = TimeAmount.milliseconds(50)

  private init(_ options: NATSOptions, _ eventLoop: any EventLoop) {
    self.options = options
    self.eventLoop = eventLoop
    inbox = "\(options.inboxPrefix).\(NUID.next())."
    state = Mutex(ClientState())
  }

  /// Connects to the first server that takes the connection.
  ///
  /// - Parameters:
  ///   - options: Where, and how.
  ///   - eventLoop: What does the work; nil for one of those that all share.
  /// - Returns: The client. It lives until it is closed.
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

  /// What the server says of itself.
  public var serverInfo: ServerInfo { state.withLock { $0.info } }

  // MARK: Publishing

  /// Publishes a message. Whether it arrives is not known.
  ///
  /// - Parameters:
  ///   - subject: The subject.
  ///   - payload: The payload.
  ///   - headers: The headers; nil for none.
  ///   - reply: Where answers are to go; nil for nowhere.
  /// - Throws: `NATSError`, with nothing sent.
  public func publish(
    _ subject: String, _ payload: ByteBuffer = ByteBuffer(), headers: NATSHeaders? = nil, reply: String? = nil
  ) async throws(NATSError) {
    if let reply, !SubjectSyntax.isPublishable(reply) { throw .invalidSubject(reply) }
    try await waitForRoom()
    try send(subject, payload, headers, reply: reply)
  }

  /// Publishes a message, and waits for its first answer.
  ///
  /// - Parameters:
  ///   - subject: The subject.
  ///   - payload: The payload.
  ///   - headers: The headers; nil for none.
  ///   - timeout: How long to wait; nil for what the options say.
  /// - Returns: The answer.
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

  /// Publishes a message at once, and has somebody take its answers.
  ///
  /// - Parameters:
  ///   - subject: The subject; it may have the wildcards of a filter.
  ///   - payload: The payload.
  ///   - headers: The headers; nil for none.
  ///   - timeout: How long to wait for each answer; nil for what the options say.
  ///   - many: Whether more than one answer may come.
  ///   - receiver: Who takes them.
  ///   - tag: What it is told with each.
  /// - Throws: `NATSError`, with nothing sent; the receiver is then not told.
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

  /// Sends a message at once.
  private func send(
    _ subject: String, _ payload: ByteBuffer, _ headers: NATSHeaders?, reply: String? = nil,
    awaiting request: RequestTable.Waiting? = nil
  ) throws(NATSError) {
    // Requests of JetStream carry filters in their subjects.
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

  /// Waits until there is a connection, and not too much to be sent over it.
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

  /// Sends all that there is.
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
      // Those of a connection that was lost are forgotten already.
      state.unwritten = max(state.unwritten - count, 0)
      return state.takeWaiters()
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Waits until the server has read all that was sent before.
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

  /// Answers a `PING` of the server.
  func answerPing() {
    state.withLock { $0.outbox.line("PONG") }
    flush()
  }

  /// Takes the answer to a `PING`.
  func takePong() {
    let waiter = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      state.unansweredPings = 0
      return state.pongs.isEmpty ? nil : state.pongs.removeFirst()
    }
    waiter?.resume(returning: true)
  }
}
