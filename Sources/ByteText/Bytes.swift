/// A view of bytes that somebody else owns, and has to own for as long as the view is used: a `Memory`, a `TextWriter`, or
/// the program, of which literals are a part.
///
/// Text is the bytes of its UTF-8 here. `String` compares and cuts text by tables of Unicode that are larger than all that
/// runs at the edge, and arrays of bytes count their owners at each step. Reading beyond the ends gives zeros and shorter
/// parts, never what lies there.
package struct Bytes {
  #if _pointerBitWidth(_32)
    // Address and count in one word, which calls take and return without a detour through memory.
    private let packed: UInt64

    private var base: UnsafePointer<UInt8>? {
      UnsafePointer(bitPattern: UInt(truncatingIfNeeded: packed >> 32))
    }

    /// The number of bytes.
    package var count: Int { Int(truncatingIfNeeded: packed & 0x7fff_ffff) }

    /// Makes a view of memory.
    package init(_ base: UnsafePointer<UInt8>?, _ count: Int) {
      packed =
        UInt64(UInt(bitPattern: base)) << 32 | UInt64(UInt32(bitPattern: Int32(truncatingIfNeeded: count)))
    }
  #else
    private let base: UnsafePointer<UInt8>?

    /// The number of bytes.
    package let count: Int

    /// Makes a view of memory.
    package init(_ base: UnsafePointer<UInt8>?, _ count: Int) {
      self.base = base
      self.count = base == nil ? 0 : count
    }
  #endif

  /// No bytes.
  package static var none: Bytes { Bytes(nil, 0) }

  /// Makes a view of a literal.
  package init(_ literal: StaticString) { self.init(literal.utf8Start, literal.utf8CodeUnitCount) }

  /// A byte; 0 outside.
  @inline(never)
  package subscript(_ place: Int) -> UInt8 {
    guard let base, place >= 0, place < count else { return 0 }
    return base[place]
  }

  package var isEmpty: Bool { count == 0 }

  /// Where the bytes are, for a host that reads them.
  package var address: Int { Int(bitPattern: base) }

  /// Where the bytes are, for a copy of them.
  var start: UnsafePointer<UInt8>? { base }

  /// A part of the bytes, as far as it lies in them.
  @inline(never)
  package func part(_ start: Int, _ end: Int) -> Bytes {
    let (start, end) = (Swift.max(start, 0), Swift.min(end, count))
    guard let base, start < end else { return .none }
    return Bytes(base + start, end - start)
  }

  /// The bytes from a place on.
  package func from(_ start: Int) -> Bytes { part(start, count) }

  @inline(never)
  package static func == (left: Bytes, right: Bytes) -> Bool {
    guard left.count == right.count else { return false }
    return right.starts(left)
  }

  @inline(never)
  private func starts(_ other: Bytes) -> Bool {
    guard other.count <= count else { return false }
    for place in 0..<other.count where self[place] != other[place] { return false }
    return true
  }

  /// Whether these are the bytes of a literal.
  package func equals(_ literal: StaticString) -> Bool { self == Bytes(literal) }

  /// Whether a literal's bytes come first.
  package func starts(with literal: StaticString) -> Bool { starts(Bytes(literal)) }

  /// Whether these are a literal's bytes, if letters are taken in lower case.
  @inline(never)
  package func equals(ignoringCase literal: StaticString) -> Bool {
    let other = Bytes(literal)
    guard count == other.count else { return false }
    for place in 0..<count {
      let byte = self[place]
      if (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) != other[place] { return false }
    }
    return true
  }

  /// The place of the first such byte from a place on; the number of bytes where there is none.
  @inline(never)
  package func first(_ byte: UInt8, from start: Int = 0) -> Int {
    var place = start
    while place < count, self[place] != byte { place += 1 }
    return Swift.min(place, count)
  }

  /// The place of the last such byte; -1 where there is none.
  @inline(never)
  package func last(_ byte: UInt8) -> Int {
    var place = count - 1
    while place >= 0, self[place] != byte { place -= 1 }
    return place
  }

  /// The bytes without spaces and tabs at their ends.
  @inline(never)
  package var trimmed: Bytes {
    var (start, end) = (0, count)
    while start < end, self[start] == 0x20 || self[start] == 0x09 { start += 1 }
    while end > start, self[end - 1] == 0x20 || self[end - 1] == 0x09 { end -= 1 }
    return part(start, end)
  }

  /// The number that decimal digits alone say; the largest there is for what is larger, and -1 for anything else.
  @inline(never)
  package var decimal: Int64 {
    var number: Int64 = 0
    guard count > 0 else { return -1 }
    for place in 0..<count {
      let byte = self[place]
      guard byte.isDigit else { return -1 }
      number = number > (.max - 9) / 10 ? .max : number &* 10 &+ Int64(byte & 0x0f)
    }
    return number
  }

  /// Whether all are visible ASCII or spaces.
  @inline(never)
  package var isPrintable: Bool {
    for place in 0..<count where self[place] < 0x20 || self[place] > 0x7e { return false }
    return true
  }

  /// An integer of up to eight bytes, the first the lowest.
  @inline(never)
  package func integer(_ place: Int, _ length: Int) -> UInt64 {
    var value: UInt64 = 0
    for offset in 0..<length { value |= UInt64(self[place + offset]) << UInt64(8 * offset) }
    return value
  }

  /// Whether a part has only zeros.
  @inline(never)
  package func isZero(_ start: Int, _ end: Int) -> Bool {
    for place in start..<end where self[place] != 0 { return false }
    return true
  }

  /// Whether the bytes are UTF-8 (RFC 3629).
  package var isUTF8: Bool {
    var place = 0
    while place < count {
      let first = self[place]
      place += 1
      if first < 0x80 { continue }
      var (length, least, most): (Int, UInt8, UInt8) = (1, 0x80, 0xbf)
      if first < 0xc2 || first > 0xf4 { return false }
      if first >= 0xe0 { length = first < 0xf0 ? 2 : 3 }
      if first == 0xe0 { least = 0xa0 }
      if first == 0xed { most = 0x9f }
      if first == 0xf0 { least = 0x90 }
      if first == 0xf4 { most = 0x8f }
      for _ in 0..<length {
        guard self[place] >= least, self[place] <= most else { return false }
        (least, most) = (0x80, 0xbf)
        place += 1
      }
    }
    return true
  }
}

extension UInt8 {
  /// Whether it is an ASCII digit.
  package var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  /// Whether it is an ASCII letter or digit.
  package var isLetterOrDigit: Bool { isDigit || self | 0x20 >= 0x61 && self | 0x20 <= 0x7a }

  /// The value of a hexadecimal digit of either case; 255 for anything else.
  package var digitValue: UInt8 {
    if isDigit { return self - 0x30 }
    let letter = self | 0x20
    return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : 255
  }
}
