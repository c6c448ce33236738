/// How often a request is tried, and how long is waited in between.
public struct RetryPolicy: Sendable {
  /// The most tries.
  public var tries = 6
  /// The longest wait, in seconds, before the first further try; it doubles with each.
  public var firstWait = 1.0
  /// The longest wait of our own making, in seconds.
  public var longestWait = 60.0
  /// The most seconds that are waited because the service asked for it.
  public var longestAskedWait = 600
  /// The present moment.
  public var now: @Sendable () -> ContinuousClock.Instant = { .now }
  /// Waits.
  public var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

  /// Makes the policy that holds when nothing is said.
  public init() {}

  /// Waits no longer than so many seconds, whatever the service asks for: for tests.
  public mutating func shorten(to seconds: Double) {
    (firstWait, longestWait, longestAskedWait) = (min(firstWait, seconds), seconds, Int(seconds))
  }

  /// The statuses after which the same request may succeed.
  static func isPassing(_ status: Int) -> Bool {
    [408, 425, 429, 500, 502, 503, 504].contains(status) || (520...524).contains(status)
  }

  /// How long to wait before the next try: what the service says, else any time up to a limit that doubles, so that
  /// clients which failed together do not come back together.
  ///
  /// - Parameters:
  ///   - attempt: How often it was tried.
  ///   - said: The seconds that the service asked for; nil where it asked for none.
  /// - Returns: The time.
  func wait(after attempt: Int, _ said: Int?) -> Duration {
    if let said { return .seconds(max(0, min(said, longestAskedWait))) }
    let limit = min(longestWait, firstWait * Double(1 << min(max(0, attempt - 1), 16)))
    return .microseconds(Int64(Double.random(in: 0...limit) * 1_000_000))
  }
}
