/// A name that is a hash of what it names: a fixed number of bytes, written in hexadecimal.
public protocol HexadecimalIdentifier: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The length of every such name in bytes.
  static var byteCount: Int { get }

  /// One byte of the name, counted from the most significant.
  subscript(byte index: Int) -> UInt8 { get }
}

extension HexadecimalIdentifier {
  /// The bytes in order.
  public var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.byteCount) { bytes, count in
      for index in 0..<Self.byteCount { bytes.initializeElement(at: index, to: self[byte: index]) }
      count = Self.byteCount
    }
  }

  /// All digits, in lower case.
  public var hex: String { hexadecimal(bytes) }

  /// The digits.
  public var description: String { hex }

  /// The first digits, to look for or to show.
  public func prefix(_ digits: Int) -> HexadecimalPrefix { HexadecimalPrefix(self, digits: digits) }
}
