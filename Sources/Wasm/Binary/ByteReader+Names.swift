/// Names: a length and that many bytes of UTF-8 (specification 5.2.4).
extension ByteReader {
  /// Reads a name that ends at `limit` at the latest, and returns its bytes, which are valid UTF-8, as a reader.
  mutating func nameBytes(endingBy limit: Int = Int.max) throws(ValidationError) -> ByteReader {
    let start = offset
    let length = Int(try u32())
    guard length <= Limit.nameLength else {
      throw ValidationError(
        .limit, at: start, "name length of \(length) exceeds the limit of \(Limit.nameLength)")
    }
    guard length <= limit - offset else { throw lengthOutOfBounds(at: start) }
    guard length <= remaining else { throw truncated() }
    let bytes = try slice(length)
    guard bytes.isUTF8() else { throw malformed("malformed UTF-8 encoding", at: bytes.offset) }
    return bytes
  }

  /// Reads a name.
  mutating func name() throws(ValidationError) -> String {
    try nameBytes().text
  }

  /// Returns whether the remaining bytes are well-formed UTF-8 (Unicode 15, table 3-7): no surrogates, no overlong
  /// forms.
  func isUTF8() -> Bool {
    var rest = self
    while let lead = rest.next() {
      if lead < 0x80 { continue }
      guard let second = rest.next() else { return false }
      switch lead {
      case 0xc2...0xdf:
        guard 0x80...0xbf ~= second else { return false }
      case 0xe0...0xef:
        let range: ClosedRange<UInt8> = lead == 0xe0 ? 0xa0...0xbf : lead == 0xed ? 0x80...0x9f : 0x80...0xbf
        guard range ~= second, rest.continues() else { return false }
      case 0xf0...0xf4:
        let range: ClosedRange<UInt8> = lead == 0xf0 ? 0x90...0xbf : lead == 0xf4 ? 0x80...0x8f : 0x80...0xbf
        guard range ~= second, rest.continues(), rest.continues() else { return false }
      default:
        return false
      }
    }
    return true
  }

  private mutating func next() -> UInt8? {
    guard !isAtEnd else { return nil }
    let value = position.pointee
    skip(upTo: 1)
    return value
  }

  private mutating func continues() -> Bool {
    guard let value = next() else { return false }
    return 0x80...0xbf ~= value
  }
}
