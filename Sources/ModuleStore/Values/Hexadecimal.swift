internal import Git

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

/// Tells whether a text consists of hexadecimal digits alone, and how many are wanted.
func isHexadecimal(_ text: some StringProtocol, count: ClosedRange<Int>) -> Bool {
  isHexadecimal(text.utf8, count: count)
}

/// Tells whether bytes are hexadecimal digits alone, and how many are wanted.
func isHexadecimal(_ digits: some Collection<UInt8>, count: ClosedRange<Int>) -> Bool {
  count.contains(digits.count) && digits.allSatisfy { hexadecimalValue($0) != nil }
}
