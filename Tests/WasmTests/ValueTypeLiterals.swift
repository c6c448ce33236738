@testable public import Wasm

extension ValueTypeDescription: ExpressibleByStringInterpolation {
  /// Makes a type from its text; a misspelled text in a test becomes an odd type.
  public init(stringLiteral text: String) {
    if case .global(let type, _) = ExternalType(parsing: "(global \(text))") {
      self = .core(type)
    } else if case .type(let definition) = ExternalType(parsing: "type \(text)", in: .component) {
      self = definition
    } else {
      self = .cut("no type: \(text)")
    }
  }
}

extension CoreValueTypeDescription: ExpressibleByStringLiteral {
  /// Makes a type from its text; a misspelled text in a test becomes an odd type.
  public init(stringLiteral text: String) {
    if case .core(let type) = ValueTypeDescription(stringLiteral: text) {
      self = type
    } else {
      self = .reference(.defined(DefinedTypeHash(0xbad)), isNullable: false)
    }
  }
}

extension DefinedTypeHash: ExpressibleByStringLiteral {
  /// Makes the hash of a type from its name; a misspelled name in a test becomes an odd hash.
  public init(stringLiteral text: String) { self = DefinedTypeHash(word: text) ?? DefinedTypeHash(0xbad) }
}
