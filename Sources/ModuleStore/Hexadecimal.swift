/// Reads pairs of hexadecimal digits of either case; nil for anything else.
func bytes(hexadecimal text: some StringProtocol) -> [UInt8]? {
  var bytes: [UInt8] = []
  var pending: UInt8?
  for digit in text.utf8 {
    guard let value = hexadecimalValue(digit) else { return nil }
    if let first = pending {
      bytes.append(first << 4 | value)
      pending = nil
    } else {
      pending = value
    }
  }
  return pending == nil ? bytes : nil
}

/// Spells bytes in lower-case hexadecimal.
func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  text.reserveCapacity(2 * bytes.count)
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 0xf)])
  }
  return String(decoding: text, as: UTF8.self)
}

/// Tells whether a text consists of hexadecimal digits alone, and how many are wanted.
func isHexadecimal(_ text: some StringProtocol, count: ClosedRange<Int>) -> Bool {
  count.contains(text.utf8.count) && text.utf8.allSatisfy { hexadecimalValue($0) != nil }
}

private func hexadecimalValue(_ digit: UInt8) -> UInt8? {
  switch digit {
  case 0x30...0x39: digit - 0x30
  case 0x41...0x46: digit - 0x41 + 10
  case 0x61...0x66: digit - 0x61 + 10
  default: nil
  }
}
