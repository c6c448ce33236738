/// The entries of a module's sections, except segments.
extension CoreModule {
  /// Reads one entry of a section, without the data bytes that may follow it, and returns their number.
  mutating func readEntry(
    of section: CoreSection, from reader: inout ByteReader, types: inout CoreTypes
  ) throws(ValidationError) -> Int {
    let offset = reader.offset
    let payload = try readEntryOnly(of: section, from: &reader, types: &types)
    try features.require(reader.takeEncodings(), at: offset)
    return payload
  }

  private mutating func readEntryOnly(
    of section: CoreSection, from reader: inout ByteReader, types: inout CoreTypes
  ) throws(ValidationError) -> Int {
    switch section {
    case .type: try readTypes(&reader, types: &types)
    case .import: try readImports(&reader, types: types)
    case .function: try readFunction(&reader, types: types)
    case .table: try readTable(&reader, types: types)
    case .memory: try readMemory(&reader)
    case .tag: try readTag(&reader, types: types)
    case .global: try readGlobal(&reader, types: types)
    case .export: try readExport(&reader, types: types)
    case .start: try readStart(&reader, types: types)
    case .element: try readElementSegment(&reader, types: types)
    case .dataCount: try readDataCount(&reader)
    case .data: return try readDataSegment(&reader, types: types)
    case .code, .custom: break
    }
    return 0
  }

  private mutating func readFunction(_ reader: inout ByteReader, types: CoreTypes) throws(ValidationError) {
    let offset = reader.offset
    functions.append(try functionTypeID(try reader.u32(), types: types, at: offset))
  }

  private mutating func readMemory(_ reader: inout ByteReader) throws(ValidationError) {
    let offset = reader.offset
    let type = try reader.memoryType(allowing: features.allowed)
    try checkMemory(type, at: offset)
    memories.append(type)
    if memories.count > 1 { features.note(.multiMemory) }
  }

  private mutating func readTag(_ reader: inout ByteReader, types: CoreTypes) throws(ValidationError) {
    let offset = reader.offset
    tags.append(try checkTag(try reader.tagType(), types: types, at: offset))
  }

  private mutating func readTable(_ reader: inout ByteReader, types: CoreTypes) throws(ValidationError) {
    let offset = reader.offset
    let hasInitializer = try reader.peek() == 0x40
    if hasInitializer {
      try reader.skip(1)
      guard try reader.byte() == 0 else { throw reader.malformed("malformed table", at: reader.offset &- 1) }
    }
    let type = try checkTable(try reader.tableType(allowing: features.allowed), at: offset)
    if hasInitializer {
      try features.require(.functionReferences, at: offset)
      try readConstantExpression(&reader, giving: type.element, types: types)
    } else if !type.element.isDefaultable {
      throw ValidationError(.invalid, at: offset, "type mismatch: non-defaultable element type")
    }
    tables.append(type)
    if tables.count > 1 { features.note(.referenceTypes) }
  }

  private mutating func readGlobal(_ reader: inout ByteReader, types: CoreTypes) throws(ValidationError) {
    let offset = reader.offset
    let type = try reader.globalType()
    let value = try resolve(type.value, at: offset)
    try readConstantExpression(&reader, giving: value, types: types)
    globals.append(value.bits | (type.isMutable ? ValueType.markBit : 0))
  }

  private mutating func readStart(_ reader: inout ByteReader, types: CoreTypes) throws(ValidationError) {
    let offset = reader.offset
    let index = try reader.u32()
    guard Int(index) < functions.count else { throw unknown("function", index, at: offset) }
    let type = types.types[Int(functions[Int(index)] & ~CoreModule.declaredBit)]
    guard type.parameterCount == 0 && type.resultCount == 0 else {
      throw ValidationError(
        .invalid, at: offset, "invalid start function type: start function must be [] -> []")
    }
    start = index
  }

  private mutating func readExport(_ reader: inout ByteReader, types: CoreTypes) throws(ValidationError) {
    let offset = reader.offset
    let name = try reader.nameBytes()
    let kind = try reader.externKind("export")
    let index = try reader.u32()
    let type = try exportedType(kind, index, at: offset)
    if case .global(let global) = type, global.isMutable { try features.require(.mutableGlobal, at: offset) }
    try addTypeSize(size(of: type, types: types), at: offset)
    guard exportNames.insert(name.bytes) != nil else {
      throw ValidationError(
        .invalid, at: offset, "duplicate export name `\(name.text.quotedName)` already defined")
    }
    exports.append(CoreExport(name: name.text, index: index, type: type))
  }

  private mutating func exportedType(
    _ kind: ExternKind, _ index: UInt32, at offset: Int
  ) throws(ValidationError) -> CoreExternType {
    let place = Int(index)
    switch kind {
    case .function:
      guard place < functions.count else { throw unknown("function", index, at: offset) }
      functions[place] |= CoreModule.declaredBit
      return .function(functions[place] & ~CoreModule.declaredBit)
    case .table:
      guard place < tables.count else { throw unknown("table", index, at: offset) }
      return .table(tables[place])
    case .memory:
      guard place < memories.count else { throw unknown("memory", index, at: offset) }
      return .memory(memories[place])
    case .global:
      guard place < globals.count else { throw unknown("global", index, at: offset) }
      let word = globals[place]
      return .global(
        GlobalType(
          value: ValueType(bits: word & ~ValueType.markBit), isMutable: word & ValueType.markBit != 0))
    case .tag:
      guard place < tags.count else { throw unknown("tag", index, at: offset) }
      return .tag(tags[place])
    }
  }

  /// The export name of a function, the first if there are several.
  func exportedName(ofFunction index: Int) -> String? {
    exports.first { export in
      if case .function = export.type { Int(export.index) == index } else { false }
    }?.name
  }

  /// The size that an import or export adds to the effective type size.
  func size(of type: CoreExternType, types: CoreTypes) -> Int {
    switch type {
    case .function(let id), .tag(let id): types.types[Int(id)].size
    case .table, .memory, .global: 1
    }
  }

  /// The error for an index without an item.
  func unknown(_ kind: String, _ index: UInt32, at offset: Int) -> ValidationError {
    ValidationError(.invalid, at: offset, "unknown \(kind) \(index): \(kind) index out of bounds")
  }
}
