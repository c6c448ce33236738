/// A number of bytes as people write it.
public enum ByteSize {
  private static let units: [(name: String, bytes: Double)] = [
    ("", 1), ("b", 1), ("k", 1e3), ("kb", 1e3), ("m", 1e6), ("mb", 1e6), ("g", 1e9), ("gb", 1e9),
    ("kib", 1_024), ("mib", 1_048_576), ("gib", 1_073_741_824),
  ]

  /// Reads `1000`, `64k`, `1.5 MB`, `2MiB`; nil for anything else.
  public static func parse(_ text: String) -> Int? {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text.dropFirst(number.count).drop { $0 == " " }.lowercased()
    guard let value = Double(number), let factor = units.first(where: { $0.name == unit })?.bytes else {
      return nil
    }
    return Int(exactly: (value * factor).rounded(.down))
  }
}
