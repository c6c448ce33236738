/// A value type of a core module.
public enum CoreValueTypeDescription: Hashable, Sendable {
  /// A 32-bit integer.
  case i32
  /// A 64-bit integer.
  case i64
  /// A 32-bit floating-point number.
  case f32
  /// A 64-bit floating-point number.
  case f64
  /// A 128-bit vector.
  case v128
  /// A reference to a value of a heap type, which may be null if `isNullable`.
  case reference(HeapTypeDescription, isNullable: Bool)
}

/// A heap type.
public enum HeapTypeDescription: Hashable, Sendable {
  /// A type of the specification.
  case abstract(AbstractHeapType)
  /// A type that the module defines.
  case defined(DefinedTypeHash)
}

/// A defined type of a core module, by a hash of its structure that does not depend on the module: two equal hashes are
/// two equal types (Documentation/formats.md, "Description of a module").
public struct DefinedTypeHash: Hashable, Sendable {
  /// The hash.
  public var value: UInt64

  /// Makes the hash of a type from its number.
  public init(_ value: UInt64) { self.value = value }
}

extension CoreValueTypeDescription {
  /// The type in the text format, in the short form if there is one: `i32`, `funcref`, `(ref any)`, `(ref null
  /// $0123456789abcdef)`.
  public var text: String {
    switch self {
    case .i32: "i32"
    case .i64: "i64"
    case .f32: "f32"
    case .f64: "f64"
    case .v128: "v128"
    case .reference(.abstract(let heap), isNullable: true): heap.nullableKeyword
    case .reference(.abstract(let heap), isNullable: false): "(ref \(heap.keyword))"
    case .reference(.defined(let hash), let isNullable): "(ref \(isNullable ? "null " : "")\(hash.text))"
    }
  }

  /// Parses a type of one word, such as `i32` or `funcref`; nil if it is none.
  init?(word: String) {
    switch word {
    case "i32": self = .i32
    case "i64": self = .i64
    case "f32": self = .f32
    case "f64": self = .f64
    case "v128": self = .v128
    default:
      guard let heap = AbstractHeapType.allCases.first(where: { $0.nullableKeyword == word }) else {
        return nil
      }
      self = .reference(.abstract(heap), isNullable: true)
    }
  }
}

extension HeapTypeDescription {
  /// Parses a heap type, such as `func` or `$0123456789abcdef`; nil if it is none.
  init?(word: String) {
    if let heap = AbstractHeapType.allCases.first(where: { $0.keyword == word }) {
      self = .abstract(heap)
    } else if let hash = DefinedTypeHash(word: word) {
      self = .defined(hash)
    } else {
      return nil
    }
  }
}

extension DefinedTypeHash {
  /// The name in the text format: `$` and sixteen hexadecimal digits.
  public var text: String {
    let digits = String(value, radix: 16)
    return "$" + String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// Parses a name in the form of `text`; nil if it has another form.
  init?(word: String) {
    guard let value = UInt64(word.dropFirst(), radix: 16), DefinedTypeHash(value).text == word else {
      return nil
    }
    self.init(value)
  }
}
