/// Operands, and the errors if they do not match.
extension FunctionValidator {
  @inline(__always)
  mutating func push(_ type: ValueType) throws(ValidationError) {
    if !hasRoom { try growOperands() }
    operands[height] = type.bits
    height += 1
  }

  @inline(__always)
  mutating func pop(_ expected: ValueType) throws(ValidationError) {
    if height > floor && operands[height - 1] == expected.bits {
      height -= 1
    } else {
      try popSlowly(expected)
    }
  }

  mutating func push(_ types: TypeList) throws(ValidationError) {
    if let words = types.manyWords { return try push(words, count: types.count) }
    for place in 0..<types.count { try push(types[place]) }
  }

  @inline(never)
  private mutating func push(_ words: UnsafePointer<UInt32>, count: Int) throws(ValidationError) {
    while operandCapacity - height < count { try growOperands() }
    (operands + height).update(from: words, count: count)
    height += count
  }

  /// Pops many types at once if they are exactly on the stack, or if the stack is empty in unreachable code.
  @inline(never)
  private mutating func pop(_ words: UnsafePointer<UInt32>, count: Int) -> Bool {
    if height == floor { return frame.isUnreachable }
    guard height - floor >= count, TypeList.areEqual(operands + (height - count), words, count: count) else {
      return false
    }
    height -= count
    return true
  }

  mutating func pop(_ types: TypeList) throws(ValidationError) {
    if let words = types.manyWords, pop(words, count: types.count) { return }
    var place = types.count
    while place > 0 {
      place -= 1
      try pop(types[place])
    }
  }

  /// Pops a value of any type; in unreachable code the stack may be empty.
  mutating func popAny() throws(ValidationError) -> ValueType {
    guard height > floor else {
      guard frame.isUnreachable else { throw mismatch("expected a type but nothing on stack") }
      return .bottom
    }
    height -= 1
    return ValueType(bits: operands[height])
  }

  @inline(never)
  private mutating func popSlowly(_ expected: ValueType) throws(ValidationError) {
    if height == floor && !frame.isUnreachable {
      throw mismatch("instruction requires [\(describe(expected))] but stack has []")
    }
    let actual = try popAny()
    guard actual == .bottom || view.types.matches(actual, expected) else {
      throw mismatch("instruction requires [\(describe(expected))] but stack has [\(describe(actual))]")
    }
  }

  /// Pops a reference of any type.
  mutating func popReference() throws(ValidationError) -> ValueType {
    let actual = try popAny()
    if actual == .bottom { return .reference(.bottom, nullable: false) }
    guard actual.isReference else { throw mismatch("expected ref but found \(describe(actual))") }
    return actual
  }

  /// Pops a nullable reference below an abstract heap type, and returns its type.
  mutating func popReference(under heap: HeapType) throws(ValidationError) -> ValueType {
    let actual = try popReference()
    guard view.types.matches(actual, .reference(heap, nullable: true)) else {
      throw mismatch("expected subtype of \(heap.abstractText), found \(describe(actual))")
    }
    return actual
  }

  /// The canonical form of a value type; throws if it does not exist or is not accepted.
  mutating func resolve(_ type: ValueType) throws(ValidationError) -> ValueType {
    try require(FeatureGate.features(of: type, allowed: Features(rawValue: allowedFeatures)))
    try requireEncodings()
    guard type.isReference else { return type }
    return .reference(try resolve(type.heap), nullable: type.isNullable)
  }

  /// The canonical form of a heap type; throws if it does not exist.
  func resolve(_ heap: HeapType) throws(ValidationError) -> HeapType {
    heap.isConcrete ? .concrete(try typeID(heap.index)) : heap
  }

  func typeID(_ index: UInt32) throws(ValidationError) -> UInt32 {
    guard Int(index) < view.typeIDs.count else {
      throw invalid("unknown type \(index): type index out of bounds")
    }
    return view.typeIDs[Int(index)]
  }

  @inline(__always)
  mutating func require(_ feature: Features) throws(ValidationError) {
    guard allowedFeatures & feature.rawValue == feature.rawValue else {
      throw FeatureGate.refusal(of: feature.subtracting(Features(rawValue: allowedFeatures)), at: offset)
    }
    usedFeatures |= feature.rawValue
  }

  /// Requires the features whose encodings were read.
  mutating func requireEncodings() throws(ValidationError) { try require(reader.takeEncodings()) }

  @inline(never)
  func invalid(_ message: String) -> ValidationError {
    ValidationError(.invalid, at: offset, message)
  }

  @inline(never)
  func malformed(_ message: String) -> ValidationError {
    ValidationError(.malformed, at: offset, message)
  }

  @inline(never)
  func mismatch(_ message: String) -> ValidationError {
    ValidationError(.invalid, at: offset, "type mismatch: \(message)")
  }

  /// Types in brackets.
  @inline(never)
  func describe(_ types: TypeList) -> String {
    "[\((0..<types.count).map { describe(types[$0]) }.joined(separator: " "))]"
  }

  /// The operands of a block before its results were popped: at most the last ten.
  @inline(never)
  func remaining(above frame: Frame) -> String {
    let results = frame.type.results(in: view.types)
    let types =
      (Int(frame.height)..<height).suffix(10).map { describe(ValueType(bits: operands[$0])) }
      + (0..<min(10, results.count)).map { describe(results[$0]) }
    return "[\(types.joined(separator: " "))]"
  }

  /// A type in the text format.
  @inline(never)
  func describe(_ type: ValueType) -> String {
    type.text { id in view.typeIDs.firstIndex(of: id).map(String.init) ?? "?" }
  }
}
