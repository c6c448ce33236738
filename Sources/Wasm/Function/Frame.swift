/// A block that has not ended.
struct Frame {
  enum Kind: UInt8 {
    case function, block, loop, `if`, `else`, tryTable
    /// The blocks of legacy exceptions.
    case legacyTry, legacyCatch, legacyCatchAll
  }

  var kind: Kind
  /// Whether the rest of the block is unreachable, so that operands of any type can be popped below its own.
  var isUnreachable = false
  var type: BlockType
  /// The number of operands below the block's own.
  var height: UInt32
  /// The number of locals that were set when the block began (see `FunctionValidator.setLocals`).
  var setLocals: UInt32
}

/// The parameters and results of a block.
///
/// A single parameter or result is stored in the block type itself; more are words of `CoreTypes`.
struct BlockType {
  var parameterCount: UInt16 = 0
  var resultCount: UInt16 = 0
  var singleParameter: UInt32 = 0
  var singleResult: UInt32 = 0
  /// The start of the words of its function type.
  var start: UInt32 = 0

  static let empty = BlockType()

  init() {}

  /// Makes a block type without parameters and with one result.
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

  /// The type at an index, which must be below the count.
  @inline(__always)
  subscript(place: Int) -> ValueType {
    guard count > 1, let words else { return ValueType(bits: single) }
    return ValueType(bits: words[place])
  }

  /// A longer list is compared and moved as a whole.
  static let longest = 8

  /// The words of a list long enough to be moved as a whole; nil for others.
  var manyWords: UnsafePointer<UInt32>? {
    @inline(__always) get { count > TypeList.longest ? words : nil }
  }

  /// Whether the first types equal those of another list. Always false for short lists.
  func begins(with other: TypeList, count: Int) -> Bool {
    guard count <= self.count, count <= other.count, let words = manyWords, let others = other.manyWords
    else {
      return false
    }
    return words == others || TypeList.areEqual(words, others, count: count)
  }

  /// Whether this number of words is equal.
  static func areEqual(
    _ first: UnsafePointer<UInt32>, _ second: UnsafePointer<UInt32>, count: Int
  ) -> Bool {
    var difference: UInt32 = 0
    // No early exit, so that the compiler can vectorise the loop.
    for place in 0..<count { difference |= first[place] ^ second[place] }
    return difference == 0
  }

  /// The list without its last type.
  func dropLast() -> TypeList { TypeList(count: count - 1, single: self[0].bits, words: words) }
}
