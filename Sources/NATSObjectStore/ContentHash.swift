internal import Crypto
internal import NIOCore

/// Computes the SHA-256 of an object from its chunks.
struct ContentHash {
  private var hash = SHA256()

  /// Adds the next chunk.
  mutating func update(_ part: ByteBuffer) {
    part.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
  }

  /// The digest of all chunks.
  var digest: [UInt8] { Array(hash.finalize()) }
}
