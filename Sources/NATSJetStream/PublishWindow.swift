public import NATSCore
public import NIOCore
internal import Synchronization

/// Publishes many messages without waiting for each, up to a limit of unacknowledged messages.
///
/// After the first failure the window is closed: further calls of `publish` throw this error, and so does `finish`.
public final class PublishWindow: Sendable {
  private struct State {
    var sent = 0
    var outstanding = 0
    var bytes = 0
    var lastSequence: Int64 = 0
    var failure: JetStreamError?
    var waiters: [CheckedContinuation<Void, Never>] = []
    /// Whether the waiting tasks wait for the last acknowledgement.
    var isFinishing = false

    mutating func takeWaiters() -> [CheckedContinuation<Void, Never>] {
      defer { waiters = [] }
      return waiters
    }
  }

  private let jetStream: JetStream
  private let messageLimit: Int
  private let byteLimit: Int
  private let onAcknowledgement: (@Sendable (Int, PublishAcknowledgement) -> Void)?
  private let state = Mutex(State())

  /// Opens a window.
  ///
  /// - Parameters:
  ///   - jetStream: The JetStream to publish to.
  ///   - messageLimit: The most messages that may wait for their acknowledgement.
  ///   - byteLimit: The most bytes of payload that they may have together; a single message may have more.
  ///   - onAcknowledgement: Receives the number of each message, from 0, and its acknowledgement, on the client's event
  ///     loop.
  public init(
    _ jetStream: JetStream, messageLimit: Int = 512, byteLimit: Int = 8 << 20,
    onAcknowledgement: (@Sendable (Int, PublishAcknowledgement) -> Void)? = nil
  ) {
    self.jetStream = jetStream
    self.messageLimit = max(messageLimit, 1)
    self.byteLimit = byteLimit
    self.onAcknowledgement = onAcknowledgement
  }

  /// Publishes a message when the window has room for it.
  ///
  /// - Returns: The number of the message, from 0.
  /// - Throws: `JetStreamError`, for this message, which is then not sent, or for an earlier one.
  @discardableResult
  public func publish(
    _ subject: String, _ payload: ByteBuffer, headers: NATSHeaders? = nil
  ) async throws(JetStreamError) -> Int {
    let size = payload.readableBytes
    let number = try await enter(size)
    do throws(NATSError) {
      try await jetStream.client.waitForRoom(jetStream.timeout)
      try jetStream.client.request(
        subject, payload, headers: headers, timeout: jetStream.timeout, to: self, tag: size << 36 | number)
    } catch {
      leave(size, nil, .client(error))
      throw .client(error)
    }
    return number
  }

  /// Waits until all messages are acknowledged.
  ///
  /// - Returns: The highest sequence of the published messages; 0 if there are none.
  /// - Throws: The `JetStreamError` of the first message that failed.
  @discardableResult
  public func finish() async throws(JetStreamError) -> Int64 {
    while true {
      let (isOver, sequence) = try state.withLock { (state) throws(JetStreamError) -> (Bool, Int64) in
        if let failure = state.failure { throw failure }
        return (state.outstanding == 0, state.lastSequence)
      }
      if isOver { return sequence }
      await wait(isFinishing: true)
    }
  }

  private func enter(_ size: Int) async throws(JetStreamError) -> Int {
    while true {
      let number = try state.withLock { (state) throws(JetStreamError) -> Int? in
        if let failure = state.failure { throw failure }
        guard !isFull(state, size) else { return nil }
        state.outstanding += 1
        state.bytes += size
        state.sent += 1
        return state.sent - 1
      }
      if let number { return number }
      if Task.isCancelled { throw .client(.cancelled) }
      await wait(isFinishing: false)
    }
  }

  private func isFull(_ state: State, _ size: Int) -> Bool {
    state.outstanding >= messageLimit || (state.outstanding > 0 && state.bytes + size > byteLimit)
  }

  /// Waits until a large part of the window is free, or all of it.
  private func wait(isFinishing: Bool) async {
    await withCheckedContinuation { continuation in
      let isReady = state.withLock { state in
        guard state.outstanding > 0, state.failure == nil else { return true }
        if isFinishing { state.isFinishing = true }
        state.waiters.append(continuation)
        return false
      }
      if isReady { continuation.resume() }
    }
  }

  private func leave(_ size: Int, _ sequence: Int64?, _ failure: JetStreamError?) {
    let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      state.outstanding -= 1
      state.bytes -= size
      state.lastSequence = max(state.lastSequence, sequence ?? 0)
      state.failure = state.failure ?? failure
      // Waiting tasks continue when a quarter of the window is free.
      guard state.outstanding == 0 || failure != nil || (!state.waiters.isEmpty && hasSpace(state)) else {
        return []
      }
      return state.takeWaiters()
    }
    for waiter in waiters { waiter.resume() }
  }

  private func hasSpace(_ state: State) -> Bool {
    !state.isFinishing && state.outstanding <= messageLimit - messageLimit / 4
      && state.bytes <= byteLimit - byteLimit / 4
  }
}

extension PublishWindow: ReplyReceiver {
  package func receive(_ reply: NATSMessage, tag: Int) -> Bool {
    do throws(JetStreamError) {
      let acknowledgement = try PublishAcknowledgement(reply)
      onAcknowledgement?(tag & 0xf_ffff_ffff, acknowledgement)
      leave(tag >> 36, acknowledgement.sequence, nil)
    } catch {
      leave(tag >> 36, nil, error)
    }
    return false
  }

  package func fail(_ error: NATSError, tag: Int) {
    if case .noResponders(let subject) = error {
      leave(tag >> 36, nil, .noStream(subject))
    } else {
      leave(tag >> 36, nil, .client(error))
    }
  }
}
