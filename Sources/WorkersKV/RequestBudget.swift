internal import Synchronization

/// A limit of the number of requests in a period: the service blocks a client that exceeds it for the same period. All
/// requests of a process to the service share one budget.
public final class RequestBudget: Sendable {
  private struct State {
    /// The times of the last requests, the oldest first, from index `first` on.
    var times: [ContinuousClock.Instant] = []
    var first = 0
    /// The time until which the service accepts no requests.
    var pausedUntil: ContinuousClock.Instant?
  }

  private let count: Int
  private let period: Duration
  private let state = Mutex(State())

  /// The limit of Cloudflare's interface for a token.
  public static var cloudflare: RequestBudget { RequestBudget(of: 1_200, each: .seconds(300)) }

  /// Creates a budget of a number of requests in any period of a length.
  public init(of count: Int, each period: Duration) {
    self.count = count
    self.period = period
  }

  /// Takes a request out of the budget.
  ///
  /// - Parameter now: The present time.
  /// - Returns: Nil if it may be sent now; otherwise the time to wait before calling again.
  func take(at now: ContinuousClock.Instant) -> Duration? {
    state.withLock { state in
      if let until = state.pausedUntil {
        if until > now { return until - now }
        state.pausedUntil = nil
      }
      guard state.times.count - state.first == count else {
        state.times.append(now)
        return nil
      }
      let free = state.times[state.first] + period
      guard free <= now else { return free - now }
      state.first += 1
      if state.first == count {
        state.times.removeFirst(count)
        state.first = 0
      }
      state.times.append(now)
      return nil
    }
  }

  /// Blocks requests until a time.
  func pause(until moment: ContinuousClock.Instant) {
    state.withLock { $0.pausedUntil = max($0.pausedUntil ?? moment, moment) }
  }
}
