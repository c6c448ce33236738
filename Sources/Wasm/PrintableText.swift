extension String {
  /// A name as messages show it.
  var quotedName: String { printable(upTo: 100) }

  /// The text as messages show it: at most `limit` characters, with what could confuse a terminal or a line-based
  /// reader written as `\u{…}`. Names in modules can hold anything.
  public func printable(upTo limit: Int) -> String {
    if utf8.count <= limit && utf8Span.span.isPrintableASCII { return self }
    var result = ""
    for (position, scalar) in unicodeScalars.enumerated() {
      if position == limit { return result + "…" }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default:
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
