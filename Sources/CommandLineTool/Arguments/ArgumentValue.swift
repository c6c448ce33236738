internal import ArgumentParser

/// A value that can be parsed from the text of an option or operand.
protocol ArgumentValue: ExpressibleByArgument {
  /// The accepted values, as in `--color takes auto, always or never`.
  static var expected: String { get }

  /// Returns the error message for an invalid text.
  ///
  /// `name`: The option with its dashes, or the operand in capitals.
  static func refusal(of text: String, by name: String) -> String
}

extension ArgumentValue {
  static func refusal(of text: String, by name: String) -> String {
    "\(name) must be \(expected), not '\(text)'"
  }
}

extension ArgumentValue where Self: CaseIterable & RawRepresentable, RawValue == String {
  static var expected: String {
    let words = allCases.map(\.rawValue)
    return words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
  }
}

extension String: ArgumentValue {
  static var expected: String { "a text" }
}

extension Int: ArgumentValue {
  static var expected: String { "a whole number" }
}

extension UInt16: ArgumentValue {
  static var expected: String { "a number from 0 to 65535" }
}
