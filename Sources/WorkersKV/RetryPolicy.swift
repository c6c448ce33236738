/// How often a request is tried, and how long is waited in between.
public struct RetryPolicy: Sendable {
  /// The most tries.
  public var tries = 6
  /// The longest wait of our own making, in seconds.
  public var longestWait = 60.0
  /// Waits.
  public var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

  /// Makes the policy that holds when nothing is said.
  public init() {}

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
    if let said { return .seconds(max(0, min(said, 600))) }
    let limit = min(longestWait, 0.5 * Double(1 << min(attempt, 16)))
    return .milliseconds(Int64(Double.random(in: 0...limit) * 1_000))
  }
}
