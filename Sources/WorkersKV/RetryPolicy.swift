/// The number of tries of a request, and the time to wait between them.
public struct RetryPolicy: Sendable {
  /// The maximum number of tries.
  public var tries = 6
  /// The maximum wait before the first retry, in seconds; it doubles with each retry.
  public var firstWait = 1.0
  /// The maximum wait if the service does not state one, in seconds.
  public var longestWait = 60.0
  /// The maximum wait that the service can request, in seconds.
  public var longestAskedWait = 600
  /// Returns the present time.
  public var now: @Sendable () -> ContinuousClock.Instant = { .now }
  /// Waits for a duration.
  public var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

  /// Creates the default policy.
  public init() {}

  /// Limits all waits to a number of seconds, even if the service requests more: for tests.
  public mutating func shorten(to seconds: Double) {
    (firstWait, longestWait, longestAskedWait) = (min(firstWait, seconds), seconds, Int(seconds))
  }

  /// The statuses after which the same request may succeed.
  static func isPassing(_ status: Int) -> Bool {
    [408, 425, 429, 500, 502, 503, 504].contains(status) || (520...524).contains(status)
  }

  /// The time to wait before the next try: the one that the service states, otherwise a random time up to a limit that
  /// doubles, so that clients that failed together do not retry together.
  ///
  /// - Parameters:
  ///   - attempt: The number of tries so far.
  ///   - said: The number of seconds that the service requested; nil for none.
  /// - Returns: The time.
  func wait(after attempt: Int, _ said: Int?) -> Duration {
    if let said { return .seconds(max(0, min(said, longestAskedWait))) }
    let limit = min(longestWait, firstWait * Double(1 << min(max(0, attempt - 1), 16)))
    return .microseconds(Int64(Double.random(in: 0...limit) * 1_000_000))
  }
}
