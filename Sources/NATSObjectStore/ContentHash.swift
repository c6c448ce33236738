internal import Crypto
internal import NIOCore

/// The SHA-256 of an object, whose parts come one after the other.
struct ContentHash {
  private var hash = SHA256()

  /// Takes the next part.
  mutating func update(_ part: ByteBuffer) {
    part.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
  }

  /// The digest of all parts.
  var digest: [UInt8] { Array(hash.finalize()) }
}
