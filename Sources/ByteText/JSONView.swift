/// A JSON value (RFC 8259) where it stands, or that there is none. Its text was checked as a whole, so that it is taken apart
/// without doubts. What a missing value is asked for is missing too.
package struct JSONView {
  private let bytes: Bytes

  /// How deep arrays and objects may nest.
  private static let depthLimit = 16

  private init(checked bytes: Bytes) { self.bytes = bytes }

  /// Takes one value that fills the bytes, but for white space; it is missing in anything else. Texts may have bytes that are
  /// no UTF-8.
  package init(_ bytes: Bytes) {
    let start = JSONView.skipSpace(bytes, 0)
    let end = JSONView.end(bytes, start, JSONView.depthLimit)
    self.bytes = end >= 0 && JSONView.skipSpace(bytes, end) == bytes.count ? bytes.part(start, end) : .none
  }

  /// Whether there is no value.
  package var isMissing: Bool { bytes.isEmpty }

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
  package var text: Bytes { isText ? bytes.part(1, bytes.count &- 1) : .none }

  /// The member of an object of a name that is spelled without escapes.
  @inline(never)
  package subscript(name: Bytes) -> JSONView {
    var place = isObject ? 1 : bytes.count
    while true {
      let member = item(&place)
      if member.isMissing { return member }
      place = JSONView.skipSpace(bytes, place) &+ 1
      let value = item(&place)
      if member.text == name { return value }
    }
  }

  /// The next item of an array.
  ///
  /// - Parameter place: Where to go on; 0 at first.
  /// - Returns: The item; it is missing at the end, and in anything but an array.
  @inline(never)
  package func next(_ place: inout Int) -> JSONView {
    if bytes[0] != 0x5b { place = bytes.count }
    place = max(place, 1)
    return item(&place)
  }

  /// The value at a place, which goes behind it and the comma there.
  @inline(never)
  private func item(_ place: inout Int) -> JSONView {
    var start = JSONView.skipSpace(bytes, place)
    if bytes[start] == 0x2c { start = JSONView.skipSpace(bytes, start &+ 1) }
    let end = JSONView.end(bytes, start, JSONView.depthLimit)
    if end >= 0 { place = end }
    return JSONView(checked: bytes.part(start, end))
  }

  // MARK: Checking

  @inline(never)
  private static func skipSpace(_ bytes: Bytes, _ start: Int) -> Int {
    var place = start
    while bytes[place] == 0x20 || bytes[place] == 0x0a || bytes[place] == 0x0d || bytes[place] == 0x09 {
      place &+= 1
    }
    return place
  }

  /// Where the value ends that begins at a place; -1 where there is none.
  @inline(never)
  private static func end(_ bytes: Bytes, _ start: Int, _ depth: Int) -> Int {
    switch bytes[start] {
    case 0x7b, 0x5b: return listEnd(bytes, start, depth)
    case 0x22: return textEnd(bytes, start)
    case 0x6e: return wordEnd(bytes, start, "null")
    case 0x74: return wordEnd(bytes, start, "true")
    case 0x66: return wordEnd(bytes, start, "false")
    default: return numberEnd(bytes, start)
    }
  }

  private static func wordEnd(_ bytes: Bytes, _ start: Int, _ word: Bytes) -> Int {
    bytes.from(start).starts(with: word) ? start &+ word.count : -1
  }

  private static func listEnd(_ bytes: Bytes, _ start: Int, _ depth: Int) -> Int {
    guard depth > 0 else { return -1 }
    // Both kinds of brackets are two apart.
    let close = bytes[start] &+ 2
    var place = skipSpace(bytes, start &+ 1)
    if bytes[place] == close { return place &+ 1 }
    while true {
      if close == 0x7d {
        guard bytes[place] == 0x22 else { return -1 }
        place = textEnd(bytes, place)
        guard place >= 0 else { return -1 }
        place = skipSpace(bytes, place)
        guard bytes[place] == 0x3a else { return -1 }
        place = skipSpace(bytes, place &+ 1)
      }
      place = end(bytes, place, depth &- 1)
      guard place >= 0 else { return -1 }
      place = skipSpace(bytes, place)
      if bytes[place] == close { return place &+ 1 }
      guard bytes[place] == 0x2c else { return -1 }
      place = skipSpace(bytes, place &+ 1)
    }
  }

  private static func textEnd(_ bytes: Bytes, _ start: Int) -> Int {
    var place = start &+ 1
    while place < bytes.count, bytes[place] >= 0x20 {
      if bytes[place] == 0x22 { return place &+ 1 }
      if bytes[place] == 0x5c {
        place &+= 1
        if bytes[place] == 0x75 {
          for offset in 1...4 where bytes[place &+ offset].digitValue > 15 { return -1 }
          place &+= 4
        } else if ("\"\\/bfnrt" as Bytes).first(bytes[place]) == 8 {
          return -1
        }
      }
      place &+= 1
    }
    return -1
  }

  private static func numberEnd(_ bytes: Bytes, _ start: Int) -> Int {
    var place = start
    if bytes[place] == 0x2d { place &+= 1 }
    let first = place
    place = digitsEnd(bytes, place)
    if place == first || bytes[first] == 0x30 && place > first &+ 1 { return -1 }
    if bytes[place] == 0x2e {
      let point = place &+ 1
      place = digitsEnd(bytes, point)
      if place == point { return -1 }
    }
    if bytes[place] | 0x20 == 0x65 {
      place &+= 1
      if bytes[place] == 0x2b || bytes[place] == 0x2d { place &+= 1 }
      let power = place
      place = digitsEnd(bytes, place)
      if place == power { return -1 }
    }
    return place
  }

  @inline(never)
  private static func digitsEnd(_ bytes: Bytes, _ start: Int) -> Int {
    var place = start
    while bytes[place].isDigit { place &+= 1 }
    return place
  }
}
