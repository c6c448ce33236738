internal import Wasm

/// The maximum lengths of shown texts.
///
/// Plain git does not limit them, and pages must stay small.
enum TextLimit {
  private static let name = 100
  private static let line = 200
  private static let type = 500
  private static let message = 20_000

  /// Returns the name or mail address of a person.
  static func name(_ text: String) -> String { text.printable(upTo: name) }

  /// Returns one line of a list.
  static func line(_ text: String) -> String { text.printable(upTo: line) }

  /// Returns the type of an import or export.
  static func type(_ text: String) -> String { text.printable(upTo: type) }

  /// Returns a message with all its lines.
  static func message(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: message, limitedBy: scalars.endIndex),
      end != scalars.endIndex
    else { return text }
    return String(text[..<end]) + "…"
  }
}
