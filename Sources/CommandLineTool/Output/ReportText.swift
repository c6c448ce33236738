internal import Wasm

/// A number in groups of three digits.
func grouped(_ number: Int) -> String {
  var text: [UInt8] = []
  text.append(grouped: number)
  return String(decoding: text, as: UTF8.self)
}

/// Parts of reports, as UTF-8.
extension [UInt8] {
  /// The columns from `start` on; equal to the number of bytes for ASCII.
  func width(from start: Int) -> Int {
    let text = self[start...]
    return text.allSatisfy { $0 < 0x80 && $0 != 0x0d }
      ? text.count : String(decoding: text, as: UTF8.self).terminalWidth
  }

  /// Appends spaces.
  mutating func append(spaces count: Int) {
    append(contentsOf: repeatElement(0x20, count: count))
  }

  /// Appends a name for a report: in quotes if it could be read as several words, as nothing, or as the end of them. No
  /// two names look the same.
  mutating func append(shown name: String) {
    let start = count
    append(escaped: name)
    guard count == start || self[start...].contains(where: { $0 == 0x20 || $0 == 0x22 }) else { return }
    insert(0x22, at: start)
    append(0x22)
  }

  /// Appends a number in groups of three digits.
  mutating func append(grouped number: Int) {
    guard number >= 1_000 else { return append(number: UInt64(clamping: number)) }
    append(grouped: number / 1_000)
    append(UInt8(ascii: ","))
    let rest = UInt64(number % 1_000)
    if rest < 100 { append(UInt8(ascii: "0")) }
    if rest < 10 { append(UInt8(ascii: "0")) }
    append(number: rest)
  }
}
