internal import Dispatch
internal import Synchronization
internal import StoreJSON

/// What a thread waits for.
private final class Outcome<Value: Sendable>: Sendable {
  let result = Mutex<Result<Value, any Error>?>(nil)
  let isThere = DispatchSemaphore(value: 0)
}

/// Runs asynchronous work, which lives in the network's modules, to its end. The thread that calls waits for it.
///
/// - Parameter work: The work.
/// - Returns: What the work returns.
/// - Throws: What the work throws.
func waitFor<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
  let outcome = Outcome<Value>()
  // Detached, for the thread whose context a child task would inherit is the one that waits.
  Task.detached {
    let result: Result<Value, any Error>
    do { result = .success(try await work()) } catch { result = .failure(error) }
    outcome.result.withLock { $0 = result }
    outcome.isThere.signal()
  }
  outcome.isThere.wait()
  guard let result = outcome.result.withLock({ $0 }) else {
    throw Failure(.failed, "work that was waited for has no result")
  }
  return try result.get()
}
