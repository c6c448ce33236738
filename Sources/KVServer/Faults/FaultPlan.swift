/// The faults that a server injects on purpose, for tests of its clients.
public struct FaultPlan: Hashable, Sendable {
  /// The seed of the random numbers.
  ///
  /// The same seed gives the same sequence of faults.
  public var seed: UInt64 = 0
  /// The fraction of requests, from 0 to 1, that get 429.
  public var refused = 0.0
  /// The value of `Retry-After` in these responses, in seconds.
  public var retryAfter = 0
  /// The fraction of requests that fail with 5xx.
  ///
  /// Half of them are executed anyway.
  public var failed = 0.0
  /// The fraction of requests whose response is cut off.
  ///
  /// Half of them are executed anyway.
  public var reset = 0.0
  /// The fraction of bulk writes and deletions that process only some of their keys.
  public var partial = 0.0
  /// The fraction of requests that are answered late.
  public var slow = 0.0
  /// The maximum delay of a late response in milliseconds.
  public var delay = 100
  /// The time in seconds for which a location keeps seeing the value, or the absence, of a key that it has read.
  public var stale = 0
  /// The number of seconds by which the server's clock is ahead.
  public var ahead = 0

  /// Creates a plan without faults.
  public init() {}

  /// Parses a plan, such as `seed=7,refused=0.1,stale=60`; nil if it is malformed.
  public init?(_ text: String) {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let words = part.split(separator: "=", omittingEmptySubsequences: false)
      guard words.count == 2 else { return nil }
      if let member = FaultPlan.parts[String(words[0])] {
        guard let value = Double(words[1]), (0...1).contains(value) else { return nil }
        self[keyPath: member] = value
      } else if let member = FaultPlan.counts[String(words[0])] {
        guard let value = Int(words[1]), (0...FaultPlan.greatestCount).contains(value) else { return nil }
        self[keyPath: member] = value
      } else {
        guard words[0] == "seed", let value = UInt64(words[1]) else { return nil }
        seed = value
      }
    }
  }

  /// A description of the syntax of a plan.
  public static let form =
    "name=number, separated by commas: refused, failed, reset, partial, slow (shares from 0 to 1); retry-after, stale, "
    + "ahead (seconds), delay (milliseconds), seed"

  private static let greatestCount = 86_400_000
  private static var parts: [String: WritableKeyPath<FaultPlan, Double>] {
    [
      "refused": \.refused, "failed": \.failed, "reset": \.reset, "partial": \.partial, "slow": \.slow,
    ]
  }
  private static var counts: [String: WritableKeyPath<FaultPlan, Int>] {
    ["retry-after": \.retryAfter, "delay": \.delay, "stale": \.stale, "ahead": \.ahead]
  }
}
