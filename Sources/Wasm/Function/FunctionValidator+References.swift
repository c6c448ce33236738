/// References and casts.
extension FunctionValidator {
  mutating func checkReference(_ opcode: UInt8) throws(ValidationError) {
    switch opcode {
    case Opcode.refNull:
      try require(.referenceTypes)
      try push(try resolve(.reference(try reader.heapType(), nullable: true)))
    case Opcode.refIsNull:
      try require(.referenceTypes)
      _ = try popReference()
      try push(.i32)
    case Opcode.refFunc: try checkFunctionReference(try reader.u32())
    case Opcode.refEq:
      try require(.gc)
      _ = try popReference(under: .equatable)
      _ = try popReference(under: .equatable)
      try push(.i32)
    case Opcode.refAsNonNull:
      try require(.functionReferences)
      try push(try popReference().nonNull)
    case Opcode.brOnNull: try checkBranchOnNull(try reader.u32())
    default: try checkBranchOnNonNull(try reader.u32())
    }
  }

  private mutating func checkFunctionReference(_ index: UInt32) throws(ValidationError) {
    try require(.referenceTypes)
    guard Int(index) < view.functions.count else {
      throw invalid("unknown function \(index): function index out of bounds")
    }
    let word = view.functions[Int(index)]
    guard word & CoreModule.declaredBit != 0 else { throw invalid("undeclared function reference") }
    try push(.reference(.concrete(word & ~CoreModule.declaredBit), nullable: false))
  }

  private mutating func checkBranchOnNull(_ depth: UInt32) throws(ValidationError) {
    try require(.functionReferences)
    let type = try popReference().nonNull
    try popAndPush(label(of: try target(depth)))
    try push(type)
  }

  private mutating func checkBranchOnNonNull(_ depth: UInt32) throws(ValidationError) {
    try require(.functionReferences)
    let (last, rest) = try splitLabel(depth)
    guard last.isReference else { throw mismatch("br_on_non_null target does not end with heap type") }
    try pop(.reference(last.heap, nullable: true))
    try popAndPush(rest)
  }

  /// The last type of a label and those before it.
  private func splitLabel(_ depth: UInt32) throws(ValidationError) -> (last: ValueType, rest: TypeList) {
    let types = label(of: try target(depth))
    guard types.count > 0 else { throw mismatch("the target label has no types, must have a reference type") }
    return (types[types.count - 1], types.dropLast())
  }

  /// `ref.test` and `ref.cast`.
  mutating func checkCast(_ code: UInt32) throws(ValidationError) {
    let type = try resolve(.reference(try reader.heapType(), nullable: code & 1 != 0))
    try pop(.reference(view.types.top(of: type.heap), nullable: true))
    try push(code <= AggregateOpcode.refTestNull ? .i32 : type)
  }

  /// `br_on_cast` and `br_on_cast_fail`.
  mutating func checkBranchOnCast(isFailure: Bool) throws(ValidationError) {
    let flags = try reader.byte()
    guard flags <= 3 else { throw malformed("invalid cast flags: \(flags)") }
    let depth = try reader.u32()
    let source = try resolve(.reference(try reader.heapType(), nullable: flags & 1 != 0))
    let target = try resolve(.reference(try reader.heapType(), nullable: flags & 2 != 0))
    guard view.types.matches(target, source) else {
      throw mismatch("expected \(describe(source)), found \(describe(target))")
    }
    let rest = target.isNullable ? source.nonNull : source
    let (taken, kept) = isFailure ? (rest, target) : (target, rest)
    let (last, others) = try splitLabel(depth)
    guard view.types.matches(taken, last) else {
      throw mismatch(
        "casting to type \(describe(taken)), but it does not match label result type \(describe(last))")
    }
    try pop(source)
    try popAndPush(others)
    try push(kept)
  }
}

extension ValueType {
  /// The same reference type without null.
  var nonNull: ValueType { ValueType(bits: bits & ~ValueType.nullableBit) }
}
