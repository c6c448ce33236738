internal import Identifiers

/// A namespace: values that have keys, and heads.
struct KVNamespace: Hashable, Sendable {
  /// What the tables call it.
  let number: Int
  /// 32 hexadecimal digits.
  let id: String
  /// What people call it.
  let title: String

  /// The digits of an id.
  static let idLength = 32

  /// An id that no other namespace has.
  static func newID() -> String {
    var random = SystemRandomNumberGenerator()
    return hexadecimal((0..<(idLength / 2)).map { _ in UInt8.random(in: .min ... .max, using: &random) })
  }

  /// Tells whether a text has the form of an id.
  static func isID(_ text: String) -> Bool { isHexadecimal(text, count: idLength...idLength) }
}
