/// Times in the form of servers (RFC 3339), in nanoseconds since 1970.
package enum MessageTime {
  /// Parses a time such as `2026-11-21T10:00:00.123456789Z`; nil for anything else.
  package static func nanoseconds(_ text: String) -> Int64? {
    var bytes = Array(text.utf8)[...]
    func digits(_ count: Int, then separator: UInt8?) -> Int64? {
      guard bytes.count >= count + (separator == nil ? 0 : 1) else { return nil }
      var value: Int64 = 0
      for _ in 0..<count {
        let digit = (bytes.popFirst() ?? 0) &- 0x30
        guard digit <= 9 else { return nil }
        value = value * 10 + Int64(digit)
      }
      if let separator, bytes.popFirst() ?? 0 != separator { return nil }
      return value
    }
    guard let year = digits(4, then: 0x2d), let month = digits(2, then: 0x2d),
      let day = digits(2, then: 0x54),
      let hour = digits(2, then: 0x3a), let minute = digits(2, then: 0x3a), let second = digits(2, then: nil),
      1...12 ~= month, 1...31 ~= day, hour < 24, minute < 60, second <= 60
    else { return nil }
    var fraction: Int64 = 0
    if bytes.first == 0x2e {
      bytes.removeFirst()
      var unit: Int64 = 100_000_000
      while let byte = bytes.first, 0x30...0x39 ~= byte {
        fraction += Int64(byte - 0x30) * unit
        unit /= 10
        bytes.removeFirst()
      }
    }
    guard let offset = offset(bytes) else { return nil }
    let days = daysSince1970(year, month, day)
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset
    let (whole, isTooLarge) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return isTooLarge ? nil : whole + fraction
  }

  /// Parses `Z` or `+HH:MM` as seconds.
  private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
    let text = String(decoding: bytes, as: UTF8.self)
    if text == "Z" || text == "z" { return 0 }
    let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard let sign = text.first, sign == "+" || sign == "-", parts.count == 2,
      parts.allSatisfy({ $0.utf8.count == 2 }),
      let hours = UInt8(parts[0]), let minutes = UInt8(parts[1]), hours < 24, minutes < 60
    else { return nil }
    return (sign == "-" ? -1 : 1) * (Int64(hours) * 3_600 + Int64(minutes) * 60)
  }

  /// Returns the days from 1970 to a day of the Gregorian calendar, with years that begin in March.
  private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
