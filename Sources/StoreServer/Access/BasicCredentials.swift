/// A user name and a password, as a browser sends them (RFC 7617).
struct BasicCredentials: Sendable {
  let user: String
  let password: String

  /// Reads the value of the header `Authorization`; nil if it has another scheme or is malformed.
  init?(_ header: String) {
    let parts = header.utf8.split(separator: UInt8(ascii: " "), maxSplits: 1)
    guard parts.count == 2, String(Substring(parts[0])).lowercased() == "basic",
      let bytes = BasicCredentials.bytes(base64: parts[1].drop { $0 == UInt8(ascii: " ") }),
      let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      let user = String(validating: bytes[..<colon], as: UTF8.self),
      let password = String(validating: bytes[(colon + 1)...], as: UTF8.self)
    else { return nil }
    (self.user, self.password) = (user, password)
  }

  /// Reads base64 with or without its padding (RFC 4648, section 4); nil for anything else.
  private static func bytes(base64 text: Substring.UTF8View) -> [UInt8]? {
    var digits = text[...]
    while digits.last == UInt8(ascii: "=") { digits.removeLast() }
    guard text.count - digits.count <= 2, digits.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    var (bits, count): (UInt32, Int) = (0, 0)
    for digit in digits {
      guard let value = value(ofDigit: digit) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }

  private static func value(ofDigit digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
