/// How much goes in one batch: twice as much as in the one before, unless that was too much.
struct BatchSize: Hashable, Sendable {
  private let limits: ValueLimits
  /// The most pairs of the next batch.
  private(set) var pairs: Int
  /// The most bytes of the next batch.
  private(set) var bytes: Int

  /// A batch that went badly is followed by one of a quarter of what would have come next, down to these parts of the
  /// first one.
  private static let leastPart = 16

  init(_ limits: ValueLimits) {
    self.limits = limits
    (pairs, bytes) = (limits.pairs.lowerBound, limits.bytes.lowerBound)
  }

  /// A batch was begun.
  mutating func grow() {
    pairs = min(pairs * 2, limits.pairs.upperBound)
    bytes = min(bytes * 2, limits.bytes.upperBound)
  }

  /// A batch took long, or failed in part.
  mutating func shrink() {
    pairs = max(pairs / 4, limits.pairs.lowerBound / BatchSize.leastPart, 1)
    bytes = max(bytes / 4, limits.bytes.lowerBound / BatchSize.leastPart)
  }
}
