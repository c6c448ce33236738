internal import Synchronization

/// The messages that arrive for a subject, one after the other, for one task.
///
/// The subscription ends when it is released, or when `unsubscribe` is called. Messages that are not taken yet are
/// kept, up to `byteLimit`. Further messages are dropped, and `next` throws `NATSError.slowConsumer` at that point.
public final class NATSSubscription: AsyncSequence, Sendable {
  /// The messages.
  public typealias Element = NATSMessage
  /// The error of `next`.
  public typealias Failure = NATSError

  private let client: NATSClient
  private let number: Int
  private let inbox: MessageInbox
  /// The subject.
  public let subject: String

  init(_ client: NATSClient, _ subject: String, queue: String?, byteLimit: Int) throws(NATSError) {
    self.client = client
    self.subject = subject
    inbox = MessageInbox(byteLimit: byteLimit)
    number = try client.subscribe(subject, queue: queue, to: inbox)
  }

  deinit { client.unsubscribe(number) }

  /// Ends the subscription. Messages that have arrived can still be taken.
  public func unsubscribe() {
    client.unsubscribe(number)
    inbox.end(nil)
  }

  /// Returns an iterator. All iterators share one position.
  public func makeAsyncIterator() -> Iterator { Iterator(subscription: self) }

  /// An iterator over the messages.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let subscription: NATSSubscription

    /// Waits for the next message; nil at the end.
    public mutating func next() async throws(NATSError) -> NATSMessage? {
      try await subscription.inbox.next()
    }

    /// Waits for the next message; nil at the end.
    public mutating func next(isolation actor: isolated (any Actor)?) async throws(NATSError) -> NATSMessage?
    {
      try await subscription.inbox.next()
    }
  }
}

extension NATSClient {
  /// The default limit of the bytes that a subscription keeps.
  public static let subscriptionByteLimit = 64 << 20

  /// Subscribes to a subject.
  ///
  /// - Parameters:
  ///   - subject: The subject; `*` matches one token, and `>` at the end one or more.
  ///   - queue: The group whose members share the messages; nil for none.
  ///   - byteLimit: The most bytes that are kept until they are taken.
  /// - Returns: The subscription.
  /// - Throws: `NATSError.invalidSubject`, `.closed`.
  public func subscribe(
    _ subject: String, queue: String? = nil, byteLimit: Int = NATSClient.subscriptionByteLimit
  ) throws(NATSError) -> NATSSubscription {
    try NATSSubscription(self, subject, queue: queue, byteLimit: byteLimit)
  }
}

/// Keeps messages until a task takes them.
final class MessageInbox: MessageReceiver {
  private struct State {
    var messages: [NATSMessage] = []
    var taken = 0
    var bytes = 0
    var dropped = 0
    var waiter: CheckedContinuation<Void, Never>?
    var isOver = false
    var failure: NATSError?

    mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
      defer { waiter = nil }
      return waiter
    }
  }

  private let byteLimit: Int
  private let state = Mutex(State())

  init(byteLimit: Int) { self.byteLimit = byteLimit }

  func receive(_ message: NATSMessage) {
    state.withLock { state in
      guard state.bytes + message.size <= byteLimit || state.bytes == 0 else {
        state.dropped += 1
        return
      }
      state.bytes += message.size
      state.messages.append(message)
    }
  }

  func wake() { state.withLock { $0.takeWaiter() }?.resume() }

  func reconnected() {}

  func end(_ error: NATSError?) {
    state.withLock { state in
      if !state.isOver { (state.isOver, state.failure) = (true, error) }
      return state.takeWaiter()
    }?.resume()
  }

  /// Waits for the next message; nil at the end.
  func next() async throws(NATSError) -> NATSMessage? {
    while true {
      let (message, isOver) = try state.withLock { (state) throws(NATSError) -> (NATSMessage?, Bool) in
        if state.taken < state.messages.count {
          let message = state.messages[state.taken]
          state.taken += 1
          state.bytes -= message.size
          if state.taken == state.messages.count {
            state.messages.removeAll(keepingCapacity: state.messages.count < 1_024)
            state.taken = 0
          } else if state.taken >= 1_024, state.taken * 2 > state.messages.count {
            state.messages.removeFirst(state.taken)
            state.taken = 0
          }
          return (message, false)
        }
        if state.dropped > 0 {
          defer { state.dropped = 0 }
          throw .slowConsumer(dropped: state.dropped)
        }
        if let failure = state.failure {
          state.failure = nil
          throw failure
        }
        return (nil, state.isOver)
      }
      if let message { return message }
      guard !isOver, !Task.isCancelled else { return nil }
      await wait()
    }
  }

  private func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          guard state.taken == state.messages.count, !state.isOver, state.dropped == 0, !Task.isCancelled
          else {
            return true
          }
          state.waiter = continuation
          return false
        }
        if isReady { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.takeWaiter() }?.resume()
    }
  }
}
