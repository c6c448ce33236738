/// The first hexadecimal digits of an identifier: one or more.
public struct HexadecimalPrefix: Hashable, Sendable {
  /// The values of the digits.
  private let digits: [UInt8]

  /// Reads digits in either case; nil for anything else, and for an empty text.
  public init?(_ text: some StringProtocol) {
    guard isHexadecimal(text, count: 1...Int.max) else { return nil }
    digits = text.utf8.compactMap { hexadecimalValue($0) }
  }

  /// Creates the prefix of an identifier: its first `count` digits, or all if it has fewer.
  init(_ name: some HexadecimalIdentifier, digits count: Int) {
    digits = Array(name.bytes.flatMap { [$0 >> 4, $0 & 0xf] }.prefix(count))
  }

  /// The number of digits.
  public var count: Int { digits.count }

  /// Returns whether an identifier begins with these digits.
  public func matches<Name: HexadecimalIdentifier>(_ name: Name) -> Bool {
    guard digits.count <= 2 * Name.byteCount else { return false }
    return digits.indices.allSatisfy { index in
      let byte = name[byte: index / 2]
      return (index % 2 == 0 ? byte >> 4 : byte & 0xf) == digits[index]
    }
  }

  /// Returns the smallest and the greatest byte string of a length that begin with these digits; nil if there are none.
  package func bounds(byteCount: Int) -> (first: [UInt8], last: [UInt8])? {
    guard digits.count <= 2 * byteCount else { return nil }
    var first = [UInt8](repeating: 0, count: byteCount)
    var last = [UInt8](repeating: 0xff, count: byteCount)
    for (index, digit) in digits.enumerated() {
      let shift = index % 2 == 0 ? 4 : 0
      first[index / 2] |= digit << shift
      last[index / 2] &= digit << shift | 0xf << (4 - shift)
    }
    return (first, last)
  }
}

extension HexadecimalPrefix: CustomStringConvertible {
  /// The digits in lower case.
  public var description: String { String(decoding: digits.map(hexadecimalDigit), as: UTF8.self) }
}

/// The identifiers that match a prefix.
public enum PrefixMatch<Name: HexadecimalIdentifier>: Hashable, Sendable {
  case none
  case one(Name)
  /// More than one identifier, sorted.
  case several([Name])

  /// Creates the match from the identifiers that were found.
  ///
  /// Duplicates count once.
  public init(_ found: some Sequence<Name>) {
    let names = Set(found).sorted()
    self = names.count > 1 ? .several(names) : names.first.map { .one($0) } ?? .none
  }
}
