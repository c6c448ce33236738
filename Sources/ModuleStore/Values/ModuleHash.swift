internal import Crypto
package import Identifiers

extension SHA256 {
  /// Hashes the next bytes without copying them.
  mutating func update(_ chunk: RawSpan) {
    chunk.withUnsafeBytes { update(bufferPointer: $0) }
  }
}

extension ModuleDigest {
  /// The SHA-256 of bytes.
  package init(of bytes: [UInt8]) {
    var hash = SHA256()
    hash.update(bytes.span.bytes)
    self.init(hash.finalize())
  }

  /// Converts the result of `SHA256`.
  init(_ hash: SHA256Digest) {
    var bytes = hash.makeIterator()
    func word() -> UInt64 { (0..<8).reduce(0) { word, _ in word << 8 | UInt64(bytes.next() ?? 0) } }
    self.init(words: (word(), word(), word(), word()))
  }
}
