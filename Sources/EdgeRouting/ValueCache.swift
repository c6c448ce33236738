internal import ByteText

/// A value of the namespace, by its digest.
final class CachedValue {
  let digest: Digest
  let bytes: Bytes
  private let memory: Memory
  /// Whether it is a root or a shard, and not refused.
  let isManifest: Bool

  /// Creates a value of bytes, which `memory` owns.
  init(_ digest: Digest, _ bytes: Bytes, in memory: Memory) {
    self.digest = digest
    self.bytes = bytes
    self.memory = memory
    isManifest = ManifestRoot(bytes) != nil || ManifestShard(bytes) != nil
  }
}

/// A cache of roots and shards, the most recently used first. The least recently used are removed first.
final class ValueCache {
  private var first: Linked<CachedValue>?

  /// The maximum number of bytes in the cache.
  private static let limit = 16 << 20
  private static let countLimit = 1_024

  /// The value of a digest; nil if it is not in the cache.
  func value(_ digest: Digest) -> CachedValue? {
    var (previous, next) = (nil as Linked<CachedValue>?, first)
    while let link = next {
      if link.value.digest == digest {
        if let previous {
          previous.next = link.next
          link.next = first
          first = link
        }
        return link.value
      }
      (previous, next) = (link, link.next)
    }
    return nil
  }

  /// Adds a value that is part of a manifest.
  func keep(_ value: CachedValue) {
    guard value.isManifest, value.bytes.count <= ValueCache.limit / 2, self.value(value.digest) == nil else {
      return
    }
    var last = Linked(value, before: first)
    first = last
    var (total, count) = (value.bytes.count, 1)
    while let next = last.next {
      total &+= next.value.bytes.count
      count &+= 1
      if total > ValueCache.limit || count > ValueCache.countLimit { last.next = nil }
      last = next
    }
  }
}
