/// Types that are defined together and may refer to each other (specification 2.3.9), in flat form: a group can have a
/// million members with fields, and one array per member would use most of the memory of a validation.
///
/// After reading, its references are indices of the module's type section; `resolve` makes them canonical.
struct RecursionGroup: Hashable, Sendable {
  var types: [CoreType] = []
  /// The parameters, results and fields of all types in order; mutable fields have `ValueType.markBit`.
  var words: [UInt32] = []

  /// The parameters and results, or fields, of a type of the group.
  func words(of type: CoreType) -> ArraySlice<UInt32> {
    let start = Int(type.start)
    return words[start..<start + Int(type.parameterCount) + Int(type.resultCount)]
  }
}

extension ByteReader {
  /// Reads a recursion group (specification 5.3.10).
  mutating func recursionGroup() throws(ValidationError) -> RecursionGroup {
    var group = RecursionGroup()
    guard try peek() == 0x4e else {
      try readSubType(into: &group)
      return group
    }
    try skip(1)
    noteEncoding(of: .gc)
    let count = try count(upTo: Limit.types, "recursion group types")
    for _ in 0..<count { try readSubType(into: &group) }
    return group
  }

  /// Reads a type with its optional supertype (specification 5.3.9).
  private mutating func readSubType(into group: inout RecursionGroup) throws(ValidationError) {
    var type = CoreType(start: UInt32(truncatingIfNeeded: group.words.count))
    var code = try byte()
    if code == 0x50 || code == 0x4f {
      noteEncoding(of: .gc)
      type.isFinal = code == 0x4f
      if try count(upTo: Limit.supertypes, "supertype") == 1 {
        let start = offset
        type.supertype = try u32()
        guard type.supertype != CoreType.noSupertype else {
          throw ValidationError(
            .invalid, at: start, "unknown type \(type.supertype): type index out of bounds")
        }
      }
      code = try byte()
    }
    try readCompositeType(code, &type, into: &group.words)
    group.types.append(type)
  }

  private mutating func readCompositeType(
    _ code: UInt8, _ type: inout CoreType, into words: inout [UInt32]
  ) throws(ValidationError) {
    switch code {
    case 0x60:
      type.parameterCount = try readValueTypes(
        upTo: Limit.functionParameters, "function parameter", into: &words)
      type.resultCount = try readValueTypes(upTo: Limit.functionResults, "function result", into: &words)
    case 0x5f:
      type.kind = .structure
      let count = try count(upTo: Limit.structFields, "struct field")
      for _ in 0..<count { words.append(try fieldType(of: &type)) }
      type.parameterCount = UInt16(truncatingIfNeeded: count)
    case 0x5e:
      type.kind = .array
      words.append(try fieldType(of: &type))
      type.parameterCount = 1
    default:
      // A form is a signed 7-bit integer, in one byte.
      throw unexpected(code, code < 0x80 ? "type" : "type: integer representation too long")
    }
  }

  /// Reads value types and returns their number.
  private mutating func readValueTypes(
    upTo limit: Int, _ subject: String, into words: inout [UInt32]
  ) throws(ValidationError) -> UInt16 {
    let count = try count(upTo: limit, subject)
    for _ in 0..<count { words.append(try valueType().bits) }
    return UInt16(truncatingIfNeeded: count)
  }

  /// Reads the type of a field with its mutability (specification 5.3.8).
  private mutating func fieldType(of type: inout CoreType) throws(ValidationError) -> UInt32 {
    let storage = try storageType()
    if !storage.isDefaultable { type.isDefaultable = false }
    let mutability = try byte()
    guard mutability <= 1 else { throw malformed("malformed mutability", at: offset &- 1) }
    return storage.bits | (mutability == 1 ? ValueType.markBit : 0)
  }
}
