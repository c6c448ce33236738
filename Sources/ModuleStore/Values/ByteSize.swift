/// A number of bytes in a form for people.
public struct ByteSize: Hashable, Sendable {
  /// The number.
  public let bytes: Int

  private static let units: [(name: String, bytes: Int)] = [
    ("", 1), ("b", 1), ("k", 1_000), ("kb", 1_000), ("m", 1_000_000), ("mb", 1_000_000), ("g", 1_000_000_000),
    ("gb", 1_000_000_000), ("kib", 1 << 10), ("mib", 1 << 20), ("gib", 1 << 30),
  ]

  /// Parses `1000`, `64k`, `1.5 MB`, `2MiB`; nil for anything else. Fractions of a byte are dropped.
  public init?(_ text: String) {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text.dropFirst(number.count).drop { $0 == " " }.lowercased()
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard number.contains(where: \.isNumber), parts.count <= 2,
      let factor = Self.units.first(where: { $0.name == unit })?.bytes,
      let whole = parts[0].isEmpty ? 0 : Int(parts[0])
    else { return nil }
    let (bytes, isTooLarge) = whole.multipliedReportingOverflow(by: factor)
    // In integers, because 1.001 times 1000 is less than 1001 in binary floating point. Nine digits are enough for
    // units of a thousand million.
    let digits = parts.count == 2 ? parts[1].prefix(9) : ""
    let fraction = (Int(digits) ?? 0) * factor / digits.reduce(1) { power, _ in power * 10 }
    let (sum, isTooMuch) = bytes.addingReportingOverflow(fraction)
    guard !isTooLarge, !isTooMuch else { return nil }
    self.bytes = sum
  }
}

/// A number of bytes as text for people: `412 B`, `828 KB`, `2.4 MB`, in powers of a thousand, rounded down.
public func byteCount(_ bytes: Int) -> String {
  let sign = bytes < 0 ? "-" : ""
  let count = bytes.magnitude
  if count < 1_000 { return "\(sign)\(count) B" }
  if count < 1_000_000 { return "\(sign)\(count / 1_000) KB" }
  let (unit, name): (UInt, String) = count < 1_000_000_000 ? (1_000_000, "MB") : (1_000_000_000, "GB")
  return "\(sign)\(count / unit).\(count % unit * 10 / unit) \(name)"
}
