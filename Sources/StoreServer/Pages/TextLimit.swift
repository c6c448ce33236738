internal import Wasm

/// How much is shown of texts that plain git takes at any length: a page of them must not become a large one.
enum TextLimit {
  private static let name = 100
  private static let line = 200
  private static let type = 500
  private static let message = 20_000

  /// The name or mail address of a person.
  static func name(_ text: String) -> String { text.printable(upTo: name) }

  /// One line among many.
  static func line(_ text: String) -> String { text.printable(upTo: line) }

  /// The type of an import or export.
  static func type(_ text: String) -> String { text.printable(upTo: type) }

  /// A message with all its lines.
  static func message(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: message, limitedBy: scalars.endIndex),
      end != scalars.endIndex
    else { return text }
    return String(text[..<end]) + "…"
  }
}
