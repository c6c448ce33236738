internal import Identifiers

/// A namespace, which contains keys with values, and heads.
struct KVNamespace: Hashable, Sendable {
  /// The number that identifies the namespace in the tables.
  let number: Int
  /// The id for clients, 32 hexadecimal digits.
  let id: String
  /// The name for people.
  let title: String

  /// The number of digits of an id.
  static let idLength = 32

  /// Returns a new random id.
  static func newID() -> String {
    var random = SystemRandomNumberGenerator()
    return hexadecimal((0..<(idLength / 2)).map { _ in UInt8.random(in: .min ... .max, using: &random) })
  }

  /// Returns whether a text has the form of an id.
  static func isID(_ text: String) -> Bool { isHexadecimal(text, count: idLength...idLength) }
}
