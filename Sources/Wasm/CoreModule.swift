/// What is known of the core module that is being read: the state that each entry of its sections is checked
/// against and extends.
struct CoreModule {
  private var lastRank = 0
  private var definedFunctions: Int?
  private var bodies: Int?
  private var dataCount: Int?
  private var dataSegments: Int?
  /// The number of imports read so far; one entry of a compact import section may hold many.
  private var imports = 0

  /// Notes the beginning of a section and checks its place.
  mutating func open(_ section: CoreSection, at offset: Int) throws(ValidationError) {
    guard section != .custom else { return }
    guard section.rank > lastRank else {
      throw ValidationError(
        .malformed, at: offset, "unexpected content after last section: section out of order")
    }
    lastRank = section.rank
  }

  /// Notes how many entries a section announces.
  mutating func announce(_ count: Int, in section: CoreSection, at offset: Int) throws(ValidationError) {
    let limit = section.limit
    guard count <= limit.count else {
      throw ValidationError(
        .limit, at: offset, "\(limit.subject) count of \(count) exceeds the limit of \(limit.count)")
    }
    switch section {
    case .function: definedFunctions = count
    case .code:
      bodies = count
      try checkBodies(at: offset)
    case .data:
      dataSegments = count
      try checkDataCount(at: offset)
    default: break
    }
  }

  /// Reads one entry of a section, without the bytes of data that may follow it, whose number it gives.
  mutating func readEntry(
    of section: CoreSection, from reader: inout ByteReader
  ) throws(ValidationError) -> Int {
    switch section {
    case .type: _ = try reader.recursionGroup()
    case .import: try readImports(&reader)
    case .function: _ = try reader.u32()
    case .table: try readTable(&reader)
    case .memory: _ = try reader.memoryType()
    case .tag: _ = try reader.tagType()
    case .global:
      _ = try reader.globalType()
      try reader.skipConstantExpression()
    case .export: try readExport(&reader)
    case .start: _ = try reader.u32()
    case .element: try readElementSegment(&reader)
    case .dataCount: try readDataCount(&reader)
    case .data: return try readDataSegment(&reader)
    case .code, .custom: break
    }
    return 0
  }

  /// Checks a function body, given whole.
  mutating func readBody(_ body: consuming ByteReader) throws(ValidationError) {
    var locals: UInt64 = 0
    let groups = try body.u32()
    for _ in 0..<groups {
      let start = body.offset
      locals += UInt64(try body.u32())
      guard locals <= Limit.functionLocals else {
        throw ValidationError(
          .limit, at: start, "too many locals: locals exceed maximum of \(Limit.functionLocals)")
      }
      _ = try body.valueType()
    }
  }

  /// Checks what only the module's end shows.
  func finish(at offset: Int) throws(ValidationError) {
    try checkBodies(at: offset)
    try checkDataCount(at: offset)
  }

  private func checkBodies(at offset: Int) throws(ValidationError) {
    guard (definedFunctions ?? 0) == (bodies ?? 0) else {
      throw ValidationError(.malformed, at: offset, "function and code section have inconsistent lengths")
    }
  }

  private func checkDataCount(at offset: Int) throws(ValidationError) {
    guard let dataCount, dataCount != dataSegments ?? 0 else { return }
    throw ValidationError(.malformed, at: offset, "data count and data section have inconsistent lengths")
  }
}

extension CoreModule {
  private mutating func readImports(_ reader: inout ByteReader) throws(ValidationError) {
    let start = reader.offset
    _ = try reader.nameBytes()
    let name = try reader.nameBytes()
    let form = try reader.peek()
    var count = 1
    if name.isAtEnd && (form == 0x7e || form == 0x7f) {
      try reader.skip(1)
      count = try readCompactImports(&reader, sharesType: form == 0x7e)
    } else {
      _ = try reader.importType()
    }
    imports += count
    guard imports <= Limit.imports else {
      throw ValidationError(.limit, at: start, "import count exceeds the limit of \(Limit.imports)")
    }
  }

  /// Reads imports that share a module name, and possibly a type (proposal compact-import-section).
  private mutating func readCompactImports(
    _ reader: inout ByteReader, sharesType: Bool
  ) throws(ValidationError) -> Int {
    if sharesType { _ = try reader.importType() }
    let count = try reader.count(upTo: Limit.imports, "import")
    for _ in 0..<count {
      _ = try reader.nameBytes()
      if !sharesType { _ = try reader.importType() }
    }
    return count
  }

  private mutating func readTable(_ reader: inout ByteReader) throws(ValidationError) {
    guard try reader.peek() == 0x40 else {
      _ = try reader.tableType()
      return
    }
    try reader.skip(1)
    guard try reader.byte() == 0 else { throw reader.malformed("malformed table", at: reader.offset &- 1) }
    _ = try reader.tableType()
    try reader.skipConstantExpression()
  }

  private mutating func readExport(_ reader: inout ByteReader) throws(ValidationError) {
    _ = try reader.nameBytes()
    _ = try reader.externKind("export")
    _ = try reader.u32()
  }

  /// Reads an element segment: bit 0 of the flags says passive or declarative, bit 1 that a table index is given (or
  /// declarative), bit 2 that the elements are expressions (specification 5.5.12).
  private mutating func readElementSegment(_ reader: inout ByteReader) throws(ValidationError) {
    let start = reader.offset
    let flags = try reader.u32()
    guard flags <= 7 else { throw reader.malformed("malformed element segment kind", at: start) }
    if flags & 0b001 == 0 {
      if flags & 0b010 != 0 { _ = try reader.u32() }
      try reader.skipConstantExpression()
    }
    let hasExpressions = flags & 0b100 != 0
    if flags & 0b011 != 0 {
      if hasExpressions {
        _ = try reader.referenceType()
      } else {
        let kind = try reader.byte()
        guard kind == 0 else { throw reader.malformed("malformed element kind", at: reader.offset &- 1) }
      }
    }
    let count = try reader.count(upTo: Limit.tableElements, "element")
    for _ in 0..<count {
      if hasExpressions { try reader.skipConstantExpression() } else { _ = try reader.u32() }
    }
  }

  private mutating func readDataCount(_ reader: inout ByteReader) throws(ValidationError) {
    let start = reader.offset
    let count = Int(try reader.u32())
    guard count <= Limit.dataSegments else {
      throw ValidationError(
        .limit, at: start, "data segment count of \(count) exceeds the limit of \(Limit.dataSegments)")
    }
    dataCount = count
  }

  /// Reads a data segment up to its bytes and gives their number (specification 5.5.14).
  private mutating func readDataSegment(_ reader: inout ByteReader) throws(ValidationError) -> Int {
    let start = reader.offset
    let flags = try reader.u32()
    guard flags <= 2 else { throw reader.malformed("malformed data segment kind", at: start) }
    if flags == 2 { _ = try reader.u32() }
    if flags != 1 { try reader.skipConstantExpression() }
    return Int(try reader.u32())
  }
}
