internal import NIOCore

/// What a client knows at a moment. Any thread looks at it, under the client's lock.
struct ClientState {
  /// Whether there is a connection.
  enum Phase {
    /// There is none yet, or it was lost and is being made again.
    case waiting
    case open
    case closed(NATSError)
  }

  /// A subscription.
  struct Subscription {
    let subject: String
    let queue: String?
    let receiver: any MessageReceiver
  }

  /// The number of the subscription that takes the answers to all requests.
  static let inboxSubscription = 1

  var phase = Phase.waiting
  var channel: (any Channel)?
  /// Where a thread may send by itself; nil with TLS.
  var socket: DirectSocket?
  var info = ServerInfo()
  var address: NATSServerAddress?
  var outbox = Outbox()
  /// The bytes that were taken out of the outbox and are not in the system's hands yet.
  var unwritten = 0
  var isFlushScheduled = false
  var isSweeping = false
  var requests = RequestTable()
  var subscriptions: [Int: Subscription] = [:]
  var lastSubscription = ClientState.inboxSubscription
  /// Who waits for room in the outbox, or for a connection.
  var waiters: [CheckedContinuation<Void, Never>] = []
  /// Who waits for the answer to each `PING`; nil for those of the timer.
  var pongs: [CheckedContinuation<Bool, Never>?] = []
  /// The questions of the timer without an answer.
  var unansweredPings = 0

  /// Says that a flush is needed; whether the caller has to schedule it.
  mutating func needsFlush() -> Bool {
    defer { isFlushScheduled = true }
    return !isFlushScheduled
  }

  /// What the event loop has to do after something was put into the outbox.
  enum Work {
    case nothing
    case flush
    /// Looking who has waited too long.
    case sweep
  }

  /// The most bytes that a thread sends by itself.
  private static let directLimit = 64 << 10

  /// Says what the event loop has to do. Where somebody waits for the answer to this and nobody for anything else, it is
  /// sent here and now: waking another thread to do it would take longer than all the rest.
  mutating func send(awaitingAnswer: Bool) -> Work {
    guard awaitingAnswer, requests.count == 1, unwritten == 0, let socket,
      outbox.offer(upTo: ClientState.directLimit, socket.send)
    else { return needsFlush() ? .flush : .nothing }
    return isSweeping ? .nothing : .sweep
  }

  /// The error of whoever wants to send now; nil where that can be done.
  var obstacle: NATSError? {
    switch phase {
    case .open: nil
    case .waiting: .disconnected
    case .closed(let error): error
    }
  }

  /// Takes out who waits.
  mutating func takeWaiters() -> [CheckedContinuation<Void, Never>] {
    defer { waiters = [] }
    return waiters
  }
}
