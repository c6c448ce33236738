internal import ArgumentParser

/// Encodes any bytes as a key or as one token of it: a byte that is not allowed there becomes `=` and two hexadecimal
/// digits.
enum NATSKey {
  /// The separator between the components of a path in a key.
  enum Style: String, CaseIterable, ArgumentValue {
    /// Slashes, as in the path.
    case slashes
    /// Dots, so that each component is a token that patterns can match.
    case dots
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  /// Encodes a text as a token.
  static func escaped(_ text: String) -> String {
    escaped(text.utf8) { _, byte in isPlain(byte) ? byte : nil }
  }

  /// Encodes a path. Keys with `_` at the beginning are reserved, so a leading `_` is escaped.
  static func escaped(path: [UInt8], _ style: Style) -> String {
    escaped(path) { index, byte in
      switch (byte, style) {
      case (0x5f, _): index == 0 ? nil : byte
      case (0x2f, .dots): 0x2e
      case (0x2e, .slashes): isBetween(index, path) ? byte : nil
      default: isPlain(byte) ? byte : nil
      }
    }
  }

  /// Whether a dot is not next to an end or another dot.
  private static func isBetween(_ index: Int, _ path: [UInt8]) -> Bool {
    index > 0 && index + 1 < path.count && path[index - 1] != 0x2e && path[index + 1] != 0x2e
  }

  /// Whether a byte is allowed anywhere in a token: letters, digits, `-`, `/` and `_`.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2f, 0x5f: true
    default: false
    }
  }

  private static func escaped(
    _ text: some Sequence<UInt8>, _ plain: (Int, UInt8) -> UInt8?
  ) -> String {
    var bytes: [UInt8] = []
    for (index, byte) in text.enumerated() {
      if let plain = plain(index, byte) {
        bytes.append(plain)
      } else {
        bytes += [0x3d, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Decodes a token; nil if an escape is incomplete or not hexadecimal.
  static func unescaped(_ token: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(token.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == 0x3d else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
