/// An identifier that is a hash of the named content: a fixed number of bytes, written in hexadecimal.
public protocol HexadecimalIdentifier: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The length of an identifier in bytes.
  static var byteCount: Int { get }

  /// One byte of the identifier, counted from the most significant one.
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

  /// All digits, in lower case, as `hex`.
  public var description: String { hex }

  /// Returns the first digits, for a search or for display.
  public func prefix(_ digits: Int) -> HexadecimalPrefix { HexadecimalPrefix(self, digits: digits) }
}
