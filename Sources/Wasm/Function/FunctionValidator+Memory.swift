/// Memories and data segments.
extension FunctionValidator {
  /// The address type of a memory.
  func memory(_ index: UInt32) throws(ValidationError) -> ValueType {
    guard Int(index) < view.memories.count else { throw invalid("unknown memory \(index)") }
    return ValueType(bits: view.memories[Int(index)])
  }

  /// Reads alignment, memory and offset of an access (specification 5.4.6), and returns the address type.
  mutating func readMemoryArgument(
    upTo natural: UInt32, isExact: Bool = false
  ) throws(ValidationError) -> ValueType {
    let allowsMany = allowedFeatures & Features.multiMemory.rawValue != 0
    var alignment = try reader.u32()
    var index: UInt32 = 0
    if allowsMany && alignment & 0x40 != 0 {
      alignment ^= 0x40
      index = try reader.u32()
      usedFeatures |= Features.multiMemory.rawValue
    }
    guard alignment < (allowsMany ? 64 : 32) else {
      throw malformed("malformed memop flags: alignment too large")
    }
    let displacement = try reader.addressSize(allowing: Features(rawValue: allowedFeatures))
    if isExact && alignment != natural {
      throw invalid(
        alignment > natural
          ? "invalid memop alignment: alignment must not be larger than natural"
          : "atomic instructions must always specify maximum alignment")
    }
    let address = try memory(index)
    guard alignment <= natural else {
      throw invalid("invalid memop alignment: alignment must not be larger than natural")
    }
    guard address == .i64 || displacement <= UInt64(UInt32.max) else {
      throw invalid("offset out of range: must be <= 2**32")
    }
    return address
  }

  /// Reads the index of a memory, and returns its address type. Before there were several memories, it was a zero byte.
  private mutating func readMemory() throws(ValidationError) -> ValueType {
    let index = try reader.index(insteadOfZeroBy: .multiMemory)
    try requireEncodings()
    return try memory(index)
  }

  mutating func checkMemorySize(_ opcode: UInt8) throws(ValidationError) {
    let address = try readMemory()
    if opcode == Opcode.memoryGrow { try pop(address) }
    try push(address)
  }

  mutating func checkBulkMemory(_ code: UInt32) throws(ValidationError) {
    try require(.bulkMemory)
    switch code {
    case MiscellaneousOpcode.memoryInit:
      let segment = try reader.u32()
      let address = try readMemory()
      try checkDataSegment(segment)
      try pop(.i32)
      try pop(.i32)
      try pop(address)
    case MiscellaneousOpcode.dataDrop: try checkDataSegment(try reader.u32())
    case MiscellaneousOpcode.memoryCopy:
      let target = try readMemory()
      let source = try readMemory()
      try pop(source == .i32 ? .i32 : target)
      try pop(source)
      try pop(target)
    default:
      let address = try readMemory()
      try pop(address)
      try pop(.i32)
      try pop(address)
    }
  }

  func checkDataSegment(_ index: UInt32) throws(ValidationError) {
    guard view.dataCount >= 0 else { throw malformed("data count section required") }
    guard Int(index) < view.dataCount else { throw invalid("unknown data segment \(index)") }
  }

  mutating func checkVector(_ code: UInt32) throws(ValidationError) {
    let entry = SignatureTable.vectorBase + Int(code)
    guard entry < SignatureTable.atomicBase else { throw illegal() }
    guard signatures[entry].form == .special else {
      try apply(signatures[entry])
      return
    }
    try require(.simd)
    if code == VectorOpcode.v128Const {
      try reader.skip(16)
    } else {
      for _ in 0..<16 {
        guard try reader.byte() < 32 else { throw invalid("invalid lane index") }
      }
      try pop(.v128)
      try pop(.v128)
    }
    try push(.v128)
  }

  mutating func checkAtomic(_ code: UInt32) throws(ValidationError) {
    let entry = SignatureTable.atomicBase + Int(code)
    guard entry < SignatureTable.count else { throw illegal() }
    guard signatures[entry].form == .special else {
      try apply(signatures[entry])
      return
    }
    try require(.threads)
    guard try reader.byte() == 0 else { throw malformed("nonzero byte after `atomic.fence`") }
  }

  mutating func checkMiscellaneous(_ code: UInt32) throws(ValidationError) {
    switch code {
    case MiscellaneousOpcode.i32TruncSatF32S...MiscellaneousOpcode.i64TruncSatF64U:
      try apply(signatures[SignatureTable.conversionBase + Int(code)])
    case MiscellaneousOpcode.memoryInit...MiscellaneousOpcode.memoryFill: try checkBulkMemory(code)
    case MiscellaneousOpcode.tableInit...MiscellaneousOpcode.tableCopy: try checkBulkTable(code)
    case MiscellaneousOpcode.tableGrow...MiscellaneousOpcode.tableFill: try checkTableSize(code)
    case MiscellaneousOpcode.i64Add128...MiscellaneousOpcode.i64MulWideU:
      try require(.wideArithmetic)
      for _ in 0..<(code <= MiscellaneousOpcode.i64Sub128 ? 4 : 2) { try pop(.i64) }
      try push(.i64)
      try push(.i64)
    default: throw illegal()
    }
  }
}
