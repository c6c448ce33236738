internal import Glibc

/// A moment, to the second, in UTC.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01 00:00:00 UTC.
  public let seconds: Int64

  /// Makes a moment from seconds since 1970-01-01 00:00:00 UTC.
  public init(seconds: Int64) { self.seconds = seconds }

  /// The present moment.
  public static var now: Timestamp { Timestamp(seconds: Int64(time(nil))) }

  /// Orders moments by time.
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }
}

/// The parts of a moment in the Gregorian calendar.
struct CalendarDate {
  var year: Int64
  var month: Int
  var day: Int
  var hour = 0
  var minute = 0
  var second = 0

  private static let secondsPerDay: Int64 = 86_400

  /// Splits a moment into its parts.
  init(_ timestamp: Timestamp) {
    // Days are counted in eras of 400 years that begin on 1 March, so that leap days come last
    // (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    let days = timestamp.seconds.floorDivided(by: CalendarDate.secondsPerDay)
    let rest = Int(timestamp.seconds - days * CalendarDate.secondsPerDay)
    let shifted = days + 719_468
    let era = shifted.floorDivided(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    hour = rest / 3_600
    minute = rest / 60 % 60
    second = rest % 60
  }

  /// Makes a date; nil where there is no such day or time.
  init?(year: Int64, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    guard (0...9_999).contains(year), (1...12).contains(month), (1...31).contains(day),
      (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    // A day that its month does not have comes back as a day of the next month.
    guard CalendarDate(timestamp).day == day || second == 60 else { return nil }
  }

  /// The moment of the date.
  var timestamp: Timestamp {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear.floorDivided(by: 400)
    let yearOfEra = shiftedYear - era * 400
    let shiftedMonth = Int64(month > 2 ? month - 3 : month + 9)
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + Int64(day) - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    return Timestamp(
      seconds: days * CalendarDate.secondsPerDay + Int64(hour * 3_600 + minute * 60 + second))
  }

  /// The year and as many of the smaller parts as there are separators.
  func joined(by separators: String) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(24)
    append(year, digits: 4, to: &text)
    for (separator, part) in zip(separators.utf8, [month, day, hour, minute, second]) {
      text.append(separator)
      append(Int64(part), digits: 2, to: &text)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends a number in decimal, with zeros in front of one that has less digits.
  private func append(_ number: Int64, digits: Int, to text: inout [UInt8]) {
    if number < 0 { text.append(0x2d) }
    if number.magnitude > 9 || digits > 1 {
      append(Int64(number.magnitude / 10), digits: digits - 1, to: &text)
    }
    text.append(0x30 + UInt8(number.magnitude % 10))
  }

  /// The day of the week, 0 for Sunday.
  var weekday: Int {
    let days = timestamp.seconds.floorDivided(by: CalendarDate.secondsPerDay)
    return Int((days + 4).floorModulo(by: 7))
  }
}

extension Int64 {
  fileprivate func floorDivided(by divisor: Int64) -> Int64 {
    self / divisor - (self % divisor < 0 ? 1 : 0)
  }

  fileprivate func floorModulo(by divisor: Int64) -> Int64 { self - floorDivided(by: divisor) * divisor }
}

extension Timestamp {
  /// The moment as RFC 3339 has it, such as `2026-11-21T05:09:47Z`.
  public var rfc3339: String { CalendarDate(self).joined(by: "--T::") + "Z" }

  /// The moment to the minute, such as `2026-11-21 05:10`.
  public var short: String { CalendarDate(self).joined(by: "-- :") }

  /// The moment as C's `asctime` has it, such as `Sat Nov 21 05:09:47 2026`.
  public var asctime: String {
    let date = CalendarDate(self)
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let day = date.day < 10 ? " \(date.day)" : "\(date.day)"
    return "\(days[date.weekday]) \(Timestamp.months[date.month - 1]) \(day) "
      + "\(date.joined(by: "--T::").suffix(8)) \(date.joined(by: ""))"
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

extension Timestamp {
  /// Reads a date as people write it: RFC 3339 with or without time and zone (UTC when there is none),
  /// `@SECONDS`, `now`, `today`, `yesterday`, or `3 days ago` (seconds to years, dots or spaces between).
  ///
  /// A day without a time means its beginning.
  public init?(parsing text: String, now: Timestamp) {
    if text.hasPrefix("@") {
      guard let seconds = Int64(text.dropFirst()), abs(seconds) < 253_402_300_800 else { return nil }
      self.init(seconds: seconds)
    } else if let relative = Timestamp.relative(text, now: now) {
      self = relative
    } else if let absolute = Timestamp.absolute(text) {
      self = absolute
    } else {
      return nil
    }
  }

  private static func relative(_ text: String, now: Timestamp) -> Timestamp? {
    let today = now.seconds.floorDivided(by: 86_400) * 86_400
    switch text {
    case "now": return now
    case "today": return Timestamp(seconds: today)
    case "yesterday": return Timestamp(seconds: now.seconds - 86_400)
    default: break
    }
    let words = text.split(whereSeparator: { $0 == " " || $0 == "." })
    guard words.count == 3, words[2] == "ago", let count = Int64(words[0]), (0...1_000_000).contains(count)
    else { return nil }
    let unit = words[1].hasSuffix("s") ? words[1].dropLast() : words[1]
    let units: [Substring: Int64] = [
      "second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800, "month": 2_629_746,
      "year": 31_556_952,
    ]
    guard let length = units[unit] else { return nil }
    return Timestamp(seconds: now.seconds - count * length)
  }

  private static func absolute(_ text: String) -> Timestamp? {
    let parts = text.split(maxSplits: 1, whereSeparator: { $0 == "T" || $0 == "t" || $0 == " " })
    guard let dayPart = parts.first else { return nil }
    let day = dayPart.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard day.count == 3, let year = day[0], let month = day[1], let dayOfMonth = day[2] else { return nil }
    var clock = parts.count > 1 ? parts[1] : ""
    guard let offset = zone(removedFrom: &clock) else { return nil }
    let fields = clock.split(separator: ":", omittingEmptySubsequences: false)
    var numbers = [0, 0, 0]
    if !clock.isEmpty {
      guard (2...3).contains(fields.count) else { return nil }
      for (index, field) in fields.enumerated() {
        // Fractions of a second are dropped.
        guard let number = Int(index == 2 ? field.prefix(while: { $0 != "." }) : field) else { return nil }
        numbers[index] = number
      }
    }
    let date = CalendarDate(
      year: Int64(year), month: month, day: dayOfMonth, hour: numbers[0], minute: numbers[1],
      second: numbers[2])
    return date.map { Timestamp(seconds: $0.timestamp.seconds - offset) }
  }

  /// Takes `Z`, `+HH:MM` or `-HH:MM` off a time of day; answers the seconds east of UTC.
  private static func zone(removedFrom clock: inout Substring) -> Int64? {
    if clock.hasSuffix("Z") || clock.hasSuffix("z") {
      clock.removeLast()
      return 0
    }
    guard let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) else { return 0 }
    let digits = clock[clock.index(after: sign)...].filter { $0 != ":" }
    guard digits.count == 4, let hours = Int64(digits.prefix(2)), let minutes = Int64(digits.suffix(2)),
      hours < 24, minutes < 60
    else { return nil }
    let seconds = (hours * 60 + minutes) * 60
    let isEast = clock[sign] == "+"
    clock = clock[..<sign]
    return isEast ? seconds : -seconds
  }
}
