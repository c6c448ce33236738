/// Tables and element segments.
extension FunctionValidator {
  func table(_ index: UInt32) throws(ValidationError) -> TableType {
    guard Int(index) < view.tables.count else {
      throw invalid("unknown table \(index): table index out of bounds")
    }
    return view.tables[Int(index)]
  }

  /// Reads the index of a table, and returns its type. Before there were several tables, it was a zero byte.
  mutating func readTable() throws(ValidationError) -> TableType {
    let index = try reader.index(insteadOfZeroBy: .referenceTypes)
    try requireEncodings()
    return try table(index)
  }

  func elementSegment(_ index: UInt32) throws(ValidationError) -> ValueType {
    guard Int(index) < view.elementSegments.count else {
      throw invalid("unknown elem segment \(index): segment index out of bounds")
    }
    return view.elementSegments[Int(index)]
  }

  mutating func checkTableAccess(_ opcode: UInt8) throws(ValidationError) {
    try require(.referenceTypes)
    let table = try table(try reader.u32())
    if opcode == Opcode.tableSet { try pop(table.element) }
    try pop(table.addressType)
    if opcode == Opcode.tableGet { try push(table.element) }
  }

  /// `table.init`, `elem.drop` and `table.copy`.
  mutating func checkBulkTable(_ code: UInt32) throws(ValidationError) {
    try require(.bulkMemory)
    switch code {
    case MiscellaneousOpcode.tableInit:
      let segment = try reader.u32()
      let table = try readTable()
      try checkElement(try elementSegment(segment), fits: table.element)
      try pop(.i32)
      try pop(.i32)
      try pop(table.addressType)
    case MiscellaneousOpcode.elemDrop: _ = try elementSegment(try reader.u32())
    default:
      let target = try readTable()
      let source = try readTable()
      try checkElement(source.element, fits: target.element)
      try pop(source.limits.is64Bit ? target.addressType : .i32)
      try pop(source.addressType)
      try pop(target.addressType)
    }
  }

  func checkElement(_ element: ValueType, fits expected: ValueType) throws(ValidationError) {
    guard view.types.matches(element, expected) else {
      throw mismatch("expected \(describe(expected)), found \(describe(element))")
    }
  }

  /// `table.grow`, `table.size` and `table.fill`.
  mutating func checkTableSize(_ code: UInt32) throws(ValidationError) {
    try require(.referenceTypes)
    let table = try table(try reader.u32())
    switch code {
    case MiscellaneousOpcode.tableGrow:
      try pop(table.addressType)
      try pop(table.element)
      try push(table.addressType)
    case MiscellaneousOpcode.tableSize: try push(table.addressType)
    default:
      try pop(table.addressType)
      try pop(table.element)
      try pop(table.addressType)
    }
  }
}

extension TableType {
  /// The type of the table's indices.
  var addressType: ValueType { limits.is64Bit ? .i64 : .i32 }
}
