/// Makes unique names (NUID): 22 letters and digits.
package enum NUID {
  private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// Returns a new name.
  package static func next() -> String {
    var generator = SystemRandomNumberGenerator()
    return String(
      decoding: (0..<22).map { _ in digits[Int.random(in: 0..<62, using: &generator)] }, as: UTF8.self)
  }
}
