/// Returns the value of a hexadecimal digit in ASCII, in either case; nil for any other byte.
@inlinable package func hexadecimalValue(_ digit: UInt8) -> UInt8? {
  switch digit {
  case 0x30...0x39: digit - 0x30
  case 0x41...0x46: digit - 0x41 + 10
  case 0x61...0x66: digit - 0x61 + 10
  default: nil
  }
}

/// Decodes pairs of hexadecimal digits in ASCII, in either case; nil for anything else.
@inlinable package func bytes(hexadecimal digits: some Collection<UInt8>) -> [UInt8]? {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(digits.count / 2)
  var pending: UInt8?
  for digit in digits {
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

/// Returns whether a text consists only of hexadecimal digits, and their number is in `count`.
@inlinable package func isHexadecimal(_ text: some StringProtocol, count: ClosedRange<Int>) -> Bool {
  isHexadecimal(text.utf8, count: count)
}

/// Returns whether bytes are only hexadecimal digits, and their number is in `count`.
@inlinable package func isHexadecimal(_ digits: some Collection<UInt8>, count: ClosedRange<Int>) -> Bool {
  count.contains(digits.count) && digits.allSatisfy { hexadecimalValue($0) != nil }
}

/// Returns bytes in lower-case hexadecimal.
package func hexadecimal(_ bytes: [UInt8]) -> String {
  String(unsafeUninitializedCapacity: 2 * bytes.count) { digits in
    var position = 0
    for byte in bytes {
      digits.initializeElement(at: position, to: hexadecimalDigit(byte >> 4))
      digits.initializeElement(at: position + 1, to: hexadecimalDigit(byte & 0xf))
      position += 2
    }
    return position
  }
}

/// Appends bytes in lower-case hexadecimal.
package func appendHexadecimal(_ bytes: [UInt8], to text: inout [UInt8]) {
  for byte in bytes {
    text.append(hexadecimalDigit(byte >> 4))
    text.append(hexadecimalDigit(byte & 0xf))
  }
}

/// Returns the lower-case digit of a value below 16.
func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x61 + value - 10 }
