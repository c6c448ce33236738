internal import NATSCore
internal import NIOCore
internal import Synchronization

/// The messages that one consumer delivers to one inbox, until a message is missing.
final class ConsumerFeed: MessageReceiver {
  /// The next event.
  enum Step {
    case message(Delivery)
    /// No message came for a while: the last sequence of the stream that the consumer has checked.
    case idle(Int64)
    /// A message is missing: another consumer has to continue.
    case broken
    case over(NATSError?)
  }

  private enum Item {
    case message(Delivery)
    case idle(Int64)
    /// The server waits until this subject gets a reply.
    case flowControl(String)
    /// The item was taken. It is released immediately.
    case taken
  }

  /// The items that have arrived and are not in the batch yet.
  private struct State {
    var items: [Item] = []
    var consumerSequence: Int64 = 0
    var waiter: CheckedContinuation<Void, Never>?
    var isBroken = false
    var isOver = false
    var failure: NATSError?
    var heard = NIODeadline.now()
    var isWatched = false

    mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
      defer { waiter = nil }
      return waiter
    }
  }

  /// The items that are being taken. They are moved from the state all together, so that the two sides seldom wait for
  /// each other.
  private struct Batch {
    var items: [Item] = []
    var position = 0
    /// The sequence in the stream of the last message that was taken.
    var lastSequence: Int64?
  }

  /// The limit of untaken bytes.
  ///
  /// Flow control normally stops below it. Messages beyond it are dropped, and another consumer continues after the
  /// rest was taken.
  private static let byteLimit = 64 << 20

  private let client: NATSClient
  private let patience: TimeAmount
  private let state = Mutex(State())
  private let batch = Mutex(Batch())
  /// The untaken items: their number, and the bytes of their messages.
  private let untaken = Atomic(0)
  private let bytes = Atomic(0)

  /// The sequence in the stream of the last message that was taken; nil for none.
  var lastSequence: Int64? { batch.withLock { $0.lastSequence } }

  /// Creates a feed.
  ///
  /// - Parameters:
  ///   - client: The connection.
  ///   - heartbeat: The interval of the server's heartbeats while there is nothing to deliver.
  init(_ client: NATSClient, heartbeat: Duration) {
    self.client = client
    patience = TimeAmount(heartbeat * 2)
  }

  // MARK: Arriving

  func receive(_ message: NATSMessage) {
    if let status = message.status { return receive(message, status) }
    let delivery = Delivery(message)
    let hasRoom = bytes.load(ordering: .relaxed) < ConsumerFeed.byteLimit
    state.withLock { state in
      state.heard = .now()
      guard !state.isBroken else { return }
      if let delivery, delivery.consumerSequence == state.consumerSequence + 1, hasRoom {
        state.consumerSequence += 1
        bytes.add(message.size, ordering: .relaxed)
        append(.message(delivery), &state)
      } else {
        state.isBroken = true
      }
    }
  }

  private func append(_ item: Item, _ state: inout State) {
    untaken.add(1, ordering: .relaxed)
    state.items.append(item)
  }

  /// Resumes the task that waits for an item.
  func wake() { state.withLock { $0.takeWaiter() }?.resume() }

  /// Handles a status of the server: 100 for a heartbeat, or if it waits for a reply.
  private func receive(_ message: NATSMessage, _ status: Int) {
    let headers: NATSHeaders
    do throws(NATSError) { headers = try message.headers } catch { return fail() }
    guard status == 100 else {
      // 409: the consumer was deleted, or its server is shutting down.
      return fail()
    }
    if let reply = message.reply {
      let isFree = state.withLock { state in
        state.heard = .now()
        if untaken.load(ordering: .relaxed) == 0 { return true }
        append(.flowControl(reply), &state)
        return false
      }
      if isFree { client.answer(reply) }
      return
    }
    let stalled = state.withLock { state -> String? in
      state.heard = .now()
      if let last = headers["Nats-Last-Consumer"].flatMap({ Int64($0) }), last != state.consumerSequence {
        state.isBroken = true
        return nil
      }
      let isEmpty = untaken.load(ordering: .relaxed) == 0
      let stalled = headers["Nats-Consumer-Stalled"]
      if isEmpty, stalled == nil, let sequence = headers["Nats-Last-Stream"].flatMap({ Int64($0) }) {
        append(.idle(sequence), &state)
      }
      return isEmpty ? stalled : nil
    }
    // The earlier reply was lost. It is sent again now, because there is no untaken message.
    if let stalled { client.answer(stalled) }
  }

  /// Another consumer has to continue: the server keeps none for a lost connection.
  func reconnected() { fail() }

  /// Records that a message is missing.
  func fail() {
    state.withLock { state in
      state.isBroken = true
      return state.takeWaiter()
    }?.resume()
  }

  func end(_ error: NATSError?) {
    state.withLock { state in
      if !state.isOver { (state.isOver, state.failure) = (true, error) }
      return state.takeWaiter()
    }?.resume()
  }

  // MARK: Taking

  /// Waits for the next event.
  func next() async -> Step {
    while true {
      switch takeItem() {
      case .message(let delivery)?: return .message(delivery)
      case .idle(let sequence)?: return .idle(sequence)
      case .flowControl(let subject)?:
        client.answer(subject)
        continue
      case .taken?: continue
      case nil: break
      }
      let end = state.withLock { state -> Step? in
        guard state.items.isEmpty else { return nil }
        if state.isOver { return .over(state.failure) }
        return state.isBroken ? .broken : nil
      }
      if let end { return end }
      if Task.isCancelled { return .over(.cancelled) }
      await wait()
    }
  }

  /// Takes the next item that has arrived; nil if there is none.
  private func takeItem() -> Item? {
    batch.withLock { batch in
      if batch.position == batch.items.count {
        batch.items.removeAll(keepingCapacity: batch.items.count < 1_024)
        batch.position = 0
        state.withLock { swap(&$0.items, &batch.items) }
        guard !batch.items.isEmpty else { return nil }
      }
      let item = batch.items[batch.position]
      batch.items[batch.position] = .taken
      batch.position += 1
      untaken.subtract(1, ordering: .relaxed)
      if case .message(let delivery) = item {
        bytes.subtract(delivery.message.size, ordering: .relaxed)
        batch.lastSequence = delivery.streamSequence
      }
      return item
    }
  }

  private func wait() async {
    watch()
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          guard state.items.isEmpty, !state.isBroken, !state.isOver, !Task.isCancelled else { return true }
          state.waiter = continuation
          return false
        }
        if isReady { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.takeWaiter() }?.resume()
    }
  }

  /// Checks regularly, while a task waits, if the server still sends messages.
  private func watch() {
    let isNew = state.withLock { state in
      defer { state.isWatched = true }
      return !state.isWatched
    }
    guard isNew else { return }
    client.eventLoop.scheduleTask(in: patience) { [weak self] in self?.look() }
  }

  private func look() {
    let (isWaiting, waiter) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
      state.isWatched = false
      guard state.waiter != nil else { return (false, nil) }
      guard state.heard + patience <= .now() else { return (true, nil) }
      state.isBroken = true
      return (false, state.takeWaiter())
    }
    waiter?.resume()
    if isWaiting { watch() }
  }
}
