internal import Identifiers
internal import NIOCore
internal import Synchronization

/// The bytes of small modules that were asked for lately.
///
/// It has two generations. What is used goes to the young one; when that is full, it becomes the old one, and what is
/// left in the old one is dropped.
final class ModuleCache: Sendable {
  /// The largest module that is kept.
  static let moduleLimit = 1 << 20
  /// The bytes that a generation may have.
  private static let generationLimit = 32 << 20

  private struct Generations {
    var young: [ModuleDigest: ByteBuffer] = [:]
    var old: [ModuleDigest: ByteBuffer] = [:]
    var youngBytes = 0
    var oldBytes = 0
  }

  private let generations = Mutex(Generations())

  /// The bytes of all modules that are kept; one in both generations counts twice.
  var byteCount: Int { generations.withLock { $0.youngBytes + $0.oldBytes } }

  /// The bytes of a module; nil where they are not kept.
  func bytes(of digest: ModuleDigest) -> ByteBuffer? {
    generations.withLock { generations in
      if let bytes = generations.young[digest] { return bytes }
      guard let bytes = generations.old[digest] else { return nil }
      insert(bytes, for: digest, in: &generations)
      return bytes
    }
  }

  /// Keeps the bytes of a module.
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
