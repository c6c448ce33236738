/// A field of a structure, or the element of an array.
struct FieldType: Hashable, Sendable {
  var storage: ValueType
  var isMutable: Bool
}

/// The shape of a defined type (specification 2.3.8).
enum CompositeType: Hashable, Sendable {
  case function(parameters: [ValueType], results: [ValueType])
  case structure([FieldType])
  case array(FieldType)
}

/// A defined type with its place in the subtype hierarchy (specification 2.3.9).
struct SubType: Hashable, Sendable {
  var isFinal = true
  var supertype: UInt32?
  var composite: CompositeType
}

/// Types that are defined together and may refer to each other.
struct RecursionGroup: Hashable, Sendable {
  var types: [SubType]
  /// Whether the group was written with the `rec` prefix.
  var isExplicit: Bool
}

extension ByteReader {
  /// Reads a recursion group (specification 5.3.10).
  mutating func recursionGroup() throws(ValidationError) -> RecursionGroup {
    guard try peek() == 0x4e else {
      return RecursionGroup(types: [try subType()], isExplicit: false)
    }
    try skip(1)
    let count = try count(upTo: Limit.types, "recursion group types")
    var types: [SubType] = []
    for _ in 0..<count { types.append(try subType()) }
    return RecursionGroup(types: types, isExplicit: true)
  }

  /// Reads a type with its optional supertype (specification 5.3.9).
  mutating func subType() throws(ValidationError) -> SubType {
    let code = try byte()
    guard code == 0x50 || code == 0x4f else {
      return SubType(composite: try compositeType(code))
    }
    let count = try count(upTo: Limit.supertypes, "supertype")
    var supertype: UInt32?
    if count == 1 { supertype = try u32() }
    return SubType(isFinal: code == 0x4f, supertype: supertype, composite: try compositeType(try byte()))
  }

  private mutating func compositeType(_ code: UInt8) throws(ValidationError) -> CompositeType {
    switch code {
    case 0x60:
      let parameters = try valueTypes(upTo: Limit.functionParameters, "function parameter")
      let results = try valueTypes(upTo: Limit.functionResults, "function result")
      return .function(parameters: parameters, results: results)
    case 0x5f:
      let count = try count(upTo: Limit.structFields, "struct field")
      var fields: [FieldType] = []
      for _ in 0..<count { fields.append(try fieldType()) }
      return .structure(fields)
    case 0x5e:
      return .array(try fieldType())
    default:
      throw unexpected(code, "type")
    }
  }

  private mutating func valueTypes(
    upTo limit: Int, _ subject: String
  ) throws(ValidationError) -> [ValueType] {
    let count = try count(upTo: limit, subject)
    var types: [ValueType] = []
    for _ in 0..<count { types.append(try valueType()) }
    return types
  }

  private mutating func fieldType() throws(ValidationError) -> FieldType {
    let storage = try storageType()
    let mutability = try byte()
    guard mutability <= 1 else { throw malformed("malformed mutability", at: offset &- 1) }
    return FieldType(storage: storage, isMutable: mutability == 1)
  }
}
