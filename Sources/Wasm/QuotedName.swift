extension String {
  /// The name as messages show it: at most a hundred characters, with what could confuse a terminal or a line-based
  /// reader written as `\u{…}`.
  var quotedName: String {
    var result = ""
    for (position, scalar) in unicodeScalars.enumerated() {
      if position == 100 { return result + "…" }
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
