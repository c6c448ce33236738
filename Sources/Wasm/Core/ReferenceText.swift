/// The short forms of nullable references to abstract heap types in the text format.
enum ReferenceText {
  private static let shortForms = [
    "func": "funcref", "extern": "externref", "any": "anyref", "eq": "eqref", "i31": "i31ref",
    "struct": "structref", "array": "arrayref", "exn": "exnref", "none": "nullref", "nofunc": "nullfuncref",
    "noextern": "nullexternref", "noexn": "nullexnref",
  ]

  /// The type of nullable references to a heap type.
  static func nullable(to target: String) -> String { shortForms[target] ?? "(ref null \(target))" }

  /// Whether a word is the short form of a reference type.
  static func isShort(_ word: String) -> Bool { shortForms.values.contains(word) }
}
