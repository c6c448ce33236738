/// Bytes as text (RFC 4648, sections 4 and 5).
package enum Base64 {
  /// Encodes bytes.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - isForURLs: Whether to use `-` and `_` for 62 and 63.
  ///   - isPadded: Whether to pad the last group with `=`.
  /// - Returns: The text.
  package static func encoded(_ bytes: some Collection<UInt8>, isForURLs: Bool, isPadded: Bool) -> String {
    var digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    if isForURLs { digits.replaceSubrange(62..<64, with: "-_".utf8) }
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var rest = bytes[...]
    while let first = rest.popFirst() {
      let second = rest.popFirst()
      let third = rest.popFirst()
      let group = UInt32(first) << 16 | UInt32(second ?? 0) << 8 | UInt32(third ?? 0)
      text.append(digits[Int(group >> 18)])
      text.append(digits[Int(group >> 12 & 63)])
      if second != nil { text.append(digits[Int(group >> 6 & 63)]) } else if isPadded { text.append(0x3d) }
      if third != nil { text.append(digits[Int(group & 63)]) } else if isPadded { text.append(0x3d) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Decodes text in either alphabet, with or without padding; nil for anything else.
  package static func decoded(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count / 4 * 3)
    var (group, bits) = (UInt32(0), UInt32(0))
    var padding = 0
    for byte in text.utf8 {
      let digit: UInt8
      switch byte {
      case 0x41...0x5a: digit = byte - 0x41
      case 0x61...0x7a: digit = byte - 0x61 + 26
      case 0x30...0x39: digit = byte - 0x30 + 52
      case 0x2b, 0x2d: digit = 62
      case 0x2f, 0x5f: digit = 63
      case 0x3d:
        padding += 1
        continue
      default: return nil
      }
      guard padding == 0 else { return nil }
      group = group << 6 | UInt32(digit)
      bits += 6
      guard bits >= 8 else { continue }
      bits -= 8
      bytes.append(UInt8(truncatingIfNeeded: group >> bits))
      group &= 1 << bits - 1
    }
    return padding <= 2 && bits < 6 ? bytes : nil
  }
}
