/// An option of a canonical function.
enum CanonicalOption: Hashable, Sendable {
  case utf8
  case utf16
  case compactUTF16
  case memory(UInt32)
  case realloc(UInt32)
  case postReturn(UInt32)
  case async
  case callback(UInt32)
  case coreType(UInt32)
  case gc
}

/// The operations on streams and futures: the end of the stream or future, and the action.
enum TransferOperation: Hashable, Sendable {
  case new
  case read([CanonicalOption])
  case write([CanonicalOption])
  case cancelRead(isAsync: Bool)
  case cancelWrite(isAsync: Bool)
  case dropReadable
  case dropWritable
}

/// A definition of a canonical section.
enum CanonicalFunction: Hashable, Sendable {
  case lift(coreFunction: UInt32, options: [CanonicalOption], type: UInt32)
  case lower(function: UInt32, options: [CanonicalOption])
  case resourceNew(UInt32)
  case resourceDrop(UInt32)
  case resourceRepresentation(UInt32)
  case backpressureIncrement
  case backpressureDecrement
  case taskReturn(result: ComponentValueType?, options: [CanonicalOption])
  case taskCancel
  case contextGet(type: ValueType, slot: UInt32)
  case contextSet(type: ValueType, slot: UInt32)
  case subtaskCancel(isAsync: Bool)
  case subtaskDrop
  case stream(type: UInt32, TransferOperation)
  case future(type: UInt32, TransferOperation)
  case errorContextNew([CanonicalOption])
  case errorContextDebugMessage([CanonicalOption])
  case errorContextDrop
  case waitableSetNew
  case waitableSetWait(memory: UInt32)
  case waitableSetPoll(memory: UInt32)
  case waitableSetDrop
  case waitableJoin
  /// A built-in function for threads of the component model, by its code; that feature is not in any set yet.
  case thread(UInt8)
}

extension ByteReader {
  /// Reads a definition of a canonical section.
  mutating func canonicalFunction() throws(ValidationError) -> CanonicalFunction {
    let code = try byte()
    switch code {
    case 0x00, 0x01: return try liftOrLower(code)
    case 0x02: return .resourceNew(try u32())
    case 0x03: return .resourceDrop(try u32())
    case 0x04: return .resourceRepresentation(try u32())
    case 0x05: return .taskCancel
    case 0x06: return .subtaskCancel(isAsync: try flag())
    case 0x09: return .taskReturn(result: try resultList(), options: try canonicalOptions())
    case 0x0a: return .contextGet(type: try valueType(), slot: try u32())
    case 0x0b: return .contextSet(type: try valueType(), slot: try u32())
    case 0x0d: return .subtaskDrop
    case 0x0e...0x14: return .stream(type: try u32(), try transferOperation(code - 0x0e))
    case 0x15...0x1b: return .future(type: try u32(), try transferOperation(code - 0x15))
    case 0x1c: return .errorContextNew(try canonicalOptions())
    case 0x1d: return .errorContextDebugMessage(try canonicalOptions())
    case 0x1e: return .errorContextDrop
    case 0x1f: return .waitableSetNew
    case 0x20: return .waitableSetWait(memory: try zeroAndIndex())
    case 0x21: return .waitableSetPoll(memory: try zeroAndIndex())
    case 0x22: return .waitableSetDrop
    case 0x23: return .waitableJoin
    case 0x24: return .backpressureIncrement
    case 0x25: return .backpressureDecrement
    case 0x0c, 0x26...0x2d, 0x40...0x42: return try threadFunction(code)
    default: throw unexpected(code, "canonical function")
    }
  }

  /// Reads one byte: whether an operation is asynchronous.
  private mutating func flag() throws(ValidationError) -> Bool {
    try boolean("a flag: invalid boolean value")
  }

  /// Reads the byte that once meant whether an operation can be cancelled, and must now be 0.
  private mutating func zero() throws(ValidationError) {
    let value = try byte()
    guard value == 0 else { throw unexpected(value, "zero byte: invalid boolean value") }
  }

  private mutating func zeroAndIndex() throws(ValidationError) -> UInt32 {
    try zero()
    return try u32()
  }

  private mutating func liftOrLower(_ code: UInt8) throws(ValidationError) -> CanonicalFunction {
    let sort = try byte()
    guard sort == 0 else { throw unexpected(sort, "canonical function \(code == 0 ? "lift" : "lower")") }
    let function = try u32()
    let options = try canonicalOptions()
    if code == 1 { return .lower(function: function, options: options) }
    return .lift(coreFunction: function, options: options, type: try u32())
  }

  private mutating func transferOperation(_ number: UInt8) throws(ValidationError) -> TransferOperation {
    switch number {
    case 0: return .new
    case 1: return .read(try canonicalOptions())
    case 2: return .write(try canonicalOptions())
    case 3: return .cancelRead(isAsync: try flag())
    case 4: return .cancelWrite(isAsync: try flag())
    case 5: return .dropReadable
    default: return .dropWritable
    }
  }

  private mutating func threadFunction(_ code: UInt8) throws(ValidationError) -> CanonicalFunction {
    switch code {
    case 0x0c, 0x29...0x2d: try zero()
    case 0x27, 0x41:
      _ = try u32()
      _ = try u32()
    case 0x40: _ = try u32()
    default: break
    }
    return .thread(code)
  }

  private mutating func canonicalOptions() throws(ValidationError) -> [CanonicalOption] {
    var options: [CanonicalOption] = []
    for _ in 0..<(try count(upTo: Limit.canonicalOptions, "canonical option")) {
      options.append(try canonicalOption())
    }
    return options
  }

  private mutating func canonicalOption() throws(ValidationError) -> CanonicalOption {
    let code = try byte()
    switch code {
    case 0: return .utf8
    case 1: return .utf16
    case 2: return .compactUTF16
    case 3: return .memory(try u32())
    case 4: return .realloc(try u32())
    case 5: return .postReturn(try u32())
    case 6: return .async
    case 7: return .callback(try u32())
    case 8: return .coreType(try u32())
    case 9: return .gc
    default: throw unexpected(code, "canonical option")
    }
  }
}
