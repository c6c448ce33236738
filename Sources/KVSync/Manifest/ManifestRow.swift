internal import Crypto
public import Identifiers

/// A published file: its path, its content and its media type (Documentation/kv.md, "Manifest").
public struct ManifestRow: Hashable, Sendable {
  /// The bytes of the path, without a leading slash.
  public let path: [UInt8]
  /// The SHA-256 of the content.
  public let digest: ModuleDigest
  /// The number of bytes of the content.
  public let size: UInt64
  /// The time since which the path has this content, in seconds since 1970.
  public let modified: UInt64
  /// The full value of `Content-Type`.
  public let type: String
  /// The number of chunks that the content is split into; 0 if it is in one piece.
  public let chunks: UInt32

  /// Creates a row.
  public init(
    path: [UInt8], digest: ModuleDigest, size: UInt64, modified: UInt64, type: String, chunks: UInt32 = 0
  ) {
    self.path = path
    self.digest = digest
    self.size = size
    self.modified = modified
    self.type = type
    self.chunks = chunks
  }

  /// The key that orders and finds rows.
  var key: PathKey { PathKey(path) }

  /// The key of the content.
  var contentKey: ValueKey { ValueKey(.content, digest) }
}

/// The first 16 bytes of the SHA-256 of a path.
struct PathKey: Hashable, Comparable, Sendable {
  /// Bytes 0 to 7; the first is the most significant.
  let high: UInt64
  /// Bytes 8 to 15.
  let low: UInt64

  static let byteCount = 16

  init(_ path: [UInt8]) {
    var digest = SHA256.hash(data: path).makeIterator()
    func word() -> UInt64 { (0..<8).reduce(0) { word, _ in word << 8 | UInt64(digest.next() ?? 0) } }
    (high, low) = (word(), word())
  }

  /// The index of its shard, of 2 to the power of `bits`.
  func shard(_ bits: Int) -> Int { bits == 0 ? 0 : Int(high >> (64 - UInt64(bits))) }

  /// The bytes in order.
  var bytes: [UInt8] {
    [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) } }
  }

  static func < (left: PathKey, right: PathKey) -> Bool { (left.high, left.low) < (right.high, right.low) }
}
