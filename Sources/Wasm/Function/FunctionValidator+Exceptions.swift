/// Exceptions, in the final and the earlier form.
extension FunctionValidator {
  /// The types of the values in an exception with a tag.
  private mutating func tag(_ index: UInt32) throws(ValidationError) -> TypeList {
    guard Int(index) < view.tags.count else { throw invalid("unknown tag \(index): tag index out of bounds") }
    return TypeList(view.types.parameters(of: view.types[view.tags[Int(index)]]))
  }

  mutating func checkException(_ opcode: UInt8) throws(ValidationError) {
    try require(opcode == Opcode.throw ? .exceptions : [.exceptions, .exceptionReferences])
    switch opcode {
    case Opcode.throw:
      try pop(try tag(try reader.u32()))
      setUnreachable()
    case Opcode.throwRef:
      try pop(.exceptionReference)
      setUnreachable()
    default: try checkTryTable()
    }
  }

  private mutating func checkTryTable() throws(ValidationError) {
    let type = try readBlockType()
    let count = try reader.count(upTo: Limit.catches, "catch")
    for _ in 0..<count { try checkCatch() }
    try enter(.tryTable, type)
  }

  private mutating func checkCatch() throws(ValidationError) {
    let code = try reader.byte()
    guard code <= 3 else { throw reader.unexpected(code, "catch") }
    let values = code <= 1 ? try tag(try reader.u32()) : nil
    let types = label(of: try target(try reader.u32()))
    let valueCount = values?.count ?? 0
    let carriesReference = code == 1 || code == 3
    guard types.count == valueCount + (carriesReference ? 1 : 0) else {
      throw mismatch("catch label must have the types that the catch clause gives")
    }
    let unequal = values?.begins(with: types, count: valueCount) == true ? 0..<0 : 0..<valueCount
    for place in unequal {
      guard let values, view.types.matches(values[place], types[place]) else {
        throw mismatch("tag type does not match catch label type \(describe(types[place]))")
      }
    }
    let reference = ValueType.exceptionReference.nonNull
    if carriesReference && !view.types.matches(reference, types[valueCount]) {
      throw mismatch("expected \(describe(types[valueCount])), found \(describe(reference))")
    }
  }

  mutating func checkLegacyException(_ opcode: UInt8) throws(ValidationError) {
    try require(.legacyExceptions)
    switch opcode {
    case Opcode.legacyTry: try enterBlock(.legacyTry)
    case Opcode.legacyCatch:
      let index = try reader.u32()
      try beginHandler(.legacyCatch, "catch")
      try push(try tag(index))
    case Opcode.legacyCatchAll: try beginHandler(.legacyCatchAll, "catch_all")
    case Opcode.legacyRethrow:
      let kind = try target(try reader.u32()).kind
      guard kind == .legacyCatch || kind == .legacyCatchAll else {
        throw invalid("invalid rethrow label: target was not a `catch` block")
      }
      setUnreachable()
    default:
      let depth = try reader.u32()
      guard frame.kind == .legacyTry else { throw malformed("`delegate` found outside `try` block") }
      let block = try popFrame()
      _ = try target(depth)
      try push(block.type.results(in: view.types))
    }
  }

  private mutating func beginHandler(_ kind: Frame.Kind, _ name: String) throws(ValidationError) {
    guard frame.kind == .legacyTry || frame.kind == .legacyCatch else {
      throw malformed("`\(name)` found outside `try` block")
    }
    let block = try popFrame()
    try pushFrame(kind, block.type)
  }
}
