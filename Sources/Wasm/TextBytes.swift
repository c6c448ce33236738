/// Text that is put together as UTF-8, piece by piece, where a great many small strings would take most of the time.
extension [UInt8] {
  /// Appends a text as UTF-8.
  public mutating func append(text: consuming String) {
    let isAppended: Void? = text.utf8.withContiguousStorageIfAvailable { append(contentsOf: $0) }
    if isAppended == nil { append(contentsOf: text.utf8) }
  }

  /// Appends a number in decimal digits.
  public mutating func append(number: UInt64) {
    if number >= 10 { append(number: number / 10) }
    append(UInt8(ascii: "0") + UInt8(number % 10))
  }

  /// Appends a text as messages show it: what could confuse a terminal or a line-based reader is written as `\u{…}`.
  public mutating func append(printable text: String) {
    let start = count
    append(text: text)
    makePrintable(from: start)
  }

  /// Appends a name so that no two look alike (`String.escaped`).
  public mutating func append(escaped name: String) {
    let span = name.utf8Span.span
    let isPlain =
      span.isPrintableASCII
      && !span.indices.contains { span[$0] == 0x22 || span[$0] == 0x5c || span[$0] == 0x60 }
    append(text: isPlain ? name : name.escaped())
  }

  /// Writes the text from `start` on as messages show it. It must begin and end with whole characters.
  mutating func makePrintable(from start: Int) {
    guard !span.extracting(start...).isPrintableASCII else { return }
    let text = String(decoding: self[start...], as: UTF8.self).printable(upTo: .max)
    removeSubrange(start...)
    append(text: text)
  }

  /// Appends texts with something between them.
  mutating func append(texts: some Sequence<String>, separator: String) {
    var isFirst = true
    for text in texts {
      if !isFirst { append(text: separator) }
      isFirst = false
      append(text: text)
    }
  }
}

extension Span<UInt8> {
  /// Whether the bytes are printable characters of ASCII.
  var isPrintableASCII: Bool {
    var others: UInt8 = 0
    // All of them, without a way out: so the compiler takes many at once.
    for index in indices { others |= self[index] &- 0x20 > 0x5e ? 1 : 0 }
    return others == 0
  }
}
