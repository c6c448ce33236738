/// A view of a JSON value (RFC 8259), or of a missing one. The whole text was checked, so its parts are read without
/// checks. Members and items of a missing value are missing too.
package struct JSONView {
  private let bytes: Bytes

  /// The maximum depth of nested arrays and objects.
  private static let depthLimit = 16

  /// Creates a view of a value that was checked before, or that a serializer wrote, without white space around it.
  package init(checked bytes: Bytes) { self.bytes = bytes }

  /// Checks that the bytes are one value with optional white space around it; otherwise the value is missing. Strings
  /// may contain bytes that are not UTF-8.
  package init(_ bytes: Bytes) {
    let start = JSONView.skipSpace(bytes, 0)
    let end = JSONView.end(bytes, start, JSONView.depthLimit)
    self.bytes = end >= 0 && JSONView.skipSpace(bytes, end) == bytes.count ? bytes.part(start, end) : .none
  }

  /// Whether there is no value.
  package var isMissing: Bool { bytes.isEmpty }

  /// The text of the value.
  package var spelled: Bytes { bytes }

  package var isObject: Bool { bytes[0] == 0x7b }
  package var isNull: Bool { bytes[0] == 0x6e }
  package var isText: Bool { bytes[0] == 0x22 }
  package var isNumber: Bool { bytes[0].isDigit || bytes[0] == 0x2d }
  package var isTrue: Bool { bytes[0] == 0x74 }
  package var isFalse: Bool { bytes[0] == 0x66 }

  /// The non-negative integer; -1 for another value, or one that is too large or not written as an integer.
  @inline(never)
  package var integer: Int64 {
    let number = bytes.decimal
    return number == .max ? -1 : number
  }

  /// The text between the quotation marks, with its escapes; no bytes for another value.
  @inline(never)
  package var text: Bytes { isText ? bytes.part(1, bytes.count &- 1) : .none }

  /// The member of an object with a name that is written without escapes.
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
  /// - Parameter place: The index to continue at; 0 at first.
  /// - Returns: The item; missing at the end, and if this is not an array.
  @inline(never)
  package func next(_ place: inout Int) -> JSONView {
    if bytes[0] != 0x5b { place = bytes.count }
    place = max(place, 1)
    return item(&place)
  }

  /// The value at an index, which is moved past it and the comma after it.
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

  /// The end of the value that begins at an index; -1 if there is none.
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
    // The codes of both kinds of brackets differ by two.
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
    while true {
      let byte = bytes[place]
      if byte == 0x22 { return place &+ 1 }
      // The byte after the last one is zero.
      if byte < 0x20 { return -1 }
      if byte == 0x5c {
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
