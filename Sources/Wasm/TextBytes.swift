/// Text built as UTF-8 bytes, for output where many small strings would take most of the time.
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

  /// Appends a text for display: characters that could confuse a terminal or a line-based reader are written as
  /// `\u{…}`.
  public mutating func append(printable text: String) {
    let start = count
    append(text: text)
    makePrintable(from: start)
  }

  /// Appends a name so that it differs visibly from every other name (`String.escaped`).
  public mutating func append(escaped name: String) {
    let span = name.utf8Span.span
    let isPlain =
      span.isPrintableASCII
      && !span.indices.contains { span[$0] == 0x22 || span[$0] == 0x5c || span[$0] == 0x60 }
    append(text: isPlain ? name : name.escaped())
  }

  /// Replaces the text from `start` on by its form for display. It must begin and end with whole characters.
  mutating func makePrintable(from start: Int) {
    guard !span.extracting(start...).isPrintableASCII else { return }
    let text = String(decoding: self[start...], as: UTF8.self).printable(upTo: .max)
    removeSubrange(start...)
    append(text: text)
  }

  /// Appends texts with a separator between them.
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
  /// Whether the bytes are printable ASCII characters.
  var isPrintableASCII: Bool {
    var others: UInt8 = 0
    // No early exit, so that the compiler can vectorise the loop.
    for index in indices { others |= self[index] &- 0x20 > 0x5e ? 1 : 0 }
    return others == 0
  }
}
