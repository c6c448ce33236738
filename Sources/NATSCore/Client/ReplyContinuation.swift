internal import Synchronization

/// Resumes the task that waits for a reply, once.
final class ReplyContinuation: ReplyReceiver {
  private typealias Continuation = CheckedContinuation<Result<NATSMessage, NATSError>, Never>

  private enum State {
    case empty
    case waiting(Continuation)
    case done(Result<NATSMessage, NATSError>)
    case over
  }

  private let state = Mutex(State.empty)

  /// Waits for the reply.
  func value() async throws(NATSError) -> NATSMessage {
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let done: Result<NATSMessage, NATSError>? = state.withLock { state in
          if case .done(let result) = state {
            state = .over
            return result
          }
          state = .waiting(continuation)
          return nil
        }
        if let done { continuation.resume(returning: done) }
      }
    } onCancel: {
      finish(.failure(.cancelled))
    }
    return try result.get()
  }

  func receive(_ reply: NATSMessage, tag: Int) -> Bool {
    finish(.success(reply))
    return false
  }

  func fail(_ error: NATSError, tag: Int) { finish(.failure(error)) }

  private func finish(_ result: Result<NATSMessage, NATSError>) {
    let continuation: Continuation? = state.withLock { state in
      switch state {
      case .empty: state = .done(result)
      case .waiting(let continuation):
        state = .over
        return continuation
      case .done, .over: break
      }
      return nil
    }
    continuation?.resume(returning: result)
  }
}
