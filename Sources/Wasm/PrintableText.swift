extension String {
  /// A name in quotes for messages, at most a line long. Names in modules can contain any characters.
  var quotedName: String { escaped(upTo: 100) }

  /// The text for display: at most `limit` characters; characters that could confuse a terminal or a line-based reader
  /// are written as `\u{…}`.
  public func printable(upTo limit: Int) -> String { shown(upTo: limit, escaping: []) }

  /// A name for display that differs visibly from every other name: as `printable`, with a backslash before a
  /// backslash, a quotation mark and a backtick, and with combining marks and unusual spaces as `\u{…}`.
  public func escaped(upTo limit: Int = .max) -> String { shown(upTo: limit, escaping: ["\\", "\"", "`"]) }

  private func shown(upTo limit: Int, escaping marks: Set<Unicode.Scalar>) -> String {
    let isPlain = utf8.count <= limit && utf8Span.span.isPrintableASCII
    if isPlain, marks.isEmpty || !unicodeScalars.contains(where: marks.contains) { return self }
    var result = ""
    for (position, scalar) in unicodeScalars.enumerated() {
      if position == limit { return result + "…" }
      let properties = scalar.properties
      let isCombined = properties.canonicalCombiningClass != .notReordered
      switch properties.generalCategory {
      case _ where isCombined && !marks.isEmpty, .spaceSeparator where scalar != " " && !marks.isEmpty:
        result += scalar.numbered
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        result += scalar.numbered
      default:
        if marks.contains(scalar) { result += "\\" }
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  fileprivate var numbered: String { "\\u{\(String(value, radix: 16))}" }
}
