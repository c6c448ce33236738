internal import NATSCore
internal import NIOCore
internal import Synchronization

/// What one consumer delivers to one inbox, until something is missing.
final class ConsumerFeed: MessageReceiver {
  /// What comes next.
  enum Step {
    case message(Delivery)
    /// Nothing came for a while: the last sequence of the stream that the consumer has looked at.
    case idle(Int64)
    /// Something is missing: another consumer has to go on.
    case broken
    case over(NATSError?)
  }

  private enum Item {
    case message(Delivery)
    case idle(Int64)
    /// The server stops until this subject is answered.
    case flowControl(String)
  }

  private struct State {
    var items: [Item] = []
    var taken = 0
    var bytes = 0
    var consumerSequence: Int64 = 0
    var waiter: CheckedContinuation<Void, Never>?
    var isBroken = false
    var isOver = false
    var failure: NATSError?
    var heard = NIODeadline.now()
    var isWatched = false

    var isEmpty: Bool { taken == items.count }

    mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
      defer { waiter = nil }
      return waiter
    }

    mutating func takeItem() -> Item {
      let item = items[taken]
      taken += 1
      if case .message(let delivery) = item { bytes -= delivery.message.size }
      if taken == items.count {
        items.removeAll(keepingCapacity: items.count < 1_024)
        taken = 0
      } else if taken >= 1_024, taken * 2 > items.count {
        items.removeFirst(taken)
        taken = 0
      }
      return item
    }
  }

  /// How many bytes it keeps that nobody has taken. Flow control ends below that; where it does not, what comes is dropped,
  /// and another consumer goes on once the rest was taken.
  private static let byteLimit = 64 << 20

  private let client: NATSClient
  private let patience: TimeAmount
  private let state = Mutex(State())

  /// Takes what comes.
  ///
  /// - Parameters:
  ///   - client: The connection.
  ///   - heartbeat: How soon the server says something where there is nothing to deliver.
  init(_ client: NATSClient, heartbeat: Duration) {
    self.client = client
    patience = TimeAmount(heartbeat * 2)
  }

  // MARK: Arriving

  func receive(_ message: NATSMessage) {
    if let status = message.status { return receive(message, status) }
    state.withLock { state -> CheckedContinuation<Void, Never>? in
      state.heard = .now()
      guard !state.isBroken else { return nil }
      if let delivery = Delivery(message), delivery.consumerSequence == state.consumerSequence + 1,
        state.bytes < ConsumerFeed.byteLimit
      {
        state.consumerSequence += 1
        state.bytes += message.size
        state.items.append(.message(delivery))
      } else {
        state.isBroken = true
      }
      return state.takeWaiter()
    }?.resume()
  }

  /// Takes what the server says besides: 100 for a heartbeat, or that it waits for an answer.
  private func receive(_ message: NATSMessage, _ status: Int) {
    let headers: NATSHeaders
    do throws(NATSError) { headers = try message.headers } catch { return fail() }
    guard status == 100 else {
      // 409: the consumer was deleted, or its server goes away.
      return fail()
    }
    if let reply = message.reply {
      let isFree = state.withLock { state in
        state.heard = .now()
        if state.isEmpty { return true }
        state.items.append(.flowControl(reply))
        return false
      }
      if isFree { client.answer(reply) }
      return
    }
    let (waiter, stalled) = state.withLock { state -> (CheckedContinuation<Void, Never>?, String?) in
      state.heard = .now()
      if let last = headers["Nats-Last-Consumer"].flatMap({ Int64($0) }), last != state.consumerSequence {
        state.isBroken = true
        return (state.takeWaiter(), nil)
      }
      let isEmpty = state.isEmpty
      let stalled = headers["Nats-Consumer-Stalled"]
      if isEmpty, stalled == nil, let sequence = headers["Nats-Last-Stream"].flatMap({ Int64($0) }) {
        state.items.append(.idle(sequence))
      }
      return (state.takeWaiter(), isEmpty ? stalled : nil)
    }
    // Our answer was lost: nothing is here that would have to be taken first.
    if let stalled { client.answer(stalled) }
    waiter?.resume()
  }

  /// Another consumer has to go on: the server keeps none for a connection that was lost.
  func reconnected() { fail() }

  /// Says that something is missing.
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

  /// Waits for what comes next.
  func next() async -> Step {
    while true {
      let (step, answers) = state.withLock { state -> (Step?, [String]) in
        var answers: [String] = []
        while !state.isEmpty {
          switch state.takeItem() {
          case .message(let delivery): return (.message(delivery), answers)
          case .idle(let sequence): return (.idle(sequence), answers)
          case .flowControl(let subject): answers.append(subject)
          }
        }
        if state.isOver { return (.over(state.failure), answers) }
        return (state.isBroken ? .broken : nil, answers)
      }
      for subject in answers { client.answer(subject) }
      if let step { return step }
      if Task.isCancelled { return .over(.cancelled) }
      await wait()
    }
  }

  private func wait() async {
    watch()
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          guard state.isEmpty, !state.isBroken, !state.isOver, !Task.isCancelled else { return true }
          state.waiter = continuation
          return false
        }
        if isReady { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.takeWaiter() }?.resume()
    }
  }

  /// Looks now and then, while somebody waits, whether the server is still heard.
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
