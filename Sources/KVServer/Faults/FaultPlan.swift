/// What a server does wrong on purpose, for tests of what uses it.
public struct FaultPlan: Hashable, Sendable {
  /// Begins the order of what goes wrong, which is the same each time.
  public var seed: UInt64 = 0
  /// The part of requests, from 0 to 1, that are told to come back later (429).
  public var refused = 0.0
  /// The seconds that `Retry-After` says then.
  public var retryAfter = 0
  /// The part that fails with 5xx, half of them after what was asked was done.
  public var failed = 0.0
  /// The part whose answer is cut off, half of them after what was asked was done.
  public var reset = 0.0
  /// The part of bulk writes and deletions that do only some keys.
  public var partial = 0.0
  /// The part that is answered late.
  public var slow = 0.0
  /// The most milliseconds by which an answer is late.
  public var delay = 100
  /// How many seconds a location goes on seeing what it has read of a key, absence too.
  public var stale = 0
  /// By how many seconds the server's clock is ahead.
  public var ahead = 0

  /// Makes a plan of no faults.
  public init() {}

  /// Reads a plan, such as `seed=7,refused=0.1,stale=60`; nil for anything else.
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

  /// How a plan is spelled.
  public static let form =
    "name=number, separated by commas: refused, failed, reset, partial, slow (parts from 0 to 1); retry-after, stale, "
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
