extension TextWriter {
  /// Appends a moment as header fields spell it, such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
  ///
  /// - Parameter seconds: The moment, in seconds since 1970; beyond the year 9999 the end of it.
  package func append(date seconds: Int64) {
    let seconds = Swift.min(Swift.max(seconds, 0), 253_402_300_799)
    let days = Int(truncatingIfNeeded: seconds / 86_400)
    let rest = Int(truncatingIfNeeded: seconds % 86_400)
    // Years begin in March here.
    let shifted = days + 719_468
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let fromMarch = (5 * dayOfYear + 2) / 153
    let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
    append(Bytes("SunMonTueWedThuFriSat").part((days + 4) % 7 * 3, (days + 4) % 7 * 3 + 3))
    append(", ")
    append(twoDigits: dayOfYear - (153 * fromMarch + 2) / 5 + 1)
    append(" ")
    append(Bytes("JanFebMarAprMayJunJulAugSepOctNovDec").part(3 * month - 3, 3 * month))
    append(" ")
    append(number: Int64(yearOfEra + shifted / 146_097 * 400 + (month <= 2 ? 1 : 0)))
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
    append(0x30 + UInt8(truncatingIfNeeded: number / 10))
    append(0x30 + UInt8(truncatingIfNeeded: number % 10))
  }
}
