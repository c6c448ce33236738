/// A view of bytes with another owner, which must exist as long as the view is used: a `Memory`, a `TextWriter`, or the
/// program, which contains the literals.
///
/// Text is represented by its UTF-8 bytes. `String` compares and splits text with Unicode tables that are larger than
/// all the code at the edge, and arrays of bytes count references at each step. Reads outside the bounds return zeros
/// and shorter parts, never other memory.
package struct Bytes: Equatable, ExpressibleByStringLiteral, Sequence {
  private let base: UnsafePointer<UInt8>?

  /// The number of bytes.
  package let count: Int

  /// Creates a view of memory.
  package init(_ base: UnsafePointer<UInt8>?, _ count: Int) {
    self.base = base
    self.count = base == nil ? 0 : count
  }

  /// An empty view.
  package static var none: Bytes { "" }

  /// Creates a view of a literal.
  package init(stringLiteral literal: StaticString) {
    base = literal.utf8Start
    count = literal.utf8CodeUnitCount
  }

  /// A byte; 0 outside the bounds.
  package subscript(_ place: Int) -> UInt8 { UInt8(truncatingIfNeeded: word(place)) }

  /// The same as a word, which does not have to be truncated to a byte after each call.
  @inline(never)
  private func word(_ place: Int) -> UInt32 {
    guard let base, place >= 0, place < count else { return 0 }
    return UInt32(base[place])
  }

  package var isEmpty: Bool { count == 0 }

  /// An iterator over the bytes.
  package struct Iterator: IteratorProtocol {
    fileprivate var place: UnsafePointer<UInt8>?
    fileprivate let end: UnsafePointer<UInt8>?

    package mutating func next() -> UInt8? {
      guard let byte = place, byte != end else { return nil }
      place = byte + 1
      return byte.pointee
    }
  }

  package func makeIterator() -> Iterator { Iterator(place: base, end: base.map { $0 + count }) }

  /// The address of the bytes, for a host that reads them.
  package var address: Int { Int(bitPattern: base) }

  /// The address of the bytes, to copy them.
  var start: UnsafePointer<UInt8>? { base }

  /// A part of the bytes, limited to the bounds.
  @inline(never)
  package func part(_ start: Int, _ end: Int) -> Bytes {
    let (start, end) = (Swift.max(start, 0), Swift.min(end, count))
    guard let base, start < end else { return .none }
    return Bytes(base + start, end - start)
  }

  /// The bytes from an index on.
  package func from(_ start: Int) -> Bytes { part(start, count) }

  @inline(never)
  package static func == (left: Bytes, right: Bytes) -> Bool {
    guard left.count == right.count else { return false }
    var place = 0
    for byte in left {
      if byte != right[place] { return false }
      place &+= 1
    }
    return true
  }

  /// Whether the bytes begin with others.
  @inline(never)
  package func starts(with other: Bytes) -> Bool {
    part(0, other.count) == other
  }

  /// Whether the bytes equal others, with letters compared in lower case.
  @inline(never)
  package func equals(ignoringCase other: Bytes) -> Bool {
    guard count == other.count else { return false }
    var place = 0
    for byte in self {
      if (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) != other[place] { return false }
      place &+= 1
    }
    return true
  }

  /// The index of the first such byte from an index on; the number of bytes if there is none.
  @inline(never)
  package func first(_ byte: UInt8, from start: Int = 0) -> Int {
    var place = start
    while place < count, self[place] != byte { place &+= 1 }
    return Swift.min(place, count)
  }

  /// The index of the last such byte; -1 if there is none.
  @inline(never)
  package func last(_ byte: UInt8) -> Int {
    var place = count &- 1
    while place >= 0, self[place] != byte { place &-= 1 }
    return place
  }

  /// Searches for the first record that begins with a name and a colon.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - end: The byte after each record.
  /// - Returns: The bytes after the colon; none if there is no such record.
  @inline(never)
  package func value(of name: Bytes, until end: UInt8) -> Bytes {
    var start = 0
    while start < count {
      let stop = first(end, from: start)
      let record = part(start, stop)
      if record.starts(with: name), record[name.count] == 0x3a { return record.from(name.count &+ 1) }
      start = stop &+ 1
    }
    return .none
  }

  /// Returns the next of several items that are separated by spaces, line ends or another byte.
  ///
  /// - Parameters:
  ///   - place: The index to continue at; 0 at first.
  ///   - separator: The byte between items besides white space.
  /// - Returns: The item; no bytes at the end.
  @inline(never)
  package func item(_ place: inout Int, between separator: UInt8 = 0x20) -> Bytes {
    while place < count, self[place] <= 0x20 || self[place] == separator { place &+= 1 }
    let start = place
    while self[place] > 0x20, self[place] != separator { place &+= 1 }
    return part(start, place)
  }

  /// The number in decimal digits; the largest integer if it is too large, and -1 if there are other bytes.
  @inline(never)
  package var decimal: Int64 {
    var number: Int64 = 0
    guard count > 0 else { return -1 }
    for byte in self {
      guard byte.isDigit else { return -1 }
      number = number > (.max - 9) / 10 ? .max : number &* 10 &+ Int64(byte & 0x0f)
    }
    return number
  }

  /// Whether all bytes are visible ASCII or spaces.
  @inline(never)
  package var isPrintable: Bool {
    for byte in self where byte < 0x20 || byte > 0x7e { return false }
    return true
  }

  /// A little-endian integer of up to eight bytes.
  @inline(never)
  package func integer(_ place: Int, _ length: Int) -> UInt64 {
    var value: UInt64 = 0
    var offset = length
    while offset > 0 {
      offset &-= 1
      value = value << 8 | UInt64(self[place &+ offset])
    }
    return value
  }

  /// Whether a part contains only zeros.
  @inline(never)
  package func isZero(_ start: Int, _ end: Int) -> Bool {
    for byte in part(start, end) where byte != 0 { return false }
    return true
  }

  /// Whether the bytes are UTF-8 (RFC 3629).
  package var isUTF8: Bool {
    var place = 0
    while place < count {
      let first = self[place]
      place &+= 1
      if first < 0x80 { continue }
      var (length, least, most): (Int, UInt8, UInt8) = (1, 0x80, 0xbf)
      if first < 0xc2 || first > 0xf4 { return false }
      if first >= 0xe0 { length = first < 0xf0 ? 2 : 3 }
      if first == 0xe0 { least = 0xa0 }
      if first == 0xed { most = 0x9f }
      if first == 0xf0 { least = 0x90 }
      if first == 0xf4 { most = 0x8f }
      while length > 0 {
        guard self[place] >= least, self[place] <= most else { return false }
        (least, most) = (0x80, 0xbf)
        place &+= 1
        length &-= 1
      }
    }
    return true
  }
}

extension UInt8 {
  /// Whether the byte is an ASCII digit.
  package var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  /// Whether the byte is an ASCII letter or digit.
  package var isLetterOrDigit: Bool { isDigit || self | 0x20 >= 0x61 && self | 0x20 <= 0x7a }

  /// Whether a letter is in upper case.
  package var isUpperCase: Bool { self & 0x60 == 0x40 }

  /// The value of a hexadecimal digit of either case; 255 for another byte.
  @inline(never)
  package var digitValue: UInt8 {
    if isDigit { return self & 0x0f }
    let letter = self | 0x20
    return letter >= 0x61 && letter <= 0x66 ? letter &- 0x57 : 255
  }
}
