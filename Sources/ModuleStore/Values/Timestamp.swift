internal import Glibc

/// A time in UTC, in seconds.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01 00:00:00 UTC.
  public let seconds: Int64

  /// Makes a time from seconds since 1970-01-01 00:00:00 UTC.
  public init(seconds: Int64) { self.seconds = seconds }

  /// The current time.
  ///
  /// Not from `time`, which may return the previous second for some milliseconds.
  public static var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(seconds: Int64(time.tv_sec))
  }

  /// Orders times, earliest first.
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }
}

extension Timestamp {
  /// The time in RFC 3339, such as `2026-11-21T05:09:47Z`.
  public var rfc3339: String { formatted("%04Y-%m-%dT%H:%M:%SZ") }

  /// The time to the minute, such as `2026-11-21 05:10`.
  public var short: String { formatted("%04Y-%m-%d %H:%M") }

  /// The time in the format of C's `asctime`, such as `Sat Nov 21 05:09:47 2026`.
  public var asctime: String { formatted("%a %b %e %H:%M:%S %04Y") }

  /// The seconds for which a C calendar has a year; it stores years in 32 bits.
  private static let calendar: ClosedRange<Int64> = -67_768_040_609_740_800...67_767_976_233_532_799

  /// Formats the time with `strftime`, in UTC and with English names.
  private func formatted(_ format: String) -> String {
    var seconds = time_t(min(max(self.seconds, Self.calendar.lowerBound), Self.calendar.upperBound))
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var text = [CChar](repeating: 0, count: 64)
    let count = strftime(&text, text.count, format, &parts)
    return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
