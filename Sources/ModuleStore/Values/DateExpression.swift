internal import Glibc

/// A date in a form for people: an absolute time, or a time relative to now.
public struct DateExpression: Hashable, Sendable {
  private enum Form: Hashable {
    case moment(Timestamp)
    case ago(seconds: Int64)
    /// The start of the day, in UTC.
    case today
  }

  private let form: Form

  /// Parses RFC 3339 with optional time and zone (UTC by default), `@SECONDS`, `now`, `today`, `yesterday`, or `3 days
  /// ago` (units from seconds to years, separated by dots or spaces).
  ///
  /// A date without a time means the start of the day.
  public init?(_ text: String) {
    guard let form = Self.seconds(text) ?? Self.relative(text) ?? Self.absolute(text) else { return nil }
    self.form = form
  }

  /// The time that the expression means at the time `now`.
  public func timestamp(now: Timestamp) -> Timestamp {
    switch form {
    case .moment(let moment): return moment
    case .ago(let seconds): return Timestamp(seconds: now.seconds - seconds)
    case .today:
      let day: Int64 = 86_400
      let intoDay = (now.seconds % day + day) % day
      return Timestamp(seconds: now.seconds - intoDay)
    }
  }

  private static func seconds(_ text: String) -> Form? {
    guard text.hasPrefix("@"), let seconds = Int64(text.dropFirst()),
      (-253_402_300_799...253_402_300_799).contains(seconds)
    else { return nil }
    return .moment(Timestamp(seconds: seconds))
  }

  private static let units: [Substring: Int64] = [
    "second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800, "month": 2_629_746,
    "year": 31_556_952,
  ]

  private static func relative(_ text: String) -> Form? {
    switch text {
    case "now": return .ago(seconds: 0)
    case "today": return .today
    case "yesterday": return .ago(seconds: 86_400)
    default: break
    }
    let words = text.split(whereSeparator: { $0 == " " || $0 == "." })
    guard words.count == 3, words[2] == "ago", let count = Int64(words[0]), (0...1_000_000).contains(count)
    else { return nil }
    let unit = words[1].hasSuffix("s") ? words[1].dropLast() : words[1]
    return units[unit].map { .ago(seconds: count * $0) }
  }

  private static func absolute(_ text: String) -> Form? {
    let parts = text.split(maxSplits: 1, whereSeparator: { $0 == "T" || $0 == "t" || $0 == " " })
    guard let day = parts.first, let start = seconds(atStartOf: day) else { return nil }
    var clock = parts.count > 1 ? parts[1] : ""
    guard let offset = zone(removedFrom: &clock), let time = seconds(ofClock: clock) else { return nil }
    return .moment(Timestamp(seconds: start + time - offset))
  }

  /// The start of a day, `YYYY-MM-DD`, in seconds since 1970; nil if that date does not exist.
  private static func seconds(atStartOf text: Substring) -> Int64? {
    let fields = text.split(separator: "-", omittingEmptySubsequences: false).map { Int32($0) }
    guard fields.count == 3, let year = fields[0], let month = fields[1], let day = fields[2],
      (0...9_999).contains(year), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    var date = tm()
    date.tm_year = year - 1_900
    date.tm_mon = month - 1
    date.tm_mday = day
    let seconds = timegm(&date)
    // A date that does not exist is converted to one in the next month.
    return date.tm_mday == day ? Int64(seconds) : nil
  }

  /// The seconds of a time of day, `HH:MM` or `HH:MM:SS`; zero for an empty text. Fractions of a second are dropped.
  private static func seconds(ofClock text: Substring) -> Int64? {
    guard !text.isEmpty else { return 0 }
    var fields = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(fields.count) else { return nil }
    if fields.count == 3 { fields[2] = fields[2].prefix { $0 != "." } } else { fields.append("0") }
    guard let hour = Int64(fields[0]), let minute = Int64(fields[1]), let second = Int64(fields[2]),
      (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
    else { return nil }
    return hour * 3_600 + minute * 60 + second
  }

  /// Removes `Z`, `+HH:MM` or `-HH:MM` from the end of a time of day; returns the offset east of UTC in seconds.
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
