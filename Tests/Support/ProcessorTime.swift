import Glibc

/// Measures how long the present thread computes, which other work on the machine does not change.
///
/// - Parameter body: What is measured; it stays on its thread.
/// - Returns: The time that the thread had a processor.
public func processorTime(of body: () throws -> Void) rethrows -> Duration {
  func now() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
  let start = now()
  try body()
  return now() - start
}
