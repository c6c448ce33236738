/// The element and data sections.
extension CoreModule {
  /// Reads an element segment: bit 0 of the flags means passive or declarative, bit 1 an explicit table index (or
  /// declarative), bit 2 that the elements are expressions (specification 5.5.12).
  mutating func readElementSegment(_ reader: inout ByteReader, types: CoreTypes) throws(ValidationError) {
    let offset = reader.offset
    let flags = try reader.u32()
    guard flags <= 7 else { throw reader.malformed("malformed element segment kind", at: offset) }
    // Before passive segments existed, the number was the index of a table.
    if flags != 0 { try features.require(.bulkMemory, at: offset) }
    let isActive = flags & 0b001 == 0
    let hasExpressions = flags & 0b100 != 0
    var table: TableType?
    if isActive {
      let index = flags & 0b010 != 0 ? try reader.u32() : 0
      guard Int(index) < tables.count else { throw unknown("table", index, at: offset) }
      let type = tables[Int(index)]
      try readConstantExpression(&reader, giving: type.limits.is64Bit ? .i64 : .i32, types: types)
      table = type
    }
    let element = try readElementType(&reader, hasExpressions: hasExpressions, isGiven: flags & 0b011 != 0)
    if let table, !types.matches(element, table.element) {
      throw ValidationError(
        .invalid, at: offset,
        "type mismatch: invalid element type `\(describe(element))` for table type `\(describe(table.element))`"
      )
    }
    try readElements(&reader, giving: hasExpressions ? element : nil, types: types)
    elementSegments.append(element)
  }

  private mutating func readElementType(
    _ reader: inout ByteReader, hasExpressions: Bool, isGiven: Bool
  ) throws(ValidationError) -> ValueType {
    let offset = reader.offset
    if hasExpressions {
      return try resolve(isGiven ? try reader.referenceType() : .functionReference, at: offset)
    }
    if isGiven {
      let kind = try reader.byte()
      guard kind == 0 else { throw reader.malformed("malformed element kind", at: offset) }
    }
    return .reference(.function, nullable: false)
  }

  /// Reads the elements of a segment: typed expressions, or function indices.
  private mutating func readElements(
    _ reader: inout ByteReader, giving type: ValueType?, types: CoreTypes
  ) throws(ValidationError) {
    let count = try reader.count(upTo: Limit.segmentElements, "element")
    for _ in 0..<count {
      if let type {
        try readConstantExpression(&reader, giving: type, types: types)
        continue
      }
      let offset = reader.offset
      let index = try reader.u32()
      guard Int(index) < functions.count else { throw unknown("function", index, at: offset) }
      functions[Int(index)] |= CoreModule.declaredBit
    }
  }

  /// Reads the data count section.
  mutating func readDataCount(_ reader: inout ByteReader) throws(ValidationError) {
    let offset = reader.offset
    let count = Int(try reader.u32())
    try checkLimit(of: .data, count: count, at: offset)
    try features.require(.bulkMemory, at: offset)
    setDataCount(count)
  }

  /// Reads a data segment up to its bytes and returns their number (specification 5.5.14).
  mutating func readDataSegment(
    _ reader: inout ByteReader, types: CoreTypes
  ) throws(ValidationError) -> Int {
    let offset = reader.offset
    let flags = try reader.u32()
    guard flags <= 2 else { throw reader.malformed("malformed data segment kind", at: offset) }
    // Before passive segments existed, the number was the index of a memory.
    if flags != 0 { try features.require(.bulkMemory, at: offset) }
    if flags != 1 {
      let index = flags == 2 ? try reader.u32() : 0
      guard Int(index) < memories.count else { throw unknown("memory", index, at: offset) }
      let addressType: ValueType = memories[Int(index)].limits.is64Bit ? .i64 : .i32
      try readConstantExpression(&reader, giving: addressType, types: types)
    }
    return Int(try reader.u32())
  }
}
