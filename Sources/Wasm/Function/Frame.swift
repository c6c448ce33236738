/// A block that has not ended.
struct Frame {
  enum Kind: UInt8 {
    case function, block, loop, `if`, `else`, tryTable
    /// The blocks of legacy exceptions.
    case legacyTry, legacyCatch, legacyCatchAll
  }

  var kind: Kind
  /// Whether the rest of the block cannot be reached, so that operands of any type can be popped below its own.
  var isUnreachable = false
  var type: BlockType
  /// The number of operands below the block's own.
  var height: UInt32
  /// The number of locals that had been set when the block began (see `FunctionValidator.setLocals`).
  var setLocals: UInt32
}

/// The parameters and results of a block.
///
/// A single parameter or result stands in the block type itself; more are words of `CoreTypes`.
struct BlockType {
  var parameterCount: UInt16 = 0
  var resultCount: UInt16 = 0
  var singleParameter: UInt32 = 0
  var singleResult: UInt32 = 0
  /// Where the words of its function type begin.
  var start: UInt32 = 0

  static let empty = BlockType()

  init() {}

  /// A block without parameters that gives one value.
  init(result: ValueType) {
    resultCount = 1
    singleResult = result.bits
  }

  init(_ type: CoreType, in types: CoreTypeView) {
    parameterCount = type.parameterCount
    resultCount = type.resultCount
    start = type.start
    if parameterCount == 1 { singleParameter = types.parameters(of: type)[0] }
    if resultCount == 1 { singleResult = types.results(of: type)[0] }
  }

  func parameters(in types: CoreTypeView) -> TypeList {
    TypeList(
      count: Int(parameterCount), single: singleParameter,
      words: parameterCount > 1 ? types.words.baseAddress.map { $0 + Int(start) } : nil)
  }

  func results(in types: CoreTypeView) -> TypeList {
    TypeList(
      count: Int(resultCount), single: singleResult,
      words: resultCount > 1 ? types.words.baseAddress.map { $0 + Int(start) + Int(parameterCount) } : nil)
  }
}

/// A short list of value types.
struct TypeList {
  let count: Int
  fileprivate let single: UInt32
  fileprivate let words: UnsafePointer<UInt32>?

  fileprivate init(count: Int, single: UInt32, words: UnsafePointer<UInt32>?) {
    self.count = count
    self.single = single
    self.words = words
  }

  init(_ words: UnsafeBufferPointer<UInt32>) {
    count = words.count
    single = words.first ?? 0
    self.words = words.baseAddress
  }

  /// The type at a place, which must be below the count.
  @inline(__always)
  subscript(place: Int) -> ValueType {
    guard count > 1, let words else { return ValueType(bits: single) }
    return ValueType(bits: words[place])
  }

  /// The list without its last type.
  func dropLast() -> TypeList { TypeList(count: count - 1, single: self[0].bits, words: words) }
}
