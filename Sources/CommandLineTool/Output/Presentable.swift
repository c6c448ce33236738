internal import JSONText
internal import ModuleStore

/// A result of a command, in both output formats.
protocol Presentable: Sendable {
  /// The text form, with a line feed after each line; empty for a silent command.
  func text(_ style: Style) -> String
  /// Appends the UTF-8 of `text`.
  func write(_ style: Style, to text: inout [UInt8])
  /// The JSON form: a documented contract, to which fields are only ever added.
  var json: JSONValue { get }
}

extension Presentable {
  func write(_ style: Style, to text: inout [UInt8]) { text.append(contentsOf: self.text(style).utf8) }
}

/// The style of text: full ids and tabs in a pipe; columns, abbreviated ids and colours for people.
struct Style: Sendable {
  let isTerminal: Bool
  let hasColor: Bool
  /// The width of the terminal; nil if it is unknown, or if there is none.
  var width: Int?

  /// The style of a pipe.
  static let plain = Style(isTerminal: false, hasColor: false)

  /// A text from outside: on a terminal its control characters are escaped, except those in `keeping`.
  func foreign(_ text: String, keeping kept: String = "") -> String {
    isTerminal ? visible(text, keeping: kept) : text
  }

  func error(_ text: String) -> String { colored(text, 31) }
  func added(_ text: String) -> String { colored(text, 32) }
  func removed(_ text: String) -> String { colored(text, 31) }
  func identifier(_ text: String) -> String { colored(text, 33) }

  private func colored(_ text: String, _ code: Int) -> String {
    hasColor ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }
}

/// Escapes control characters, so that a text cannot control the terminal or look like a second line.
func visible(_ text: String, keeping kept: String = "") -> String {
  let isShown = { (scalar: Unicode.Scalar) in
    scalar.properties.generalCategory != .control || kept.unicodeScalars.contains(scalar)
  }
  guard !text.unicodeScalars.allSatisfy(isShown) else { return text }
  return text.unicodeScalars.map { isShown($0) ? String($0) : $0.escaped(asASCII: true) }.joined()
}
