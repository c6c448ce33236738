/// Constant expressions (specification 3.3.10): initial values, offsets and elements.
extension CoreModule {
  /// Reads a constant expression and checks that its result is one value of a type.
  mutating func readConstantExpression(
    _ reader: inout ByteReader, giving expected: ValueType, types: CoreTypes
  ) throws(ValidationError) {
    constantOperands.removeAll(keepingCapacity: true)
    while true {
      let offset = reader.offset
      let opcode = try reader.byte()
      if opcode == Opcode.end {
        try popConstant(expected, types: types, at: offset)
        guard constantOperands.isEmpty else {
          throw ValidationError(
            .invalid, at: offset, "type mismatch: values remaining on stack at end of block")
        }
        return
      }
      try readConstantInstruction(opcode, &reader, types: types, at: offset)
    }
  }

  private mutating func readConstantInstruction(
    _ opcode: UInt8, _ reader: inout ByteReader, types: CoreTypes, at offset: Int
  ) throws(ValidationError) {
    switch opcode {
    case Opcode.i32Const:
      _ = try reader.s32()
      constantOperands.append(.i32)
    case Opcode.i64Const:
      _ = try reader.s64()
      constantOperands.append(.i64)
    case Opcode.f32Const:
      try reader.skip(4)
      constantOperands.append(.f32)
    case Opcode.f64Const:
      try reader.skip(8)
      constantOperands.append(.f64)
    case Opcode.vectorPrefix:
      guard try reader.u32() == VectorOpcode.v128Const else { throw notConstant(at: offset) }
      try features.require(.simd, at: offset)
      try reader.skip(16)
      constantOperands.append(.v128)
    case Opcode.i32Add...Opcode.i32Mul: try addArithmetic(on: .i32, types: types, at: offset)
    case Opcode.i64Add...Opcode.i64Mul: try addArithmetic(on: .i64, types: types, at: offset)
    case Opcode.globalGet: constantOperands.append(try constantGlobal(try reader.u32(), at: offset))
    case Opcode.refNull:
      let type = ValueType.reference(try reader.heapType(), nullable: true)
      try features.require(.referenceTypes, at: offset)
      constantOperands.append(try resolve(type, at: offset))
    case Opcode.refFunc: constantOperands.append(try constantFunction(try reader.u32(), at: offset))
    case Opcode.aggregatePrefix: try readConstantAggregate(&reader, types: types, at: offset)
    default:
      if SignatureTable.signatures[Int(opcode)].form == .illegal {
        throw ValidationError(.malformed, at: offset, "illegal opcode \(String(opcode, radix: 16))")
      }
      throw notConstant(at: offset)
    }
  }

  private mutating func addArithmetic(
    on type: ValueType, types: CoreTypes, at offset: Int
  ) throws(ValidationError) {
    try features.require(.extendedConst, at: offset)
    try popConstant(type, types: types, at: offset)
    try popConstant(type, types: types, at: offset)
    constantOperands.append(type)
  }

  private mutating func constantGlobal(_ index: UInt32, at offset: Int) throws(ValidationError) -> ValueType {
    guard Int(index) < globals.count else { throw unknown("global", index, at: offset) }
    let word = globals[Int(index)]
    guard word & ValueType.markBit == 0 else {
      throw ValidationError(
        .invalid, at: offset, "constant expression required: global.get of mutable global")
    }
    if Int(index) >= importedGlobals { try features.require(.gc, at: offset) }
    return ValueType(bits: word)
  }

  private mutating func constantFunction(_ index: UInt32, at offset: Int) throws(ValidationError) -> ValueType
  {
    try features.require(.referenceTypes, at: offset)
    guard Int(index) < functions.count else { throw unknown("function", index, at: offset) }
    functions[Int(index)] |= CoreModule.declaredBit
    let id = functions[Int(index)] & ~CoreModule.declaredBit
    return .reference(.concrete(id), nullable: false)
  }

  private mutating func readConstantAggregate(
    _ reader: inout ByteReader, types: CoreTypes, at offset: Int
  ) throws(ValidationError) {
    let code = try reader.u32()
    guard AggregateOpcode.constant.contains(code) else { throw notConstant(at: offset) }
    try features.require(.gc, at: offset)
    switch code {
    case AggregateOpcode.structNew, AggregateOpcode.structNewDefault:
      let hasDefaults = code == AggregateOpcode.structNewDefault
      try addStructure(try reader.u32(), hasDefaults: hasDefaults, types: types, at: offset)
    case AggregateOpcode.arrayNew, AggregateOpcode.arrayNewDefault:
      let index = try reader.u32()
      let (element, result) = try constantArray(index, types: types, at: offset)
      try popConstant(.i32, types: types, at: offset)
      if code == AggregateOpcode.arrayNew {
        try popConstant(element.unpacked, types: types, at: offset)
      } else if !element.isDefaultable {
        throw notDefaultable("array.new_default", at: offset)
      }
      constantOperands.append(result)
    case AggregateOpcode.arrayNewFixed:
      let (element, result) = try constantArray(try reader.u32(), types: types, at: offset)
      let count = try reader.u32()
      if count > Limit.fixedArrayOperands { features.note(.largeFixedArrays) }
      for _ in 0..<count { try popConstant(element.unpacked, types: types, at: offset) }
      constantOperands.append(result)
    case AggregateOpcode.refI31:
      try popConstant(.i32, types: types, at: offset)
      constantOperands.append(.reference(.i31, nullable: false))
    default: try convertConstant(code, types: types, at: offset)
    }
  }

  /// `any.convert_extern` and `extern.convert_any`: the reference keeps its nullability.
  private mutating func convertConstant(
    _ code: UInt32, types: CoreTypes, at offset: Int
  ) throws(ValidationError) {
    let isNullable = constantOperands.last?.isNullable ?? false
    let (source, target): (HeapType, HeapType) =
      code == AggregateOpcode.anyConvertExtern ? (.external, .any) : (.any, .external)
    try popConstant(.reference(source, nullable: true), types: types, at: offset)
    constantOperands.append(.reference(target, nullable: isNullable))
  }

  private mutating func addStructure(
    _ index: UInt32, hasDefaults: Bool, types: CoreTypes, at offset: Int
  ) throws(ValidationError) {
    let id = try typeID(index, at: offset)
    let type = types.types[Int(id)]
    guard type.kind == .structure else {
      throw ValidationError(.invalid, at: offset, "unknown type: type index \(index) is not a structure type")
    }
    let fields = hasDefaults && type.isDefaultable ? [] : types.parameters(of: type)
    for word in fields.reversed() {
      let field = ValueType(bits: word & ~ValueType.markBit)
      if !hasDefaults {
        try popConstant(field.unpacked, types: types, at: offset)
      } else if !field.isDefaultable {
        throw notDefaultable("struct.new_default", at: offset)
      }
    }
    constantOperands.append(.reference(.concrete(id), nullable: false))
  }

  private func constantArray(
    _ index: UInt32, types: CoreTypes, at offset: Int
  ) throws(ValidationError) -> (element: ValueType, result: ValueType) {
    let id = try typeID(index, at: offset)
    let type = types.types[Int(id)]
    guard type.kind == .array, let word = types.parameters(of: type).first else {
      throw ValidationError(.invalid, at: offset, "unknown type: type index \(index) is not an array type")
    }
    return (ValueType(bits: word & ~ValueType.markBit), .reference(.concrete(id), nullable: false))
  }

  private mutating func popConstant(
    _ expected: ValueType, types: CoreTypes, at offset: Int
  ) throws(ValidationError) {
    guard let actual = constantOperands.popLast() else {
      throw ValidationError(
        .invalid, at: offset, "type mismatch: expected \(describe(expected)) but nothing on stack")
    }
    guard types.matches(actual, expected) else {
      throw ValidationError(
        .invalid, at: offset, "type mismatch: expected \(describe(expected)), found \(describe(actual))")
    }
  }

  private func notConstant(at offset: Int) -> ValidationError {
    ValidationError(.invalid, at: offset, "constant expression required")
  }

  private func notDefaultable(_ instruction: String, at offset: Int) -> ValidationError {
    ValidationError(.invalid, at: offset, "type mismatch: a field of `\(instruction)` is not defaultable")
  }
}
