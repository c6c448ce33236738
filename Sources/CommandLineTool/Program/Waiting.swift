internal import Dispatch
internal import ModuleStore
internal import Synchronization
internal import StoreJSON

/// A thread that waits for asynchronous work, and meanwhile answers questions of the work.
///
/// So data of the thread, such as an open store, are used only by this thread.
final class WaitingThread<Question: Sendable, Answer: Sendable>: Sendable {
  private struct State {
    var questions: [(Question, CheckedContinuation<Answer, any Error>)] = []
    var isDone = false
  }

  private let state = Mutex(State())
  private let hasNews = DispatchSemaphore(value: 0)

  /// Sends a question to the thread.
  ///
  /// - Returns: Its answer.
  /// - Throws: The error that it threw for the question.
  func ask(_ question: Question) async throws -> Answer {
    try await withCheckedThrowingContinuation { continuation in
      state.withLock { $0.questions.append((question, continuation)) }
      hasNews.signal()
    }
  }

  fileprivate func finish() {
    state.withLock { $0.isDone = true }
    hasNews.signal()
  }

  /// Answers questions until the work is done.
  fileprivate func wait(_ answer: (Question) throws -> Answer) {
    while true {
      hasNews.wait()
      let (next, isDone) = state.withLock { state in
        (state.questions.isEmpty ? nil : state.questions.removeFirst(), state.isDone)
      }
      if let (question, continuation) = next {
        continuation.resume(with: Result { try answer(question) })
      } else if isDone {
        return
      }
    }
  }
}

/// Runs asynchronous work of the network modules to its end. The calling thread waits for it, and answers its
/// questions.
///
/// - Parameters:
///   - answer: Answers a question, on the calling thread.
///   - work: The work.
/// - Returns: The result of the work.
/// - Throws: The error of the work.
func waitFor<Value: Sendable, Question: Sendable, Answer: Sendable>(
  _ answer: (Question) throws -> Answer,
  for work: @escaping @Sendable (WaitingThread<Question, Answer>) async throws -> Value
) throws -> Value {
  let thread = WaitingThread<Question, Answer>()
  let outcome = Outcome<Value>()
  // Detached, because the thread whose context a child task would inherit is the one that waits.
  Task.detached {
    let result: Result<Value, any Error>
    do { result = .success(try await work(thread)) } catch { result = .failure(error) }
    outcome.result.withLock { $0 = result }
    thread.finish()
  }
  thread.wait(answer)
  guard let result = outcome.result.withLock({ $0 }) else {
    throw Failure(.failed, "an internal task ended without a result")
  }
  return try result.get()
}

/// The result of the work.
private final class Outcome<Value: Sendable>: Sendable {
  let result = Mutex<Result<Value, any Error>?>(nil)
}

/// Runs asynchronous work that has no questions.
func waitFor<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
  try waitFor({ (question: Never) -> Void in }, for: { _ in try await work() })
}

/// Waits for a duration, unless a signal arrives before.
enum Waiting {
  private static let slice = Duration.milliseconds(100)

  /// Blocks the calling thread for a duration.
  ///
  /// - Throws: `StoreError.cancelled` if a signal ends it.
  @Sendable static func pause(_ time: Duration) throws { try waitFor { try await sleep(time) } }

  /// Waits for a duration.
  ///
  /// - Throws: `StoreError.cancelled` if a signal ends it.
  @Sendable static func sleep(_ time: Duration) async throws {
    let end = ContinuousClock.now + time
    while ContinuousClock.now < end {
      if Interruption.cancellation.isCancelled { throw StoreError.cancelled }
      try await Task.sleep(for: min(slice, end - .now))
    }
  }
}
