/// The identifier of a module: the SHA-256 of its bytes.
public struct ModuleDigest: HexadecimalIdentifier {
  /// The 32 bytes as four numbers of eight bytes each, the most significant first.
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// The length of a digest in bytes.
  public static let byteCount = 32

  /// The number of hexadecimal digits of a full digest.
  public static let digitCount = 2 * byteCount

  /// Creates a digest from four numbers of eight bytes each, the most significant first.
  package init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  /// Reads a digest from its 32 bytes; nil for any other length.
  public init?(_ bytes: RawSpan) {
    guard bytes.byteCount == ModuleDigest.byteCount else { return nil }
    func word(at offset: Int) -> UInt64 {
      UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    self.init(words: (word(at: 0), word(at: 8), word(at: 16), word(at: 24)))
  }

  /// Reads a digest from its 32 bytes; nil for any other length.
  public init?(bytes: [UInt8]) { self.init(bytes.span.bytes) }

  /// Reads 64 hexadecimal digits in either case; nil for anything else.
  public init?(hex: some StringProtocol) {
    guard hex.utf8.count == ModuleDigest.digitCount, let bytes = Identifiers.bytes(hexadecimal: hex.utf8)
    else {
      return nil
    }
    self.init(bytes: bytes)
  }

  /// Reads `sha256:` and 64 hexadecimal digits, or only the digits; nil for anything else.
  public init?(_ reference: String) {
    let prefix = "sha256:"
    self.init(hex: reference.hasPrefix(prefix) ? reference.dropFirst(prefix.count) : reference[...])
  }

  /// One byte of the digest, counted from the most significant one.
  ///
  /// - Precondition: `index` lies in 0..<32.
  public subscript(byte index: Int) -> UInt8 {
    let word =
      switch index / 8 {
      case 0: words.0
      case 1: words.1
      case 2: words.2
      default: words.3
      }
    return UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * (index % 8)))
  }

  /// Appends the digits of `hex`.
  ///
  /// For output with many digests, it avoids a string for each of them.
  public func appendHex(to text: inout [UInt8]) { appendHexadecimal(bytes, to: &text) }

  /// Returns the first digits, for display.
  public func abbreviated(_ digits: Int = 8) -> String { String(hex.prefix(digits)) }

  /// Compares all bytes.
  public static func == (left: ModuleDigest, right: ModuleDigest) -> Bool { left.words == right.words }

  /// Hashes only the first eight bytes, which is sufficient because a SHA-256 is uniformly distributed.
  public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }

  /// Orders digests by their bytes.
  public static func < (left: ModuleDigest, right: ModuleDigest) -> Bool { left.words < right.words }
}
