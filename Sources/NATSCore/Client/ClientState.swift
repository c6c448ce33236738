internal import NIOCore

/// The state of a client. Any thread may use it, with the client's lock.
struct ClientState {
  /// Whether there is a connection.
  enum Phase {
    /// No connection was made yet, or it was lost and the client reconnects.
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

  /// The number of the subscription that receives the replies to all requests.
  static let inboxSubscription = 1

  var phase = Phase.waiting
  var channel: (any Channel)?
  /// The socket that threads may send with directly; nil with TLS.
  var socket: DirectSocket?
  var info = ServerInfo()
  var address: NATSServerAddress?
  var outbox = Outbox()
  /// The bytes that were taken out of the outbox and not yet passed to the system.
  var unwritten = 0
  var isFlushScheduled = false
  var isSweeping = false
  var requests = RequestTable()
  var subscriptions: [Int: Subscription] = [:]
  var lastSubscription = ClientState.inboxSubscription
  /// The tasks that wait for room in the outbox, or for a connection.
  var waiters: [CheckedContinuation<Void, Never>] = []
  /// The tasks that wait for the response to each `PING`; nil for those of the timer.
  var pongs: [CheckedContinuation<Bool, Never>?] = []
  /// The number of the timer's pings without a response.
  var unansweredPings = 0

  /// Records that a flush is needed; returns whether the caller has to schedule it.
  mutating func needsFlush() -> Bool {
    defer { isFlushScheduled = true }
    return !isFlushScheduled
  }

  /// The work for the event loop after something was put into the outbox.
  enum Work {
    case nothing
    case flush
    /// Checking which requests have waited too long.
    case sweep
  }

  /// The most bytes that a thread sends directly.
  private static let directLimit = 64 << 10

  /// Returns the work for the event loop.
  ///
  /// If a task waits for the reply to this message and no other request is waiting, the message is sent immediately:
  /// waking another thread for it would take longer than everything else.
  mutating func send(awaitingAnswer: Bool) -> Work {
    guard awaitingAnswer, requests.count == 1, unwritten == 0, let socket,
      outbox.offer(upTo: ClientState.directLimit, socket.send)
    else { return needsFlush() ? .flush : .nothing }
    return isSweeping ? .nothing : .sweep
  }

  /// The error for a task that wants to send now; nil if it can send.
  var obstacle: NATSError? {
    switch phase {
    case .open: nil
    case .waiting: .disconnected
    case .closed(let error): error
    }
  }

  /// Removes and returns the waiting tasks.
  mutating func takeWaiters() -> [CheckedContinuation<Void, Never>] {
    defer { waiters = [] }
    return waiters
  }
}
