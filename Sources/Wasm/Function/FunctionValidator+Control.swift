/// Blocks, branches and calls.
extension FunctionValidator {
  /// Reads a block type (specification 5.4.1).
  mutating func readBlockType() throws(ValidationError) -> BlockType {
    let code = try reader.peek()
    if code == 0x40 {
      try reader.skip(1)
      return .empty
    }
    if code & 0xc0 == 0x40 { return BlockType(result: try resolve(try reader.valueType())) }
    let index = try reader.s33()
    guard 0...Int64(UInt32.max) ~= index else { throw malformed("malformed block type") }
    try require(.multiValue)
    return BlockType(try functionType(UInt32(index)), in: view.types)
  }

  /// The type with an index, which must be a function type.
  func functionType(_ index: UInt32) throws(ValidationError) -> CoreType {
    let type = view.types[try typeID(index)]
    guard type.kind == .function else {
      throw invalid("unknown type: type index \(index) is not a function type")
    }
    return type
  }

  mutating func checkBlock(_ opcode: UInt8) throws(ValidationError) {
    switch opcode {
    case Opcode.block: try enterBlock(.block)
    case Opcode.loop: try enterBlock(.loop)
    case Opcode.if:
      let type = try readBlockType()
      try pop(.i32)
      try enter(.if, type)
    case Opcode.else:
      guard frame.kind == .if else { throw malformed("`else` found outside `if` block") }
      let block = try popFrame()
      try reenter(.else, block.type)
    default: try endBlock()
    }
  }

  mutating func enterBlock(_ kind: Frame.Kind) throws(ValidationError) {
    try enter(kind, try readBlockType())
  }

  /// Starts a block whose operands are on the stack.
  mutating func enter(_ kind: Frame.Kind, _ type: BlockType) throws(ValidationError) {
    let parameters = type.parameters(in: view.types)
    try pop(parameters)
    try pushFrame(kind, type)
    try push(parameters)
  }

  /// Starts another branch of a block that has just ended.
  private mutating func reenter(_ kind: Frame.Kind, _ type: BlockType) throws(ValidationError) {
    try pushFrame(kind, type)
    try push(type.parameters(in: view.types))
  }

  private mutating func endBlock() throws(ValidationError) {
    let block = try popFrame()
    if block.kind == .if {
      try reenter(.else, block.type)
      _ = try popFrame()
    }
    // The results of the function's own block are not pushed.
    guard frameCount > 0 else { return }
    try push(block.type.results(in: view.types))
  }

  mutating func checkBranch(_ opcode: UInt8) throws(ValidationError) {
    switch opcode {
    case Opcode.br:
      try pop(label(of: try target(try reader.u32())))
      setUnreachable()
    case Opcode.brIf:
      let depth = try reader.u32()
      try pop(.i32)
      try popAndPush(label(of: try target(depth)))
    case Opcode.brTable: try checkBranchTable()
    default:
      try pop(functionResults)
      setUnreachable()
    }
  }

  /// Pops the types of the label of a conditional branch, and pushes them as declared.
  mutating func popAndPush(_ types: TypeList) throws(ValidationError) {
    guard types.count > 0 else { return }
    try pop(types)
    try push(types)
  }

  private mutating func checkBranchTable() throws(ValidationError) {
    var targets = reader
    let count = try reader.u32()
    _ = try targets.u32()
    for _ in 0..<count { _ = try reader.u32() }
    let last = try target(try reader.u32())
    try pop(.i32)
    let types = label(of: last)
    var previous: UInt32?
    for _ in 0..<count {
      let depth = try targets.u32()
      if depth == previous { continue }
      previous = depth
      try checkBranchTarget(label(of: try target(depth)), arity: types.count)
    }
    try pop(types)
    setUnreachable()
  }

  /// Checks that the operands fit one label of a branch table, without changing them.
  private mutating func checkBranchTarget(_ types: TypeList, arity: Int) throws(ValidationError) {
    guard types.count == arity else {
      throw mismatch("br_table target labels have different number of types")
    }
    let own = height - floor
    guard arity <= own || frame.isUnreachable else {
      throw mismatch("br_table requires \(arity) operands but stack has \(own)")
    }
    if arity <= own, let words = types.manyWords,
      TypeList.areEqual(operands + (height - arity), words, count: arity)
    {
      return
    }
    for place in 0..<min(arity, own) {
      let actual = ValueType(bits: operands[height - 1 - place])
      let expected = types[arity - 1 - place]
      guard actual == .bottom || view.types.matches(actual, expected) else {
        throw mismatch("instruction requires [\(describe(expected))] but stack has [\(describe(actual))]")
      }
    }
  }

  mutating func checkCall(_ opcode: UInt8) throws(ValidationError) {
    if opcode == Opcode.returnCall || opcode == Opcode.returnCallIndirect { try require(.tailCall) }
    if opcode >= Opcode.callRef { try require(.functionReferences) }
    let index = try reader.u32()
    let type: CoreType
    switch opcode {
    case Opcode.call, Opcode.returnCall:
      guard Int(index) < view.functions.count else {
        throw invalid("unknown function \(index): function index out of bounds")
      }
      type = view.types[view.functions[Int(index)] & ~CoreModule.declaredBit]
    case Opcode.callIndirect, Opcode.returnCallIndirect: type = try calledIndirectly(index)
    default:
      type = try functionType(index)
      try pop(.reference(.concrete(try typeID(index)), nullable: true))
    }
    switch opcode {
    case Opcode.returnCall, Opcode.returnCallIndirect, Opcode.returnCallRef: try checkTailCall(type)
    default:
      try pop(TypeList(view.types.parameters(of: type)))
      try push(TypeList(view.types.results(of: type)))
    }
  }

  private mutating func calledIndirectly(_ index: UInt32) throws(ValidationError) -> CoreType {
    let table = try readTable()
    guard view.types.matches(table.element, .functionReference) else {
      throw mismatch("indirect calls must go through a table with type <= funcref")
    }
    try pop(table.limits.is64Bit ? .i64 : .i32)
    return try functionType(index)
  }

  private mutating func checkTailCall(_ type: CoreType) throws(ValidationError) {
    let results = TypeList(view.types.results(of: type))
    let expected = functionResults
    guard results.count == expected.count else {
      throw mismatch(
        "current function requires \(expected.count) results but callee returns \(results.count)")
    }
    let unequal = results.begins(with: expected, count: results.count) ? 0..<0 : 0..<results.count
    for place in unequal where !view.types.matches(results[place], expected[place]) {
      throw mismatch(
        "current function requires [\(describe(expected[place]))] but callee returns [\(describe(results[place]))]"
      )
    }
    try pop(TypeList(view.types.parameters(of: type)))
    setUnreachable()
  }
}
