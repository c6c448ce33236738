internal import ClientConnections
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

extension NATSClient {
  /// The limits for the number of bytes that are read at a time.
  private static let readLength = (least: 4 << 10, first: 64 << 10, most: 256 << 10)

  /// Connects to a server and logs in.
  func attempt(_ address: NATSServerAddress) -> EventLoopFuture<Void> {
    let ready = eventLoop.makePromise(of: Void.self)
    let limit = TimeAmount(options.connectTimeout)
    let deadline = eventLoop.scheduleTask(in: limit) {
      ready.fail(NATSError.unreachable("\(address)", .timedOut))
    }
    let reading = AdaptiveRecvByteBufferAllocator(
      minimum: NATSClient.readLength.least, initial: NATSClient.readLength.first,
      maximum: NATSClient.readLength.most)
    let connected = ClientBootstrap(group: eventLoop)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelOption(.recvAllocator, value: reading)
      .connectTimeout(limit)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = ConnectionHandler(self, address, ready: ready)
          try channel.pipeline.syncOperations.addHandler(handler)
          if self.options.tls == .first { try handler.secure(channel, for: address) }
        }
      }
      .connect(host: address.host, port: address.port)
    connected.whenComplete { result in
      switch result {
      case .success(let channel):
        // A caller that has stopped waiting must not get a connection.
        ready.futureResult.whenFailure { _ in channel.close(promise: nil) }
      case .failure(let error):
        let failure = error as? NATSError
        ready.fail(
          failure ?? .unreachable("\(address)", ConnectionFailure(error) ?? .unreachable("\(error)")))
      }
    }
    ready.futureResult.whenComplete { _ in deadline.cancel() }
    return ready.futureResult
  }

  /// Returns the TLS settings.
  func tlsContext() throws(NATSError) -> NIOSSLContext {
    var configuration: TLSConfiguration
    do throws(TLSFailure) {
      configuration = try .client(trusting: options.authorities)
    } catch {
      throw .credentials("the trusted certificates", reason: error.description)
    }
    if let certificate = options.clientCertificate {
      do {
        configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(certificate.chainFile)
          .map { .certificate($0) }
      } catch {
        throw .credentials(certificate.chainFile, reason: "it has no certificate in PEM format")
      }
      do {
        configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: certificate.keyFile, format: .pem))
      } catch {
        throw .credentials(certificate.keyFile, reason: "it has no private key in PEM format")
      }
    }
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch {
      throw .credentials("TLS", reason: TLSFailure(error).map { "\($0)" } ?? "its settings are not valid")
    }
  }

  // MARK: Opening and closing

  /// Takes a connection that is ready, and subscribes again to all subjects.
  func opened(
    _ channel: any Channel, _ socket: DirectSocket?, _ info: ServerInfo, _ address: NATSServerAddress
  ) {
    let opened = state.withLock {
      state -> ([any MessageReceiver], [CheckedContinuation<Void, Never>], Bool)? in
      guard case .waiting = state.phase else { return nil }
      let isFirst = state.address == nil
      state.phase = .open
      (state.channel, state.socket) = (channel, socket)
      (state.info, state.address) = (info, address)
      state.outbox.removeAll()
      (state.unwritten, state.unansweredPings) = (0, 0)
      state.outbox.line("SUB \(inbox)* \(ClientState.inboxSubscription)")
      for (number, subscription) in state.subscriptions.sorted(by: { $0.key < $1.key }) {
        state.outbox.line(NATSClient.line(subscription, number))
      }
      return (state.subscriptions.values.map(\.receiver), state.takeWaiters(), isFirst)
    }
    // The client was closed meanwhile.
    guard let (receivers, waiters, isFirst) = opened else { return channel.close(promise: nil) }
    flush()
    pingLater(channel)
    if !isFirst {
      for receiver in receivers { receiver.reconnected() }
      options.onEvent?(.reconnected("\(address)"))
    }
    for waiter in waiters { waiter.resume() }
  }

  static func line(_ subscription: ClientState.Subscription, _ number: Int) -> String {
    "SUB \(subscription.subject) \(subscription.queue.map { $0 + " " } ?? "")\(number)"
  }

  /// Takes new information about the cluster.
  func update(_ info: ServerInfo) {
    state.withLock { $0.info = info }
    if info.isLameDuck { options.onEvent?(.lameDuck) }
  }

  /// Handles the loss of a connection that was ready.
  func lost(_ error: NATSError, _ channel: any Channel) {
    let ended = state.withLock {
      state -> (Bool, [RequestTable.Waiting], [CheckedContinuation<Bool, Never>?]) in
      guard case .open = state.phase else { return (true, [], []) }
      state.phase = .waiting
      (state.channel, state.socket) = (nil, nil)
      state.outbox.removeAll()
      state.unwritten = 0
      defer { state.pongs = [] }
      return (false, state.requests.remove { _ in true }, state.pongs)
    }
    for request in ended.1 { request.receiver.fail(.disconnected, tag: request.tag) }
    for waiter in ended.2 { waiter?.resume(returning: false) }
    guard !ended.0 else { return }
    options.onEvent?(.disconnected(error))
    if options.reconnects { reconnect(after: error) } else { end(with: error) }
  }

  /// Ends the client: nothing more is sent, and subscriptions end.
  func end(with error: NATSError) {
    let ended = state.withLock { state in
      if case .closed = state.phase {} else { state.phase = .closed(error) }
      state.socket = nil
      defer { state.subscriptions = [:] }
      return (
        state.requests.remove { _ in true }, state.subscriptions.values.map(\.receiver), state.takeWaiters(),
        state.channel
      )
    }
    for request in ended.0 { request.receiver.fail(error, tag: request.tag) }
    for receiver in ended.1 { receiver.end(error == .closed ? nil : error) }
    for waiter in ended.2 { waiter.resume() }
    ended.3?.close(promise: nil)
  }

  /// Sends what is in the outbox, and closes the connection. Waiting requests fail, and subscriptions end.
  public func close() async {
    let closed = eventLoop.makePromise(of: Void.self)
    eventLoop.execute {
      self.flush()
      let channel = self.state.withLock { $0.channel }
      self.end(with: .closed)
      guard let channel else { return closed.succeed() }
      channel.closeFuture.cascade(to: closed)
    }
    // An error means that the connection has already ended.
    try? await closed.futureResult.get()
  }
}
