/// The base64 encoding (RFC 4648, section 4).
public enum Base64 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Appends bytes in base64, with padding.
  public static func append(_ bytes: [UInt8], to text: inout [UInt8]) {
    text.reserveCapacity(text.count + (bytes.count + 2) / 3 * 4)
    var index = 0
    while index + 2 < bytes.count {
      let group = UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
      for shift in [18, 12, 6, 0] { text.append(digits[Int(group >> UInt32(shift)) & 63]) }
      index += 3
    }
    let rest = bytes[index...]
    guard let first = rest.first else { return }
    let group = UInt32(first) << 16 | UInt32(rest.count > 1 ? bytes[index + 1] : 0) << 8
    text.append(digits[Int(group >> 18) & 63])
    text.append(digits[Int(group >> 12) & 63])
    text.append(rest.count > 1 ? digits[Int(group >> 6) & 63] : 0x3d)
    text.append(0x3d)
  }
}
