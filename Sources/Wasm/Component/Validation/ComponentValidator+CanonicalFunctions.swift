/// Canonical functions.
extension ComponentValidator {
  mutating func addCanonicalFunction(
    _ function: CanonicalFunction, at offset: Int
  ) throws(ValidationError) {
    switch function {
    case .lift(let core, let options, let type): try lift(core, options, type, at: offset)
    case .lower(let function, let options): try lower(function, options, at: offset)
    case .resourceNew, .resourceDrop, .resourceRepresentation:
      try addCoreFunction(try signature(ofResourceFunction: function, at: offset), at: offset)
    case .errorContextNew, .errorContextDebugMessage, .errorContextDrop:
      throw unsupported("error-context", "requires the component model error-context feature", at: offset)
    case .thread(let code) where code != 0x0c: throw unsupportedThreadFunction(code, at: offset)
    default:
      try requireAsync("async built-ins require the component model async feature", at: offset)
      try addCoreFunction(try signature(ofAsyncFunction: function, at: offset), at: offset)
    }
  }

  private func signature(
    ofResourceFunction function: CanonicalFunction, at offset: Int
  ) throws(ValidationError) -> CoreSignature {
    switch function {
    case .resourceNew(let index):
      return CoreSignature(parameters: [try representation(of: index, at: offset)], results: [.i32])
    case .resourceRepresentation(let index):
      return CoreSignature(parameters: [.i32], results: [try representation(of: index, at: offset)])
    case .resourceDrop(let index):
      _ = try scope.resource(index, at: offset)
      return CoreSignature(parameters: [.i32])
    default: return CoreSignature()
    }
  }

  private func representation(of index: UInt32, at offset: Int) throws(ValidationError) -> ValueType {
    let id = try scope.resource(index, at: offset)
    guard let type = scope.localResources[id.resource] else {
      throw invalid("type \(index) is not a local resource", at: offset)
    }
    return type
  }

  private mutating func signature(
    ofAsyncFunction function: CanonicalFunction, at offset: Int
  ) throws(ValidationError) -> CoreSignature {
    switch function {
    case .backpressureIncrement, .backpressureDecrement, .taskCancel: return CoreSignature()
    case .taskReturn(let result, let options): return try taskReturn(result, options, at: offset)
    case .contextGet(let type, let slot):
      try checkContext(type, slot, "context.get", at: offset)
      return CoreSignature(results: [type])
    case .contextSet(let type, let slot):
      try checkContext(type, slot, "context.set", at: offset)
      return CoreSignature(parameters: [type])
    case .subtaskCancel(let isAsync):
      if isAsync { throw unsupportedBuiltin("async `subtask.cancel`", at: offset) }
      return CoreSignature(parameters: [.i32], results: [.i32])
    case .stream(let type, let operation): return try transfer(operation, type, isStream: true, at: offset)
    case .future(let type, let operation): return try transfer(operation, type, isStream: false, at: offset)
    case .waitableSetNew, .thread: return CoreSignature(results: [.i32])
    case .waitableSetWait(let memory), .waitableSetPoll(let memory):
      try checkMemory(memory, at: offset)
      return CoreSignature(parameters: [.i32, .i32], results: [.i32])
    case .subtaskDrop, .waitableSetDrop: return CoreSignature(parameters: [.i32])
    case .waitableJoin: return CoreSignature(parameters: [.i32, .i32])
    default: throw unsupported("canonical function", "is not implemented", at: offset)
    }
  }

  private mutating func taskReturn(
    _ result: ComponentValueType?, _ options: [CanonicalOption], at offset: Int
  ) throws(ValidationError) -> CoreSignature {
    var parameters: [ResolvedField] = []
    if let result {
      let type = try resolve(result, at: offset)
      guard !types.summary(of: type).containsBorrow else {
        throw invalid("`task.return` result cannot contain a `borrow` type", at: offset)
      }
      parameters.append(ResolvedField(name: "v", type: type))
    }
    let options = try check(options, at: offset)
    for (name, isGiven) in [
      ("realloc", options.realloc != nil), ("post-return", options.postReturn != nil),
      ("async", options.isAsync),
    ] where isGiven {
      throw invalid("cannot specify `\(name)` option on `task.return`", at: offset)
    }
    try options.checkLower(at: offset)
    let function = ResolvedFunctionType(isAsync: false, parameters: parameters)
    return try signature(lowering: function, options, at: offset)
  }

  private func checkContext(
    _ type: ValueType, _ slot: UInt32, _ name: String, at offset: Int
  ) throws(ValidationError) {
    if type == .i64 {
      throw unsupported("64-bit `\(name)`", "requires the component model 64-bit feature", at: offset)
    }
    guard type == .i32 else { throw invalid("`\(name)` only supports `i32` or `i64`", at: offset) }
    guard slot == 0 else {
      throw ValidationError(.unsupported, at: offset, "`\(name)` immediate must be zero: \(slot)")
    }
  }

  /// An operation on a stream or future.
  private mutating func transfer(
    _ operation: TransferOperation, _ index: UInt32, isStream: Bool, at offset: Int
  ) throws(ValidationError) -> CoreSignature {
    let kind = isStream ? "stream" : "future"
    let element = try element(of: index, isStream: isStream, "`\(kind).\(operation.name)`", at: offset)
    switch operation {
    case .new: return CoreSignature(results: [.i64])
    case .dropReadable, .dropWritable: return CoreSignature(parameters: [.i32])
    case .cancelRead(let isAsync), .cancelWrite(let isAsync):
      if isAsync { throw unsupportedBuiltin("async `\(kind).\(operation.name)`", at: offset) }
      return CoreSignature(parameters: [.i32], results: [.i32])
    case .read(let options), .write(let options):
      let options = try check(options, at: offset)
      guard options.isAsync else {
        throw unsupportedBuiltin("synchronous `\(kind).\(operation.name)`", at: offset)
      }
      if element != nil { try options.requireMemory(at: offset) }
      if case .read = operation, let element, types.layout(of: element).containsPointer {
        try options.requireRealloc(at: offset)
      }
      try options.checkLower(at: offset)
      return CoreSignature(
        parameters: isStream ? [.i32, .i32, .i32] : [.i32, .i32], results: [.i32])
    }
  }

  private func element(
    of index: UInt32, isStream: Bool, _ name: String, at offset: Int
  ) throws(ValidationError) -> ResolvedValueType? {
    let id = try scope.definedType(index, at: offset)
    switch types.defined[id.index].type {
    case .stream(let element) where isStream: return element
    case .future(let element) where !isStream: return element
    default: throw invalid("\(name) requires a \(isStream ? "stream" : "future") type", at: offset)
    }
  }

  private func unsupportedBuiltin(_ name: String, at offset: Int) -> ValidationError {
    unsupported(name, "requires the component model more async builtins feature", at: offset)
  }

  private func unsupportedThreadFunction(_ code: UInt8, at offset: Int) -> ValidationError {
    if code >= 0x40 {
      let name = code == 0x40 ? "spawn-ref" : code == 0x41 ? "spawn-indirect" : "available_parallelism"
      return unsupported(
        "`thread.\(name)`", "requires the shared-everything-threads proposal", at: offset)
    }
    let names = [
      "index", "new-indirect", "resume-later", "suspend", "suspend-then-resume", "yield-then-resume",
      "suspend-then-promote", "yield-then-promote",
    ]
    let position = Int(code) - 0x26
    let name = names.indices.contains(position) ? names[position] : "\(code)"
    return unsupported("`thread.\(name)`", "requires the component model threading feature", at: offset)
  }

  private func unsupported(_ name: String, _ reason: String, at offset: Int) -> ValidationError {
    ValidationError(.unsupported, at: offset, "\(name) \(reason)")
  }
}

extension TransferOperation {
  /// The operation's name in the text format, after `stream.` or `future.`.
  fileprivate var name: String {
    switch self {
    case .new: "new"
    case .read: "read"
    case .write: "write"
    case .cancelRead: "cancel-read"
    case .cancelWrite: "cancel-write"
    case .dropReadable: "drop-readable"
    case .dropWritable: "drop-writable"
    }
  }
}
