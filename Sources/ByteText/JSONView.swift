/// A JSON value (RFC 8259) where it stands. Its text was checked as a whole, so that it is taken apart without doubts.
package struct JSONView {
  private let bytes: Bytes

  /// How deep arrays and objects may nest.
  private static let depthLimit = 16

  private init(checked bytes: Bytes) { self.bytes = bytes }

  /// Takes one value that fills the bytes, but for white space; nil for anything else. Texts may have bytes that are no
  /// UTF-8.
  package init?(_ bytes: Bytes) {
    let start = JSONView.skipSpace(bytes, 0)
    let end = JSONView.end(bytes, start, JSONView.depthLimit)
    guard end >= 0, JSONView.skipSpace(bytes, end) == bytes.count else { return nil }
    self.bytes = bytes.part(start, end)
  }

  /// The value as it is spelled.
  package var spelled: Bytes { bytes }

  package var isObject: Bool { bytes[0] == 0x7b }
  package var isNull: Bool { bytes[0] == 0x6e }
  package var isText: Bool { bytes[0] == 0x22 }
  package var isNumber: Bool { bytes[0].isDigit || bytes[0] == 0x2d }
  package var isTrue: Bool { bytes[0] == 0x74 }
  package var isFalse: Bool { bytes[0] == 0x66 }

  /// The whole number, not negative and spelled as one; -1 for anything else, and for what is too large.
  @inline(never)
  package var integer: Int64 {
    let number = bytes.decimal
    return number == .max ? -1 : number
  }

  /// What stands between quotation marks, with its escapes; nothing for anything else.
  @inline(never)
  package var text: Bytes { isText ? bytes.part(1, bytes.count - 1) : .none }

  /// The member of an object of a name that is spelled without escapes; nil where there is none.
  @inline(never)
  package subscript(name: StaticString) -> JSONView? {
    guard isObject else { return nil }
    var place = 1
    while let member = item(&place) {
      place = JSONView.skipSpace(bytes, place) + 1
      guard let value = item(&place) else { return nil }
      if member.text.equals(name) { return value }
    }
    return nil
  }

  /// The next item of an array.
  ///
  /// - Parameter place: Where to go on; 0 at first.
  /// - Returns: The item; nil at the end, and for anything but an array.
  @inline(never)
  package func next(_ place: inout Int) -> JSONView? {
    guard bytes[0] == 0x5b else { return nil }
    place = max(place, 1)
    return item(&place)
  }

  /// The value at a place, which goes behind it and the comma there.
  @inline(never)
  private func item(_ place: inout Int) -> JSONView? {
    var start = JSONView.skipSpace(bytes, place)
    if bytes[start] == 0x2c { start = JSONView.skipSpace(bytes, start + 1) }
    let end = JSONView.end(bytes, start, JSONView.depthLimit)
    guard end >= 0 else { return nil }
    place = end
    return JSONView(checked: bytes.part(start, end))
  }

  // MARK: Checking

  @inline(never)
  private static func skipSpace(_ bytes: Bytes, _ start: Int) -> Int {
    var place = start
    while bytes[place] == 0x20 || bytes[place] == 0x0a || bytes[place] == 0x0d || bytes[place] == 0x09 {
      place += 1
    }
    return place
  }

  /// Where the value ends that begins at a place; -1 where there is none.
  @inline(never)
  private static func end(_ bytes: Bytes, _ start: Int, _ depth: Int) -> Int {
    switch bytes[start] {
    case 0x7b: return listEnd(bytes, start, depth, close: 0x7d)
    case 0x5b: return listEnd(bytes, start, depth, close: 0x5d)
    case 0x22: return textEnd(bytes, start)
    case 0x6e: return wordEnd(bytes, start, "null")
    case 0x74: return wordEnd(bytes, start, "true")
    case 0x66: return wordEnd(bytes, start, "false")
    default: return numberEnd(bytes, start)
    }
  }

  private static func wordEnd(_ bytes: Bytes, _ start: Int, _ word: StaticString) -> Int {
    bytes.from(start).starts(with: word) ? start + word.utf8CodeUnitCount : -1
  }

  private static func listEnd(_ bytes: Bytes, _ start: Int, _ depth: Int, close: UInt8) -> Int {
    guard depth > 0 else { return -1 }
    var place = skipSpace(bytes, start + 1)
    if bytes[place] == close { return place + 1 }
    while true {
      if close == 0x7d {
        guard bytes[place] == 0x22 else { return -1 }
        place = textEnd(bytes, place)
        guard place >= 0 else { return -1 }
        place = skipSpace(bytes, place)
        guard bytes[place] == 0x3a else { return -1 }
        place = skipSpace(bytes, place + 1)
      }
      place = end(bytes, place, depth - 1)
      guard place >= 0 else { return -1 }
      place = skipSpace(bytes, place)
      if bytes[place] == close { return place + 1 }
      guard bytes[place] == 0x2c else { return -1 }
      place = skipSpace(bytes, place + 1)
    }
  }

  private static func textEnd(_ bytes: Bytes, _ start: Int) -> Int {
    var place = start + 1
    while place < bytes.count, bytes[place] >= 0x20 {
      if bytes[place] == 0x22 { return place + 1 }
      if bytes[place] == 0x5c {
        place += 1
        if bytes[place] == 0x75 {
          for offset in 1...4 where bytes[place + offset].digitValue > 15 { return -1 }
          place += 4
        } else if Bytes("\"\\/bfnrt").first(bytes[place]) == 8 {
          return -1
        }
      }
      place += 1
    }
    return -1
  }

  private static func numberEnd(_ bytes: Bytes, _ start: Int) -> Int {
    var place = start
    if bytes[place] == 0x2d { place += 1 }
    let first = place
    place = digitsEnd(bytes, place)
    if place == first || bytes[first] == 0x30 && place > first + 1 { return -1 }
    if bytes[place] == 0x2e {
      let point = place + 1
      place = digitsEnd(bytes, point)
      if place == point { return -1 }
    }
    if bytes[place] | 0x20 == 0x65 {
      place += 1
      if bytes[place] == 0x2b || bytes[place] == 0x2d { place += 1 }
      let power = place
      place = digitsEnd(bytes, place)
      if place == power { return -1 }
    }
    return place
  }

  private static func digitsEnd(_ bytes: Bytes, _ start: Int) -> Int {
    var place = start
    while bytes[place].isDigit { place += 1 }
    return place
  }
}

extension TextWriter {
  /// Appends what a JSON text says, without its escapes; half of a pair of escapes becomes the replacement character.
  ///
  /// - Parameter text: What stands between the quotation marks.
  package func append(saidBy text: Bytes) {
    var place = 0
    while place < text.count {
      let byte = text[place]
      place += 1
      guard byte == 0x5c else {
        append(byte)
        continue
      }
      let letter = text[place]
      place += 1
      let index = Bytes("bfnrt").first(letter)
      if letter == 0x75 {
        append(scalar: TextWriter.scalar(text, &place))
      } else {
        append(index < 5 ? Bytes("\u{8}\u{c}\n\r\t")[index] : letter)
      }
    }
  }

  private static func unit(_ text: Bytes, _ place: Int) -> UInt32 {
    var unit: UInt32 = 0
    for offset in place..<place + 4 { unit = unit << 4 | UInt32(text[offset].digitValue & 0x0f) }
    return unit
  }

  private static func scalar(_ text: Bytes, _ place: inout Int) -> UInt32 {
    let first = unit(text, place)
    place += 4
    guard first >> 11 == 0x1b else { return first }
    guard first < 0xdc00, text[place] == 0x5c, text[place + 1] == 0x75 else { return 0xfffd }
    let second = unit(text, place + 2)
    guard second >> 10 == 0x37 else { return 0xfffd }
    place += 6
    return 0x1_0000 + (first & 0x3ff) << 10 + second & 0x3ff
  }

  private func append(scalar: UInt32) {
    func append(_ bits: UInt32) { self.append(UInt8(truncatingIfNeeded: bits)) }
    if scalar < 0x80 { return append(scalar) }
    if scalar < 0x800 {
      append(0xc0 | scalar >> 6)
    } else {
      if scalar < 0x1_0000 {
        append(0xe0 | scalar >> 12)
      } else {
        append(0xf0 | scalar >> 18)
        append(0x80 | scalar >> 12 & 0x3f)
      }
      append(0x80 | scalar >> 6 & 0x3f)
    }
    append(0x80 | scalar & 0x3f)
  }
}
