internal import ByteText

/// What a request says about the version that it knows (RFC 9110, section 13).
enum Conditions {
  /// Whether a list of entity tags has one; weak ones count as well unless only strong ones do.
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

  /// Whether the client has the version that is served. A date counts only if it is that of the version: a client must
  /// not keep a later one that was rolled back.
  static func hasCurrent(_ request: EdgeRequest, tag: Bytes, date: Bytes) -> Bool {
    let known = request["if-none-match"]
    if !known.isEmpty { return list(known, has: tag) }
    return !date.isEmpty && request["if-modified-since"] == date
  }

  /// Whether a range of the version that is served may be answered.
  static func allowsRange(_ request: EdgeRequest, tag: Bytes, date: Bytes) -> Bool {
    let version = request["if-range"]
    return version.isEmpty || (version[0] == 0x22 ? list(version, has: tag, strongly: true) : date == version)
  }
}
