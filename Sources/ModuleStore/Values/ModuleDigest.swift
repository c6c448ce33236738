internal import Git

/// Names a module: the SHA-256 of its bytes.
public struct ModuleDigest: Hashable, Comparable, Sendable {
  /// The 32 bytes.
  let bytes: [UInt8]

  /// The number of hexadecimal digits of a whole digest.
  public static let digitCount = 64

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Reads 64 hexadecimal digits of either case; nil for anything else.
  public init?(hex: some StringProtocol) {
    guard hex.utf8.count == ModuleDigest.digitCount, let bytes = ModuleStore.bytes(hexadecimal: hex) else {
      return nil
    }
    self.bytes = bytes
  }

  /// Reads `sha256:` and 64 hexadecimal digits, or the digits alone; nil for anything else.
  public init?(_ reference: String) {
    let prefix = "sha256:"
    self.init(hex: reference.hasPrefix(prefix) ? reference.dropFirst(prefix.count) : reference[...])
  }

  /// Sixty-four lower-case hexadecimal digits.
  public var hex: String { hexadecimal(bytes) }

  /// Appends the digits of `hex`, for output that has many.
  public func appendHex(to text: inout [UInt8]) { appendHexadecimal(bytes, to: &text) }

  /// The first digits, for people to read.
  public func abbreviated(_ digits: Int = 8) -> String { String(hex.prefix(digits)) }

  /// Orders digests as their bytes are ordered.
  public static func < (left: ModuleDigest, right: ModuleDigest) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension ModuleDigest: CustomStringConvertible {
  /// The digest in hexadecimal.
  public var description: String { hex }
}
