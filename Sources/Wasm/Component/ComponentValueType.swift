/// A primitive value type of the component model, by its code.
public enum PrimitiveType: UInt8, CaseIterable, Sendable {
  /// True or false.
  case bool = 0x7f
  /// A signed 8-bit integer.
  case s8 = 0x7e
  /// An unsigned 8-bit integer.
  case u8 = 0x7d
  /// A signed 16-bit integer.
  case s16 = 0x7c
  /// An unsigned 16-bit integer.
  case u16 = 0x7b
  /// A signed 32-bit integer.
  case s32 = 0x7a
  /// An unsigned 32-bit integer.
  case u32 = 0x79
  /// A signed 64-bit integer.
  case s64 = 0x78
  /// An unsigned 64-bit integer.
  case u64 = 0x77
  /// A 32-bit floating-point number.
  case f32 = 0x76
  /// A 64-bit floating-point number.
  case f64 = 0x75
  /// A Unicode scalar value.
  case char = 0x74
  /// A sequence of Unicode scalar values.
  case string = 0x73
  /// The context of an error.
  case errorContext = 0x64
}

/// A value type: a primitive, or a defined type by its index.
enum ComponentValueType: Hashable, Sendable {
  case primitive(PrimitiveType)
  case defined(UInt32)
}

/// A name with its type: a record's field or a function's parameter.
struct NamedValueType: Hashable, Sendable {
  var name: String
  var type: ComponentValueType
}

/// A case of a variant.
struct VariantCase: Hashable, Sendable {
  var name: String
  var type: ComponentValueType?
}

/// A value type that a component defines.
enum DefinedValueType: Hashable, Sendable {
  case primitive(PrimitiveType)
  case record([NamedValueType])
  case variant([VariantCase])
  case list(ComponentValueType)
  case fixedLengthList(ComponentValueType, UInt32)
  case map(ComponentValueType, ComponentValueType)
  case tuple([ComponentValueType])
  case flags([String])
  case enumeration([String])
  case option(ComponentValueType)
  case result(ok: ComponentValueType?, error: ComponentValueType?)
  case own(UInt32)
  case borrow(UInt32)
  case future(ComponentValueType?)
  case stream(ComponentValueType?)
}

extension ByteReader {
  /// Reads a value type.
  mutating func componentValueType() throws(ValidationError) -> ComponentValueType {
    let start = offset
    if let primitive = PrimitiveType(rawValue: try peek()) {
      try skip(1)
      return .primitive(primitive)
    }
    let index = try s33()
    guard 0...Int64(UInt32.max) ~= index else { throw malformed("malformed component value type", at: start) }
    return .defined(UInt32(index))
  }

  /// Reads an optional value type.
  mutating func optionalValueType() throws(ValidationError) -> ComponentValueType? {
    guard try boolean("optional component value type") else { return nil }
    return try componentValueType()
  }

  /// Reads the rest of a defined value type whose first byte is `code`.
  mutating func definedValueType(_ code: UInt8) throws(ValidationError) -> DefinedValueType {
    if let primitive = PrimitiveType(rawValue: code) { return .primitive(primitive) }
    switch code {
    case 0x72: return .record(try namedValueTypes(upTo: Limit.recordFields, "record field"))
    case 0x71: return .variant(try variantCases())
    case 0x70: return .list(try componentValueType())
    case 0x6f: return .tuple(try tupleTypes())
    case 0x6e: return .flags(try names(upTo: Limit.flagNames, "flag name"))
    case 0x6d: return .enumeration(try names(upTo: Limit.enumCases, "enum case"))
    case 0x6b: return .option(try componentValueType())
    case 0x6a: return .result(ok: try optionalValueType(), error: try optionalValueType())
    case 0x69: return .own(try u32())
    case 0x68: return .borrow(try u32())
    case 0x67: return .fixedLengthList(try componentValueType(), try u32())
    case 0x66: return .stream(try optionalValueType())
    case 0x65: return .future(try optionalValueType())
    case 0x63: return .map(try componentValueType(), try componentValueType())
    default: throw unexpected(code, "component defined type")
    }
  }

  /// Reads a list of names with types.
  mutating func namedValueTypes(
    upTo limit: Int, _ subject: String
  ) throws(ValidationError) -> [NamedValueType] {
    var types: [NamedValueType] = []
    for _ in 0..<(try count(upTo: limit, subject)) {
      types.append(NamedValueType(name: try name(), type: try componentValueType()))
    }
    return types
  }

  private mutating func variantCases() throws(ValidationError) -> [VariantCase] {
    var cases: [VariantCase] = []
    for _ in 0..<(try count(upTo: Limit.variantCases, "variant case")) {
      cases.append(VariantCase(name: try name(), type: try optionalValueType()))
      let refines = try byte()
      guard refines == 0 else { throw unexpected(refines, "zero byte required") }
    }
    return cases
  }

  private mutating func tupleTypes() throws(ValidationError) -> [ComponentValueType] {
    var types: [ComponentValueType] = []
    for _ in 0..<(try count(upTo: Limit.tupleTypes, "tuple type")) { types.append(try componentValueType()) }
    return types
  }

  private mutating func names(upTo limit: Int, _ subject: String) throws(ValidationError) -> [String] {
    var names: [String] = []
    for _ in 0..<(try count(upTo: limit, subject)) { names.append(try name()) }
    return names
  }
}
