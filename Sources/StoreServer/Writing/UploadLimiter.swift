internal import HTTPServing
internal import HTTPTypes
internal import Synchronization

/// Limits the number of simultaneous uploads.
///
/// Others wait. An upload uses memory for as long as its client takes to send it.
final class UploadLimiter: Sendable {
  private struct State {
    var free: Int
    var nextNumber = 0
    /// The waiting uploads, in the order of their arrival.
    var waiting: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
  }

  private let state: Mutex<State>
  private let patience: Duration

  /// Creates the limit.
  ///
  /// - Parameters:
  ///   - count: The maximum number of simultaneous uploads.
  ///   - patience: How long an upload waits for its turn.
  init(count: Int = 64, patience: Duration = .seconds(30)) {
    state = Mutex(State(free: count))
    self.patience = patience
  }

  /// Waits for a turn, and runs the work.
  ///
  /// - Parameter work: The work.
  /// - Returns: The result of the work.
  /// - Throws: `HTTPFailure` with 503 if the wait takes too long, and the errors of the work.
  func run<Result>(_ work: () async throws -> Result) async throws -> Result {
    guard await take() else {
      var failure = HTTPFailure(.serviceUnavailable, "locked", "too many uploads at once")
      failure.headers[.retryAfter] = "1"
      throw failure
    }
    defer { giveBack() }
    return try await work()
  }

  private func take() async -> Bool {
    let number = state.withLock { state in
      state.nextNumber += 1
      return state.nextNumber
    }
    let timer = Task {
      try await Task.sleep(for: patience)
      stopWaiting(number)
    }
    defer { timer.cancel() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isFree = state.withLock { state in
          guard state.free > 0 else {
            state.waiting.append((number, continuation))
            return false
          }
          state.free -= 1
          return true
        }
        if isFree { continuation.resume(returning: true) }
        // If the task was cancelled before it was in the queue, `onCancel` has not found it.
        if Task.isCancelled { stopWaiting(number) }
      }
    } onCancel: {
      stopWaiting(number)
    }
  }

  private func stopWaiting(_ number: Int) {
    let waiter = state.withLock { state in
      state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0) }
    }
    waiter?.continuation.resume(returning: false)
  }

  private func giveBack() {
    let next = state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.free += 1
        return nil as CheckedContinuation<Bool, Never>?
      }
      return state.waiting.removeFirst().continuation
    }
    next?.resume(returning: true)
  }
}
