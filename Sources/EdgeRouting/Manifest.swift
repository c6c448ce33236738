internal import ByteText

/// The rules for rows of a manifest (Documentation/kv.md, "Manifest").
enum ManifestRow {
  /// The size of each chunk except the last one, in bytes.
  static let chunkLength: Int64 = 16_777_216

  /// Whether a content of a size has this number of chunks.
  static func agree(size: Int64, chunks: Int64) -> Bool {
    size >= 0 && (chunks == 0 || chunks == (size >> 24) + (size & (chunkLength - 1) == 0 ? 0 : 1))
  }
}

/// The path of a file to search for. It is a reference, because a list of views would be another form of list.
final class SoughtPath {
  let path: Bytes

  init(_ path: Bytes) { self.path = path }
}

/// The result of a search for a path.
enum LookUp {
  case row(Content)
  case absent
  /// The shard or root breaks the rules of its format, or does not exist.
  case unreadable
}

/// The root of a manifest, which names its shards.
struct ManifestRoot {
  private let bytes: Bytes
  /// The number of shards is 2 to this power.
  let bits: Int

  private static let headLength = 32

  /// Parses the bytes of a root; nil if they break a rule.
  init?(_ bytes: Bytes) {
    bits = Int(bytes[6])
    guard bytes.starts(with: "WSMR"), bytes.integer(4, 2) == 1, bits <= 8, bytes[7] == 0,
      bytes.integer(8, 4) <= 1_000_000, bytes.integer(12, 4) == UInt64(ManifestRow.chunkLength),
      bytes.isZero(16, 32), bytes.count == ManifestRoot.headLength + 32 << bits
    else { return nil }
    self.bytes = bytes
  }

  /// The index of the shard of a path.
  func index(_ key: Digest) -> Int { Int(key.bytes[0]) >> (8 - bits) }

  /// The digest of a shard; nil for one without rows.
  func shard(_ index: Int) -> Digest? {
    let start = ManifestRoot.headLength &+ 32 &* index
    return bytes.isZero(start, start &+ 32) ? nil : Digest(bytes, at: start)
  }
}

/// A shard of a manifest: its rows ascend by the first 16 bytes of the SHA-256 of their paths.
struct ManifestShard {
  private let bytes: Bytes
  private let count: Int

  private static let headLength = 32
  private static let rowLength = 80

  /// Parses the bytes of a shard; nil if they break a rule.
  init?(_ bytes: Bytes) {
    let (rows, heap) = (bytes.integer(8, 4), bytes.integer(12, 4))
    guard bytes.starts(with: "WSMS"), bytes.integer(4, 2) == 1, bytes.isZero(16, 32), rows >= 1,
      UInt64(truncatingIfNeeded: bytes.count) == 32 &+ 80 &* rows &+ heap
    else { return nil }
    self.bytes = bytes
    count = Int(truncatingIfNeeded: rows)
  }

  /// Whether it has this index and this power of shards.
  func belongs(_ index: Int, _ bits: Int) -> Bool { Int(bytes[6]) == bits && Int(bytes[7]) == index }

  /// Searches for a path by its SHA-256.
  func lookUp(_ path: Bytes, _ key: Digest) -> LookUp {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low &+ high) >> 1
      if order(middle, key) < 0 { low = middle &+ 1 } else { high = middle }
    }
    guard low < count, order(low, key) == 0 else { return .absent }
    let start = ManifestShard.headLength &+ ManifestShard.rowLength &* low
    let found = part(start &+ 64, start &+ 72)
    let type = part(start &+ 68, start &+ 74)
    let (size, modified) = (
      Int64(truncatingIfNeeded: bytes.integer(start &+ 48, 8)), bytes.integer(start &+ 56, 8)
    )
    let chunks = Int64(truncatingIfNeeded: bytes.integer(start &+ 76, 4))
    guard !found.isEmpty, !type.isEmpty, type.isPrintable, ManifestRow.agree(size: size, chunks: chunks)
    else {
      return .unreadable
    }
    guard found == path else { return .absent }
    let row = Content(digest: Digest(bytes, at: start &+ 16), size: size, type: type, chunks: chunks)
    row.modified = Int64(truncatingIfNeeded: modified)
    return .row(row)
  }

  /// Less than, equal to or greater than zero if the key of a row is before, equal to or after a key.
  private func order(_ row: Int, _ key: Digest) -> Int {
    var place = ManifestShard.headLength &+ ManifestShard.rowLength &* row
    for byte in key.bytes.part(0, 16) {
      let difference = Int(bytes[place]) &- Int(byte)
      if difference != 0 { return difference }
      place &+= 1
    }
    return 0
  }

  /// A part of the heap, given by the positions of its offset and of its length; no bytes if it is outside.
  private func part(_ offset: Int, _ length: Int) -> Bytes {
    let (start, count) = (bytes.integer(offset, 4), bytes.integer(length, 2))
    let heap = UInt64(truncatingIfNeeded: ManifestShard.headLength &+ ManifestShard.rowLength &* self.count)
    guard start >= heap, start &+ count <= UInt64(truncatingIfNeeded: bytes.count) else { return .none }
    return bytes.part(Int(truncatingIfNeeded: start), Int(truncatingIfNeeded: start &+ count))
  }
}
