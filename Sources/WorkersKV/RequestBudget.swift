internal import Synchronization

/// How many requests may be sent in a time: who sends more to the service is shut out of it for as long. All that a
/// process sends to the service comes out of one budget.
public final class RequestBudget: Sendable {
  private struct State {
    /// When the last requests were sent, the oldest first, from `first` on.
    var times: [ContinuousClock.Instant] = []
    var first = 0
    /// Until when the service wants no request.
    var pausedUntil: ContinuousClock.Instant?
  }

  private let count: Int
  private let period: Duration
  private let state = Mutex(State())

  /// What Cloudflare's interface allows a token.
  public static var cloudflare: RequestBudget { RequestBudget(of: 1_200, each: .seconds(300)) }

  /// Allows so many requests in any time of a length.
  public init(of count: Int, each period: Duration) {
    self.count = count
    self.period = period
  }

  /// Takes a request out of the budget.
  ///
  /// - Parameter now: The present moment.
  /// - Returns: Nil where it may be sent now; else how long to wait before asking again.
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

  /// Sends nothing for some time.
  func pause(until moment: ContinuousClock.Instant) {
    state.withLock { $0.pausedUntil = max($0.pausedUntil ?? moment, moment) }
  }
}
