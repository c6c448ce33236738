/// The dispatch of opcodes to the code that checks them.
extension FunctionValidator {
  /// Checks instructions until the function's own block has ended.
  mutating func checkInstructions() throws(ValidationError) {
    while frameCount > 0 {
      passSimpleInstructions()
      offset = reader.offset
      guard !reader.isAtEnd else {
        throw malformed(
          "unexpected end of section or function: END opcode expected, or section size mismatch")
      }
      try checkInstruction(try reader.byte())
    }
  }

  /// Checks as many instructions as possible with the fast path of `SimpleRun`.
  @inline(never)
  private mutating func passSimpleInstructions() {
    var run = SimpleRun(
      position: reader.position, end: reader.end, operands: operands, height: height, floor: floor,
      capacity: operandCapacity, locals: locals, localCount: localCount, globals: view.globals,
      signatures: signatures, address: view.memories.first ?? 0)
    run.run()
    reader.skip(to: run.position)
    height = run.height
  }

  /// Checks one instruction, whose opcode has been read.
  mutating func checkInstruction(_ opcode: UInt8) throws(ValidationError) {
    let signature = signatures[Int(opcode)]
    guard signature.form == .special else {
      try apply(signature)
      return
    }
    switch opcode {
    case Opcode.unreachable: setUnreachable()
    case Opcode.nop: break
    case Opcode.block...Opcode.else, Opcode.end: try checkBlock(opcode)
    case Opcode.legacyTry, Opcode.legacyCatch, Opcode.legacyRethrow, Opcode.legacyDelegate,
      Opcode.legacyCatchAll:
      try checkLegacyException(opcode)
    case Opcode.throw, Opcode.throwRef, Opcode.tryTable: try checkException(opcode)
    case Opcode.br...Opcode.return: try checkBranch(opcode)
    case Opcode.call...Opcode.returnCallRef: try checkCall(opcode)
    case Opcode.drop...Opcode.selectOfType: try checkParametric(opcode)
    case Opcode.localGet...Opcode.globalSet: try checkVariable(opcode)
    case Opcode.tableGet, Opcode.tableSet: try checkTableAccess(opcode)
    case Opcode.memorySize, Opcode.memoryGrow: try checkMemorySize(opcode)
    case Opcode.i32Const...Opcode.f64Const: try checkConstant(opcode)
    case Opcode.refNull...Opcode.brOnNonNull: try checkReference(opcode)
    case Opcode.aggregatePrefix: try checkAggregate(try reader.u32())
    case Opcode.miscellaneousPrefix: try checkMiscellaneous(try reader.u32())
    case Opcode.vectorPrefix: try checkVector(try reader.u32())
    default: try checkAtomic(try reader.u32())
    }
  }

  /// Checks an instruction that is completely described by its signature.
  mutating func apply(_ signature: Signature) throws(ValidationError) {
    if signature.form == .illegal { throw illegal() }
    guard allowedFeatures & (1 << UInt64(signature.feature)) != 0 else {
      throw FeatureGate.refusal(of: Features(rawValue: 1 << UInt64(signature.feature)), at: offset)
    }
    usedFeatures |= 1 << UInt64(signature.feature)
    var address = ValueType.i32
    switch signature.form {
    case .memory, .memoryLane: address = try readMemoryArgument(upTo: signature.alignment)
    case .atomic: address = try readMemoryArgument(upTo: signature.alignment, isExact: true)
    default: break
    }
    if signature.form == .lane || signature.form == .memoryLane {
      guard try reader.byte() < signature.lanes else { throw invalid("invalid lane index") }
    }
    if signature.popCount > 0 { try pop(operand(signature.first, address)) }
    if signature.popCount > 1 { try pop(operand(signature.second, address)) }
    if signature.popCount > 2 { try pop(operand(signature.third, address)) }
    if signature.result != 0 { try push(ValueType(bits: UInt32(signature.result))) }
  }

  private func operand(_ code: UInt8, _ address: ValueType) -> ValueType {
    code == Signature.address ? address : ValueType(bits: UInt32(code))
  }

  /// The error for an invalid opcode; the reader is after it.
  func illegal() -> ValidationError {
    var code = reader
    code.rewind(to: offset)
    let bytes = code.bytes.prefix(reader.offset - offset).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return malformed("illegal opcode \(bytes.joined(separator: " "))")
  }

  private mutating func checkConstant(_ opcode: UInt8) throws(ValidationError) {
    switch opcode {
    case Opcode.i32Const:
      _ = try reader.s32()
      try push(.i32)
    case Opcode.i64Const:
      _ = try reader.s64()
      try push(.i64)
    case Opcode.f32Const:
      try reader.skip(4)
      try push(.f32)
    default:
      try reader.skip(8)
      try push(.f64)
    }
  }

  private mutating func checkVariable(_ opcode: UInt8) throws(ValidationError) {
    let index = Int(try reader.u32())
    guard opcode < Opcode.globalGet else {
      try checkGlobal(index, isWrite: opcode == Opcode.globalSet)
      return
    }
    guard let word = local(index) else { throw invalid("unknown local \(index): local index out of bounds") }
    let type = ValueType(bits: word & ~ValueType.markBit)
    if opcode == Opcode.localGet {
      guard word == type.bits else { throw invalid("uninitialized local: \(index)") }
    } else {
      try pop(type)
      markSet(index)
    }
    if opcode != Opcode.localSet { try push(type) }
  }

  private mutating func checkGlobal(_ index: Int, isWrite: Bool) throws(ValidationError) {
    guard index < view.globals.count else {
      throw invalid("unknown global \(index): global index out of bounds")
    }
    let word = view.globals[index]
    let type = ValueType(bits: word & ~ValueType.markBit)
    guard isWrite else {
      try push(type)
      return
    }
    guard word != type.bits else { throw invalid("immutable global: cannot modify it with `global.set`") }
    try pop(type)
  }

  private mutating func checkParametric(_ opcode: UInt8) throws(ValidationError) {
    switch opcode {
    case Opcode.drop: _ = try popAny()
    case Opcode.select:
      try pop(.i32)
      let first = try popAny()
      let second = try popAny()
      guard !first.isReference && !second.isReference else {
        throw mismatch("select only takes integral types")
      }
      guard first == second || first == .bottom || second == .bottom else {
        throw mismatch("select operands have different types")
      }
      try push(first == .bottom ? second : first)
    default:
      try require(.referenceTypes)
      let count = try reader.count(upTo: Limit.selectTypes, "select type")
      guard count == 1 else { throw invalid("invalid result arity") }
      let type = try resolve(try reader.valueType())
      try pop(.i32)
      try pop(type)
      try pop(type)
      try push(type)
    }
  }
}
