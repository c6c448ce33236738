internal import ByteText

/// A value of the namespace, by its digest.
final class CachedValue {
  let digest: Digest
  let bytes: Bytes
  private let memory: Memory
  /// Whether it is a root or a shard, and not refused.
  let isManifest: Bool
  fileprivate var lastUse: UInt64 = 0

  /// Takes bytes and what owns them.
  init(_ digest: Digest, _ bytes: Bytes, in memory: Memory) {
    self.digest = digest
    self.bytes = bytes
    self.memory = memory
    isManifest = ManifestRoot(bytes) != nil || ManifestShard(bytes) != nil
  }
}

/// Roots and shards that were read. What is used least goes first.
final class ValueCache {
  private var values: [CachedValue] = []
  private var total = 0
  private var clock: UInt64 = 0

  /// The most bytes that are kept.
  private static let limit = 16 << 20
  private static let countLimit = 1_024

  /// The value of a digest; nil where it is not kept.
  func value(_ digest: Digest) -> CachedValue? {
    for value in values where value.digest == digest {
      clock += 1
      value.lastUse = clock
      return value
    }
    return nil
  }

  /// Keeps a value that is part of a manifest.
  func keep(_ value: CachedValue) {
    guard value.isManifest, value.bytes.count <= ValueCache.limit / 2, self.value(value.digest) == nil else {
      return
    }
    while total + value.bytes.count > ValueCache.limit || values.count >= ValueCache.countLimit {
      forgetOldest()
    }
    clock += 1
    value.lastUse = clock
    values.append(value)
    total += value.bytes.count
  }

  private func forgetOldest() {
    var oldest = 0
    for place in 0..<values.count where values[place].lastUse < values[oldest].lastUse { oldest = place }
    total -= values[oldest].bytes.count
    values.swapAt(oldest, values.count - 1)
    values.removeLast()
  }
}
