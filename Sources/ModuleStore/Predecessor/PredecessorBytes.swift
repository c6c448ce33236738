internal import Identifiers

/// The name of an object of the older wasmstore: a SHA-256, of a module's bytes, of an `N` and a folder's bytes, or
/// of a `C` and a commit's bytes.
typealias PredecessorKey = ModuleDigest

/// Decodes values of the older wasmstore (repr 0.7, `binary`), within their bounds.
///
/// Each function returns nil if the bytes are not valid.
struct PredecessorBytes {
  private let bytes: ArraySlice<UInt8>
  private var offset: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes[...]
    offset = 0
  }

  /// The number of bytes that are left.
  var remaining: Int { bytes.endIndex - offset }

  /// A number in groups of seven bits, least significant first; a bit in each shows whether another follows.
  mutating func number() -> Int? {
    var value = 0
    for place in 0..<9 {
      guard let byte = byte() else { return nil }
      value |= Int(byte & 0x7f) << (7 * place)
      // The writer never pads with zeros.
      if byte & 0x80 == 0 { return place > 0 && byte == 0 ? nil : value }
    }
    return nil
  }

  /// The number of the following items, each of which takes at least `size` bytes.
  mutating func count(ofSize size: Int) -> Int? {
    guard let count = number(), count <= remaining / size else { return nil }
    return count
  }

  /// A text, with its length before it.
  mutating func text() -> [UInt8]? {
    guard let count = number() else { return nil }
    return take(count).map(Array.init)
  }

  /// A key, without a length.
  mutating func key() -> PredecessorKey? {
    take(PredecessorKey.byteCount).flatMap { PredecessorKey(bytes: Array($0)) }
  }

  /// Eight bytes, most significant first.
  mutating func seconds() -> Int64? {
    take(8)?.reduce(Int64(0)) { $0 << 8 | Int64($1) }
  }

  private mutating func byte() -> UInt8? { take(1)?.first }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= remaining else { return nil }
    defer { offset += count }
    return bytes[offset..<(offset + count)]
  }

  /// Encodes a number.
  static func encode(_ number: Int) -> [UInt8] {
    var rest = number
    var bytes: [UInt8] = []
    while rest >= 0x80 {
      bytes.append(UInt8(0x80 | rest & 0x7f))
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
