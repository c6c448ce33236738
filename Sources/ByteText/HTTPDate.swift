extension TextWriter {
  /// Appends a time in the form of header fields, such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
  ///
  /// - Parameter seconds: The time, in seconds since 1970; limited to the end of the year 9999.
  package func append(date seconds: Int64) {
    let seconds = Swift.min(Swift.max(seconds, 0), 253_402_300_799)
    let days = Int(truncatingIfNeeded: seconds / 86_400)
    let rest = Int(truncatingIfNeeded: seconds % 86_400)
    var (day, month, year) = (days, 1, 1970)
    while true {
      let isLeap = year & 3 == 0 && (year % 100 != 0 || year % 400 == 0)
      // Odd months have 31 days until July, and even ones from August on.
      let length = month == 2 ? (isLeap ? 29 : 28) : 30 + (month &+ month >> 3) & 1
      if day < length { break }
      day &-= length
      month &+= 1
      if month > 12 { (month, year) = (1, year &+ 1) }
    }
    let weekday = (days &+ 4) % 7 &* 3
    append(("SunMonTueWedThuFriSat" as Bytes).part(weekday, weekday &+ 3))
    append(", ")
    append(twoDigits: day &+ 1)
    append(" ")
    append(("JanFebMarAprMayJunJulAugSepOctNovDec" as Bytes).part(3 &* month &- 3, 3 &* month))
    append(" ")
    append(number: Int64(year))
    append(" ")
    append(twoDigits: rest / 3_600)
    append(":")
    append(twoDigits: rest / 60 % 60)
    append(":")
    append(twoDigits: rest % 60)
    append(" GMT")
  }

  @inline(never)
  private func append(twoDigits number: Int) {
    append(0x30 &+ UInt8(truncatingIfNeeded: number / 10))
    append(0x30 &+ UInt8(truncatingIfNeeded: number % 10))
  }
}
