/// Validates the types in function bodies (specification 3.4, and the algorithm of its appendix).
///
/// One validator checks many bodies in turn and keeps its stacks between them. The stacks are plain memory that it
/// owns: no instruction changes a reference count.
struct FunctionValidator: ~Copyable {
  /// The operand types; `height` of them are in use, those below `floor` belong to enclosing blocks.
  private(set) var operands: UnsafeMutablePointer<UInt32>
  var height = 0
  var floor = 0
  private(set) var operandCapacity = 256
  private var frames: UnsafeMutablePointer<Frame>
  private(set) var frameCount = 0
  private var frameCapacity = 64
  /// The types of the first parameters and locals, with `ValueType.markBit` as long as a local must be set before it is
  /// read.
  ///
  /// It has about as many entries as the body has bytes, so that many short bodies with many locals do not take long;
  /// the other locals are in `moreLocals`.
  private(set) var locals: UnsafeMutablePointer<UInt32>
  private(set) var localCount = 0
  private var localCapacity = FunctionValidator.fewLocals
  var moreLocals = LocalRuns()
  /// The locals that were set, in order; at the end of a block those set inside it become unset again.
  private var setLocals: [UInt32] = []

  var reader = ByteReader(UnsafeBufferPointer(start: nil, count: 0), at: 0)
  /// The module with the bodies; it is assigned again whenever its memory may have moved.
  var view = ModuleView.empty
  let signatures: UnsafeMutablePointer<Signature>
  /// The bits of the accepted features, and of the used ones; the highest bit means none.
  let allowedFeatures: UInt64
  var usedFeatures: UInt64 = 0
  /// The offset of the current instruction.
  var offset = 0

  init(allowedFeatures: Features) {
    operands = .allocate(capacity: operandCapacity)
    frames = .allocate(capacity: frameCapacity)
    locals = .allocate(capacity: localCapacity)
    signatures = .allocate(capacity: SignatureTable.count)
    for (code, signature) in SignatureTable.signatures.enumerated() {
      (signatures + code).initialize(to: signature)
    }
    self.allowedFeatures = allowedFeatures.withParts.rawValue | 1 << UInt64(Signature.noFeature)
  }

  deinit {
    operands.deallocate()
    frames.deallocate()
    locals.deallocate()
    signatures.deallocate()
  }

  /// The features that the bodies since the last call use.
  mutating func takeUsedFeatures() -> Features {
    defer { usedFeatures = 0 }
    return Features(rawValue: usedFeatures & ~(1 << UInt64(Signature.noFeature)))
  }

  /// Validates the body of a function, by its index in the function index space.
  ///
  /// Bytes after the body are only read for an integer that continues there.
  mutating func validate(
    _ body: ByteReader, function: Int, followedBy rest: ByteReader
  ) throws(ValidationError) {
    let type = view.types[view.functions[function] & ~CoreModule.declaredBit]
    do throws(ValidationError) {
      try check(body, of: type)
    } catch {
      let refusal = error.kind == .unexpectedEnd ? refusalOfInteger(across: body, rest, type) : nil
      throw (refusal ?? error.asEndOfEnclosingItem()).inFunction(function)
    }
  }

  /// The error of an integer that continues after the end of its body, if it has an error besides that.
  private mutating func refusalOfInteger(
    across body: ByteReader, _ rest: ByteReader, _ type: CoreType
  ) -> ValidationError? {
    guard body.isContinued(before: body.endOffset) else { return nil }
    do throws(ValidationError) {
      try check(body.extended(into: rest, by: ByteReader.longestInteger), of: type)
    } catch {
      return error.isOfInteger ? error : nil
    }
    return nil
  }

  private mutating func check(_ body: ByteReader, of type: CoreType) throws(ValidationError) {
    reader = body
    height = 0
    floor = 0
    frameCount = 0
    setLocals.removeAll(keepingCapacity: true)
    try readLocals(of: type)
    try enterFunction(type)
    try checkInstructions()
    try requireEncodings()
    guard reader.isAtEnd else {
      throw ValidationError(
        .malformed, at: reader.offset, "operators remaining after end of function body: section size mismatch"
      )
    }
  }

  private mutating func enterFunction(_ type: CoreType) throws(ValidationError) {
    var block = BlockType(type, in: view.types)
    block.parameterCount = 0
    block.start = type.start + UInt32(type.parameterCount)
    try pushFrame(.function, block)
  }

  /// The number of locals in the array for even the shortest bodies.
  private static let fewLocals = 256

  private mutating func readLocals(of type: CoreType) throws(ValidationError) {
    localCount = 0
    let most = max(FunctionValidator.fewLocals, reader.remaining)
    let parameters = view.types.parameters(of: type)
    makeRoom(forLocals: min(most, parameters.count))
    if let words = parameters.baseAddress {
      localCount = min(most, parameters.count)
      locals.update(from: words, count: localCount)
    }
    moreLocals.begin(after: parameters)
    let groups = try reader.u32()
    for _ in 0..<groups {
      offset = reader.offset
      let count = Int(try reader.u32())
      let type = try resolve(try reader.valueType())
      guard moreLocals.count + count <= Limit.functionLocals else {
        throw ValidationError(
          .limit, at: offset, "too many locals: locals exceed maximum of \(Limit.functionLocals)")
      }
      let word = type.bits | (type.isDefaultable ? 0 : ValueType.markBit)
      // Only locals that directly follow the array's last entry may be added to it.
      let written = moreLocals.count == localCount ? min(count, most - localCount) : 0
      makeRoom(forLocals: localCount + written)
      (locals + localCount).update(repeating: word, count: written)
      localCount += written
      moreLocals.append(count, of: word)
    }
  }

  private mutating func makeRoom(forLocals count: Int) {
    guard count > localCapacity else { return }
    let capacity = max(2 * localCapacity, count)
    locals = FunctionValidator.grown(locals, from: localCapacity, to: capacity)
    localCapacity = capacity
  }

  /// The type of a parameter or local, with `ValueType.markBit` if it must be set before it is read; nil if it does not
  /// exist.
  func local(_ index: Int) -> UInt32? {
    index < localCount ? locals[index] : moreLocals.word(at: index)
  }

  /// Moves the contents of a stack to larger memory.
  private static func grown<Element>(
    _ old: UnsafeMutablePointer<Element>, from capacity: Int, to newCapacity: Int
  ) -> UnsafeMutablePointer<Element> {
    let new = UnsafeMutablePointer<Element>.allocate(capacity: newCapacity)
    new.moveInitialize(from: old, count: capacity)
    old.deallocate()
    return new
  }
}

/// Frames.
extension FunctionValidator {
  /// The innermost block.
  var frame: Frame { frames[frameCount - 1] }

  /// Begins a block; its parameters become its first operands.
  mutating func pushFrame(_ kind: Frame.Kind, _ type: BlockType) throws(ValidationError) {
    if frameCount == frameCapacity {
      frames = FunctionValidator.grown(frames, from: frameCapacity, to: 2 * frameCapacity)
      frameCapacity *= 2
    }
    (frames + frameCount).initialize(
      to: Frame(kind: kind, type: type, height: UInt32(height), setLocals: UInt32(setLocals.count)))
    frameCount += 1
    floor = height
  }

  /// Ends the innermost block; only its results may be left on the stack.
  mutating func popFrame() throws(ValidationError) -> Frame {
    let frame = self.frame
    try pop(frame.type.results(in: view.types))
    guard height == Int(frame.height) else {
      throw mismatch(
        "block requires \(describe(frame.type.results(in: view.types))) but stack has \(remaining(above: frame))"
      )
    }
    frameCount -= 1
    floor = frameCount == 0 ? 0 : Int(frames[frameCount - 1].height)
    while setLocals.count > Int(frame.setLocals) {
      let index = Int(setLocals.removeLast())
      if index < localCount { locals[index] |= ValueType.markBit } else { moreLocals.unset(index) }
    }
    return frame
  }

  /// The target block of a branch with this depth.
  func target(_ depth: UInt32) throws(ValidationError) -> Frame {
    guard Int(depth) < frameCount else { throw invalid("unknown label: branch depth too large") }
    return frames[frameCount - 1 - Int(depth)]
  }

  /// The operand types of a branch to a block.
  func label(of frame: Frame) -> TypeList {
    frame.kind == .loop ? frame.type.parameters(in: view.types) : frame.type.results(in: view.types)
  }

  /// The results of the function.
  var functionResults: TypeList { frames[0].type.results(in: view.types) }

  /// Marks the rest of the block as unreachable.
  mutating func setUnreachable() {
    frames[frameCount - 1].isUnreachable = true
    height = floor
  }

  /// Records that a local was set.
  mutating func markSet(_ index: Int) {
    guard let word = local(index), word & ValueType.markBit != 0 else { return }
    if index < localCount { locals[index] &= ~ValueType.markBit } else { moreLocals.set(index) }
    setLocals.append(UInt32(index))
  }

  /// Allocates space for one more operand.
  mutating func growOperands() throws(ValidationError) {
    guard operandCapacity < Limit.operands else {
      throw ValidationError(.limit, at: offset, "operand stack exceeds the limit of \(Limit.operands)")
    }
    let capacity = min(2 * operandCapacity, Limit.operands)
    operands = FunctionValidator.grown(operands, from: operandCapacity, to: capacity)
    operandCapacity = capacity
  }

  /// Whether there is space for one more operand.
  var hasRoom: Bool {
    @inline(__always) get { height < operandCapacity }
  }
}
