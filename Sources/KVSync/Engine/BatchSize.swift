/// The size of the next batch: twice the size of the one before, unless that was too large.
struct BatchSize: Hashable, Sendable {
  private let limits: ValueLimits
  /// The maximum number of pairs in the next batch.
  private(set) var pairs: Int
  /// The maximum number of bytes in the next batch.
  private(set) var bytes: Int

  /// After a batch that went badly, the size is a quarter of the next planned size, but at least the first size divided
  /// by this number.
  private static let leastPart = 16

  init(_ limits: ValueLimits) {
    self.limits = limits
    (pairs, bytes) = (limits.pairs.lowerBound, limits.bytes.lowerBound)
  }

  /// Grows the size after a batch was started.
  mutating func grow() {
    pairs = min(pairs * 2, limits.pairs.upperBound)
    bytes = min(bytes * 2, limits.bytes.upperBound)
  }

  /// Shrinks the size after a batch took long or failed in part.
  mutating func shrink() {
    pairs = max(pairs / 4, limits.pairs.lowerBound / BatchSize.leastPart, 1)
    bytes = max(bytes / 4, limits.bytes.lowerBound / BatchSize.leastPart)
  }
}
