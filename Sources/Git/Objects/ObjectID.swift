internal import Clibgit2

/// Names a git object: the SHA-1 of its header and bytes.
public struct ObjectID: Hashable, Comparable, Sendable {
  /// Twenty bytes, split so that comparison and hashing touch no heap.
  let high: UInt64
  let middle: UInt64
  let low: UInt32

  /// The id that git writes where there is no object.
  public static let zero = ObjectID(high: 0, middle: 0, low: 0)

  /// The length of an id in bytes.
  public static let byteCount = 20

  init(high: UInt64, middle: UInt64, low: UInt32) {
    self.high = high
    self.middle = middle
    self.low = low
  }

  /// Reads an id from its 20 bytes; nil for any other length.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == ObjectID.byteCount else { return nil }
    var high: UInt64 = 0
    var middle: UInt64 = 0
    var low: UInt32 = 0
    for (index, byte) in bytes.enumerated() {
      switch index {
      case 0..<8: high = high << 8 | UInt64(byte)
      case 8..<16: middle = middle << 8 | UInt64(byte)
      default: low = low << 8 | UInt32(byte)
      }
    }
    self.init(high: high, middle: middle, low: low)
  }

  /// Reads an id from its 20 bytes; nil for any other length.
  public init?(bytes: [UInt8]) {
    guard bytes.count == ObjectID.byteCount else { return nil }
    self.init(in: bytes, at: 0)
  }

  /// Reads the id that stands at an offset; nil where there are not 20 bytes.
  init?(in bytes: [UInt8], at offset: Int) {
    guard offset >= 0, bytes.count - offset >= ObjectID.byteCount else { return nil }
    self = bytes.withUnsafeBytes { bytes in
      ObjectID(
        high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
        middle: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)),
        low: UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt32.self)))
    }
  }

  /// Reads an id from 40 lower-case or upper-case hexadecimal digits; nil for anything else.
  public init?(hex: some StringProtocol) { self.init(hexadecimalDigits: hex.utf8) }

  /// Reads an id from 40 lower-case or upper-case hexadecimal digits in ASCII; nil for anything else.
  init?(hexadecimalDigits digits: some Collection<UInt8>) {
    guard digits.count == 2 * ObjectID.byteCount else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(ObjectID.byteCount)
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
    self.init(bytes: bytes)
  }

  /// The 20 bytes in order.
  public var bytes: [UInt8] { withUnsafeBytes(of: raw.id) { Array($0) } }

  /// One byte of the id, counted from the most significant.
  ///
  /// - Precondition: `index` lies in 0..<20.
  public subscript(byte index: Int) -> UInt8 {
    switch index {
    case 0..<8: UInt8(truncatingIfNeeded: high >> UInt64(56 - 8 * index))
    case 8..<16: UInt8(truncatingIfNeeded: middle >> UInt64(56 - 8 * (index - 8)))
    default: UInt8(truncatingIfNeeded: low >> UInt32(24 - 8 * (index - 16)))
    }
  }

  /// Forty lower-case hexadecimal digits.
  public var hex: String { hexadecimal(bytes) }

  /// Hashes eight of the bytes: those of a SHA-1 are as good as all.
  public func hash(into hasher: inout Hasher) { hasher.combine(high) }

  /// Orders ids as their bytes are ordered, which is git's order in an index.
  public static func < (left: ObjectID, right: ObjectID) -> Bool {
    (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
  }
}

extension ObjectID: CustomStringConvertible {
  /// The id in hexadecimal.
  public var description: String { hex }
}

extension ObjectID {
  init(_ raw: git_oid) {
    self = withUnsafeBytes(of: raw.id) { bytes in
      ObjectID(
        high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        middle: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
        low: UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)))
    }
  }

  var raw: git_oid {
    var raw = git_oid()
    withUnsafeMutableBytes(of: &raw.id) { bytes in
      bytes.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
      bytes.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
      bytes.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
    }
    return raw
  }
}

/// The value of one hexadecimal digit in ASCII; nil for any other byte.
public func hexadecimalValue(_ digit: UInt8) -> UInt8? {
  switch digit {
  case 0x30...0x39: digit - 0x30
  case 0x41...0x46: digit - 0x41 + 10
  case 0x61...0x66: digit - 0x61 + 10
  default: nil
  }
}

/// Spells bytes in lower-case hexadecimal.
public func hexadecimal(_ bytes: [UInt8]) -> String {
  String(unsafeUninitializedCapacity: 2 * bytes.count) { writeHexadecimal(bytes, to: $0) }
}

/// Appends the digits of bytes in lower-case hexadecimal.
public func appendHexadecimal(_ bytes: [UInt8], to text: inout [UInt8]) {
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * bytes.count) { digits in
    _ = writeHexadecimal(bytes, to: digits)
    text += UnsafeBufferPointer(digits)
  }
}

/// Writes the digits of bytes to the beginning of a buffer that has room for them; answers their number.
private func writeHexadecimal(_ bytes: [UInt8], to digits: UnsafeMutableBufferPointer<UInt8>) -> Int {
  var position = 0
  for byte in bytes {
    digits.initializeElement(at: position, to: hexadecimalDigit(byte >> 4))
    digits.initializeElement(at: position + 1, to: hexadecimalDigit(byte & 0xf))
    position += 2
  }
  return position
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x61 + value - 10 }
