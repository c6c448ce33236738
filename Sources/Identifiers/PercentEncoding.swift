/// Returns bytes as a part of a URL's path or query.
///
/// Everything except letters, digits and `-._~` is escaped (RFC 3986, section 2.3).
package func percentEncoded(_ bytes: some Sequence<UInt8>) -> String {
  var text: [UInt8] = []
  for byte in bytes {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: text.append(byte)
    default: text += [0x25, upperCaseDigit(byte >> 4), upperCaseDigit(byte & 0xf)]
    }
  }
  return String(decoding: text, as: UTF8.self)
}

private func upperCaseDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x41 + value - 10 }

/// Decodes the escapes in a URL's path or query, once (RFC 3986, section 2.1).
///
/// - Returns: The text; nil if an escape is malformed, or the bytes are not valid UTF-8 or contain NUL, which ends a
///   text in other programs.
package func percentDecoded(_ text: some StringProtocol) -> String? {
  guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
  var bytes: [UInt8] = []
  var rest = Substring(text).utf8[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "%") else {
      bytes.append(byte)
      continue
    }
    guard let high = rest.popFirst().flatMap({ hexadecimalValue($0) }),
      let low = rest.popFirst().flatMap({ hexadecimalValue($0) })
    else { return nil }
    bytes.append(high << 4 | low)
  }
  guard !bytes.contains(0) else { return nil }
  return String(validating: bytes, as: UTF8.self)
}
