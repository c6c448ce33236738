internal import ByteText

/// The conditions of a request on the version that the client has (RFC 9110, section 13).
enum Conditions {
  /// Whether a list of entity tags contains one; weak ones match as well unless only strong ones are allowed.
  @inline(never)
  static func list(_ field: Bytes, has tag: Bytes, strongly: Bool = false) -> Bool {
    if field == "*" { return true }
    var place = 0
    while place < field.count {
      let isWeak = field[place] == 0x57 && field[place &+ 1] == 0x2f
      if isWeak { place &+= 2 }
      let end = field.first(0x22, from: place &+ 1)
      guard field[place] == 0x22, end < field.count else { return false }
      if field.part(place &+ 1, end) == tag, !(strongly && isWeak) { return true }
      place = end &+ 1
      while field[place] == 0x2c || field[place] == 0x20 || field[place] == 0x09 { place &+= 1 }
    }
    return false
  }

  /// Whether the client has the served version. A date matches only if it equals that of the version: a client must not
  /// keep a later version that was rolled back.
  static func hasCurrent(_ request: EdgeRequest, tag: Bytes, date: Bytes) -> Bool {
    let known = request["if-none-match"]
    if !known.isEmpty { return list(known, has: tag) }
    return !date.isEmpty && request["if-modified-since"] == date
  }

  /// Whether the answer may be a range of the served version.
  static func allowsRange(_ request: EdgeRequest, tag: Bytes, date: Bytes) -> Bool {
    let version = request["if-range"]
    return version.isEmpty || (version[0] == 0x22 ? list(version, has: tag, strongly: true) : date == version)
  }
}
