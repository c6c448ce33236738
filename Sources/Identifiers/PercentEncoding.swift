/// Spells bytes as a part of a URL's path or query: all but letters, digits and `-._~` as escapes (RFC 3986, section 2.3).
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
