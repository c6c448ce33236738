internal import Identifiers
internal import NIOCore
internal import Synchronization

/// A cache of the bytes of small modules that were recently requested.
///
/// The cache has two generations. A module that is used moves to the young generation. When the young generation is
/// full, it becomes the old one, and the previous old one is dropped.
final class ModuleCache: Sendable {
  /// The size of the largest module that is cached, in bytes.
  static let moduleLimit = 1 << 20
  /// The maximum number of bytes in a generation.
  private static let generationLimit = 32 << 20

  private struct Generations {
    var young: [ModuleDigest: ByteBuffer] = [:]
    var old: [ModuleDigest: ByteBuffer] = [:]
    var youngBytes = 0
    var oldBytes = 0
  }

  private let generations = Mutex(Generations())

  /// The bytes of all cached modules. A module in both generations counts twice.
  var byteCount: Int { generations.withLock { $0.youngBytes + $0.oldBytes } }

  /// Returns the bytes of a module; nil if they are not cached.
  func bytes(of digest: ModuleDigest) -> ByteBuffer? {
    generations.withLock { generations in
      if let bytes = generations.young[digest] { return bytes }
      guard let bytes = generations.old[digest] else { return nil }
      insert(bytes, for: digest, in: &generations)
      return bytes
    }
  }

  /// Adds the bytes of a module.
  func insert(_ bytes: ByteBuffer, for digest: ModuleDigest) {
    generations.withLock { insert(bytes, for: digest, in: &$0) }
  }

  private func insert(_ bytes: ByteBuffer, for digest: ModuleDigest, in generations: inout Generations) {
    guard generations.young[digest] == nil else { return }
    if generations.youngBytes + bytes.readableBytes > ModuleCache.generationLimit {
      generations = Generations(old: generations.young, oldBytes: generations.youngBytes)
    }
    generations.young[digest] = bytes
    generations.youngBytes += bytes.readableBytes
  }
}
