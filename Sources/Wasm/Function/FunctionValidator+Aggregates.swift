/// Structures, arrays and `i31` (the instructions after `Opcode.aggregatePrefix`).
extension FunctionValidator {
  mutating func checkAggregate(_ code: UInt32) throws(ValidationError) {
    guard code <= AggregateOpcode.i31GetU else { throw illegal() }
    try require(.gc)
    switch code {
    case AggregateOpcode.structNew, AggregateOpcode.structNewDefault:
      try checkStructureCreation(hasDefaults: code == AggregateOpcode.structNewDefault)
    case AggregateOpcode.structGet...AggregateOpcode.structSet: try checkField(code)
    case AggregateOpcode.arrayNew...AggregateOpcode.arrayNewElem: try checkArrayCreation(code)
    case AggregateOpcode.arrayGet...AggregateOpcode.arraySet: try checkElement(code)
    case AggregateOpcode.arrayLen:
      _ = try popReference(under: .array)
      try push(.i32)
    case AggregateOpcode.arrayFill...AggregateOpcode.arrayInitElem: try checkArrayTransfer(code)
    case AggregateOpcode.refTest...AggregateOpcode.refCastNull: try checkCast(code)
    case AggregateOpcode.brOnCast, AggregateOpcode.brOnCastFail:
      try checkBranchOnCast(isFailure: code == AggregateOpcode.brOnCastFail)
    case AggregateOpcode.anyConvertExtern:
      let type = try popReference(under: .external)
      try push(.reference(.any, nullable: type.isNullable))
    case AggregateOpcode.externConvertAny:
      let type = try popReference(under: .any)
      try push(.reference(.external, nullable: type.isNullable))
    case AggregateOpcode.refI31:
      try pop(.i32)
      try push(.reference(.i31, nullable: false))
    default:
      _ = try popReference(under: .i31)
      try push(.i32)
    }
  }

  private func structure(_ index: UInt32) throws(ValidationError) -> (type: CoreType, reference: ValueType) {
    let id = try typeID(index)
    let type = view.types[id]
    guard type.kind == .structure else {
      throw invalid("unknown type: type index \(index) is not a structure type")
    }
    return (type, .reference(.concrete(id), nullable: true))
  }

  private func array(_ index: UInt32) throws(ValidationError) -> (element: UInt32, reference: ValueType) {
    let id = try typeID(index)
    let type = view.types[id]
    guard type.kind == .array else { throw invalid("unknown type: type index \(index) is not an array type") }
    return (view.types.field(0, of: type), .reference(.concrete(id), nullable: true))
  }

  /// Returns an array type that must be mutable.
  private func mutableArray(_ index: UInt32) throws(ValidationError) -> (
    element: UInt32, reference: ValueType
  ) {
    let array = try array(index)
    guard array.element & ValueType.markBit != 0 else { throw invalid("immutable array: array is immutable") }
    return array
  }

  /// The type of a field or element without its mutability.
  private func storage(_ word: UInt32) -> ValueType { ValueType(bits: word & ~ValueType.markBit) }

  private mutating func checkStructureCreation(hasDefaults: Bool) throws(ValidationError) {
    let (type, reference) = try structure(try reader.u32())
    var number = hasDefaults && type.isDefaultable ? 0 : Int(type.parameterCount)
    while number > 0 {
      if !hasDefaults, height == floor, frame.isUnreachable { break }
      number -= 1
      let field = storage(view.types.field(number, of: type))
      if !hasDefaults {
        try pop(field.unpacked)
      } else if !field.isDefaultable {
        throw mismatch("invalid `struct.new_default`: \(describe(field)) field is not defaultable")
      }
    }
    try push(reference.nonNull)
  }

  private mutating func checkField(_ code: UInt32) throws(ValidationError) {
    let (type, reference) = try structure(try reader.u32())
    let number = try reader.u32()
    guard number < type.parameterCount else {
      throw invalid("unknown field: struct does not have field \(number)")
    }
    let word = view.types.field(Int(number), of: type)
    let field = storage(word)
    if code == AggregateOpcode.structSet {
      guard word & ValueType.markBit != 0 else { throw invalid("immutable field: struct field is immutable") }
      try pop(field.unpacked)
      try pop(reference)
      return
    }
    try checkPacking(of: field, isExtending: code != AggregateOpcode.structGet)
    try pop(reference)
    try push(field.unpacked)
  }

  private func checkPacking(of field: ValueType, isExtending: Bool) throws(ValidationError) {
    guard field.isPacked == isExtending else {
      throw invalid(
        isExtending
          ? "type mismatch: cannot use get_s or get_u with non-packed storage types"
          : "type mismatch: can only use get with non-packed storage types")
    }
  }

  private mutating func checkArrayCreation(_ code: UInt32) throws(ValidationError) {
    let (word, reference) = try array(try reader.u32())
    let element = storage(word)
    switch code {
    case AggregateOpcode.arrayNew:
      try pop(.i32)
      try pop(element.unpacked)
    case AggregateOpcode.arrayNewDefault:
      guard element.isDefaultable else {
        throw mismatch("invalid `array.new_default`: \(describe(element)) field is not defaultable")
      }
      try pop(.i32)
    case AggregateOpcode.arrayNewFixed:
      let count = try reader.u32()
      if count > Limit.fixedArrayOperands { usedFeatures |= Features.largeFixedArrays.rawValue }
      try popMany(count, of: element.unpacked)
    case AggregateOpcode.arrayNewData:
      try checkData(try reader.u32(), fills: element)
      try pop(.i32)
      try pop(.i32)
    default:
      try checkElement(try elementSegment(try reader.u32()), fits: element)
      try pop(.i32)
      try pop(.i32)
    }
    try push(reference.nonNull)
  }

  /// Pops a number of operands that is stated in the code; unreachable code can make it arbitrarily large.
  private mutating func popMany(_ count: UInt32, of type: ValueType) throws(ValidationError) {
    for _ in 0..<count {
      if height == floor && frame.isUnreachable { return }
      try pop(type)
    }
  }

  private func checkData(_ segment: UInt32, fills element: ValueType) throws(ValidationError) {
    guard !element.isReference else {
      throw mismatch("array type is not numeric or vector: found \(describe(element))")
    }
    try checkDataSegment(segment)
  }

  /// `array.get`, `array.get_s`, `array.get_u` and `array.set`.
  private mutating func checkElement(_ code: UInt32) throws(ValidationError) {
    let index = try reader.u32()
    if code == AggregateOpcode.arraySet {
      let (word, reference) = try mutableArray(index)
      try pop(storage(word).unpacked)
      try pop(.i32)
      try pop(reference)
      return
    }
    let (word, reference) = try array(index)
    try checkPacking(of: storage(word), isExtending: code != AggregateOpcode.arrayGet)
    try pop(.i32)
    try pop(reference)
    try push(storage(word).unpacked)
  }

  /// `array.fill`, `array.copy`, `array.init_data` and `array.init_elem`.
  private mutating func checkArrayTransfer(_ code: UInt32) throws(ValidationError) {
    let (word, reference) = try mutableArray(try reader.u32())
    let element = storage(word)
    let operand = code == AggregateOpcode.arrayFill ? 0 : try reader.u32()
    var source: ValueType?
    switch code {
    case AggregateOpcode.arrayCopy:
      let (sourceWord, sourceReference) = try array(operand)
      try checkCopy(of: storage(sourceWord), into: element)
      source = sourceReference
    case AggregateOpcode.arrayInitData: try checkData(operand, fills: element)
    case AggregateOpcode.arrayInitElem: try checkElement(try elementSegment(operand), fits: element)
    default: break
    }
    try pop(.i32)
    if code == AggregateOpcode.arrayFill { try pop(element.unpacked) } else { try pop(.i32) }
    if let source { try pop(source) }
    try pop(.i32)
    try pop(reference)
  }

  private func checkCopy(of source: ValueType, into element: ValueType) throws(ValidationError) {
    let fits = source.isPacked || element.isPacked ? source == element : view.types.matches(source, element)
    guard fits else {
      throw invalid("array types do not match: expected \(describe(element)), found \(describe(source))")
    }
  }
}
