internal import NIOCore
internal import Synchronization

extension NATSClient {
  /// The number of the timer's pings without a response after which the connection is lost.
  private static let unansweredLimit = 2

  // MARK: Pinging the server

  /// Pings the server regularly while a connection lasts.
  func pingLater(_ channel: any Channel) {
    eventLoop.scheduleTask(in: TimeAmount(options.pingInterval)) { [weak self] in self?.ping(channel) }
  }

  private func ping(_ channel: any Channel) {
    let isSilent = state.withLock { state -> Bool? in
      guard case .open = state.phase, state.channel === channel else { return nil }
      guard state.unansweredPings < NATSClient.unansweredLimit else { return true }
      state.unansweredPings += 1
      state.pongs.append(nil)
      state.outbox.line("PING")
      return false
    }
    switch isSilent {
    case true?: channel.close(promise: nil)
    case false?:
      flush()
      pingLater(channel)
    case nil: break
    }
  }

  // MARK: Reconnecting

  /// Reconnects to the first server that accepts the connection.
  func reconnect(after error: NATSError) {
    tryServers(candidates, round: 0, since: .now(), error)
  }

  /// All known servers; the one that was lost comes last.
  private var candidates: [NATSServerAddress] {
    let (address, others) = state.withLock { ($0.address, $0.info.otherServers) }
    var candidates: [NATSServerAddress] = []
    for server in options.servers + others.compactMap({ NATSServerAddress($0) })
    where !candidates.contains(server) && server != address {
      candidates.append(server)
    }
    return candidates + (address.map { [$0] } ?? [])
  }

  private func tryServers(
    _ servers: [NATSServerAddress], round: Int, since start: NIODeadline, _ last: NATSError
  ) {
    let isWaiting = state.withLock { if case .waiting = $0.phase { true } else { false } }
    guard isWaiting else { return }
    if let limit = options.reconnectLimit, NIODeadline.now() > start + TimeAmount(limit) {
      return end(with: last)
    }
    guard let server = servers.first else {
      // A login that all servers refuse will not be accepted later.
      if case .unauthorized = last { return end(with: last) }
      eventLoop.scheduleTask(in: wait(round)) { [weak self] in
        guard let self else { return }
        self.tryServers(self.candidates, round: round + 1, since: start, last)
      }
      return
    }
    attempt(server).whenFailure { [weak self] error in
      self?.tryServers(
        Array(servers.dropFirst()), round: round, since: start, error as? NATSError ?? .refused("\(server)"))
    }
  }

  /// Returns the wait after a round: it doubles each time, and is different for each client of a server.
  private func wait(_ round: Int) -> TimeAmount {
    let longest = TimeAmount(options.reconnectWait).nanoseconds
    let wait = min(1_000_000 << Int64(min(round, 30)), longest)
    return .nanoseconds(wait / 2 + Int64.random(in: 0...max(wait / 2, 1)))
  }

  // MARK: Draining

  /// Ends all subscriptions, waits until the server has sent their messages and read what the client sent, and closes.
  ///
  /// Messages that have arrived can still be taken.
  ///
  /// - Throws: `NATSError.disconnected`, `.closed`.
  public func drain() async throws(NATSError) {
    let mustSchedule = try state.withLock { (state) throws(NATSError) -> Bool in
      if let obstacle = state.obstacle { throw obstacle }
      for number in state.subscriptions.keys { state.outbox.line("UNSUB \(number)") }
      return state.needsFlush()
    }
    if mustSchedule { eventLoop.execute { self.flush() } }
    try await roundTrip()
    await close()
  }
}
