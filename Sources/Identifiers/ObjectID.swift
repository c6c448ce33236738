/// The identifier of a git object: the SHA-1 of its header and bytes.
public struct ObjectID: HexadecimalIdentifier {
  /// The 20 bytes, in three numbers, so that comparison and hashing need no heap memory.
  @usableFromInline package let high: UInt64
  @usableFromInline package let middle: UInt64
  @usableFromInline package let low: UInt32

  /// The id that git writes if there is no object.
  public static let zero = ObjectID(high: 0, middle: 0, low: 0)

  /// The length of an id in bytes.
  public static let byteCount = 20

  /// Creates an id from its parts, the most significant first.
  @inlinable package init(high: UInt64, middle: UInt64, low: UInt32) {
    self.high = high
    self.middle = middle
    self.low = low
  }

  /// Reads an id from its 20 bytes; nil for any other length.
  public init?(_ bytes: RawSpan) {
    guard bytes.byteCount == ObjectID.byteCount else { return nil }
    self.init(
      high: UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self)),
      middle: UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt64.self)),
      low: UInt32(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 16, as: UInt32.self)))
  }

  /// Reads an id from its 20 bytes; nil for any other length.
  public init?(bytes: [UInt8]) { self.init(bytes.span.bytes) }

  /// Reads the id at an offset; nil if fewer than 20 bytes follow.
  package init?(in bytes: [UInt8], at offset: Int) {
    guard offset >= 0, bytes.count - offset >= ObjectID.byteCount else { return nil }
    self.init(bytes.span.bytes.extracting(offset..<offset + ObjectID.byteCount))
  }

  /// Reads an id from 40 hexadecimal digits in either case; nil for anything else.
  public init?(hex: some StringProtocol) { self.init(hexadecimalDigits: hex.utf8) }

  /// Reads an id from 40 hexadecimal digits in ASCII, in either case; nil for anything else.
  @inlinable package init?(hexadecimalDigits digits: some Collection<UInt8>) {
    guard digits.count == 2 * ObjectID.byteCount, let bytes = Identifiers.bytes(hexadecimal: digits) else {
      return nil
    }
    self.init(bytes: bytes)
  }

  // Other modules use sets of ids and sort ids by the hundred thousand, so the following functions are inlinable.

  /// One byte of the id, counted from the most significant one.
  ///
  /// - Precondition: `index` lies in 0..<20.
  @inlinable public subscript(byte index: Int) -> UInt8 {
    switch index {
    case 0..<8: UInt8(truncatingIfNeeded: high >> UInt64(56 - 8 * index))
    case 8..<16: UInt8(truncatingIfNeeded: middle >> UInt64(56 - 8 * (index - 8)))
    default: UInt8(truncatingIfNeeded: low >> UInt32(24 - 8 * (index - 16)))
    }
  }

  /// Compares all bytes.
  @inlinable public static func == (left: ObjectID, right: ObjectID) -> Bool {
    left.high == right.high && left.middle == right.middle && left.low == right.low
  }

  /// Hashes only the first eight bytes, which is sufficient because a SHA-1 is uniformly distributed.
  @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(high) }

  /// Orders ids by their bytes, which is git's order in an index.
  @inlinable public static func < (left: ObjectID, right: ObjectID) -> Bool {
    (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
  }
}
