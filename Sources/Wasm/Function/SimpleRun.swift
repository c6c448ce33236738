/// A run of simple instructions, checked from registers.
///
/// Most instructions read a local, push a constant, or combine numbers on top of the stack. They are checked here if
/// they have no special features. All others (an operand of another type, a number in more bytes than needed, the end
/// of the body) are left to `FunctionValidator.checkInstruction`, which has all rules and all messages. So this is only
/// a fast path: without it, all verdicts are the same.
struct SimpleRun {
  var position: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  let operands: UnsafeMutablePointer<UInt32>
  var height: Int
  let floor: Int
  let capacity: Int
  let locals: UnsafeMutablePointer<UInt32>
  let localCount: Int
  let globals: UnsafeBufferPointer<UInt32>
  let signatures: UnsafeMutablePointer<Signature>
  /// The address type of the first memory, or 0 if there is none.
  let address: UInt32

  /// Checks instructions up to the first one that is not simple, and stops before it.
  @inline(__always)
  mutating func run() {
    while end - position >= SimpleRun.longest && height < capacity {
      let isDone: Bool
      switch position[0] {
      case Opcode.localGet: isDone = getLocal()
      case Opcode.localSet, Opcode.localTee: isDone = setLocal()
      case Opcode.i32Load...Opcode.i64Store32: isDone = accessMemory()
      case Opcode.i32Const: isDone = pushInteger(.i32, most: 4)
      case Opcode.i64Const: isDone = pushInteger(.i64, most: 9)
      case Opcode.i32Eqz...Opcode.f64ReinterpretI64: isDone = combineNumbers()
      case Opcode.drop: isDone = drop()
      case Opcode.globalGet: isDone = getGlobal()
      default: isDone = false
      }
      guard isDone else { return }
    }
  }

  /// A length greater than that of any instruction checked here, so that none needs a check for the end.
  private static let longest = 16

  /// Reads the index after the opcode if it has one or two bytes, and returns it with the instruction's length.
  @inline(__always)
  private func index() -> (value: Int, length: Int)? {
    let first = Int(position[1])
    if first < 0x80 { return (first, 2) }
    let second = Int(position[2])
    return second < 0x80 ? (first & 0x7f | second << 7, 3) : nil
  }

  @inline(__always)
  private mutating func push(_ word: UInt32, length: Int) -> Bool {
    operands[height] = word
    height += 1
    position += length
    return true
  }

  @inline(__always)
  private mutating func getLocal() -> Bool {
    guard let (index, length) = index(), index < localCount else { return false }
    let word = locals[index]
    guard word & ValueType.markBit == 0 else { return false }
    return push(word, length: length)
  }

  @inline(__always)
  private mutating func setLocal() -> Bool {
    guard let (index, length) = index(), index < localCount, height > floor,
      operands[height - 1] == locals[index]
    else { return false }
    if position[0] == Opcode.localSet { height -= 1 }
    position += length
    return true
  }

  @inline(__always)
  private mutating func getGlobal() -> Bool {
    guard let (index, length) = index(), index < globals.count else { return false }
    return push(globals[index] & ~ValueType.markBit, length: length)
  }

  @inline(__always)
  private mutating func drop() -> Bool {
    guard height > floor else { return false }
    height -= 1
    position += 1
    return true
  }

  /// Skips an integer of at most `most` bytes; the longest forms have special rules.
  @inline(__always)
  private mutating func pushInteger(_ type: ValueType, most: Int) -> Bool {
    var length = 1
    while position[length] >= 0x80 {
      length += 1
      guard length <= most else { return false }
    }
    return push(type.bits, length: length + 1)
  }

  @inline(__always)
  private mutating func combineNumbers() -> Bool {
    let signature = signatures[Int(position[0])]
    guard height > floor, operands[height - 1] == UInt32(signature.first) else { return false }
    if signature.popCount == 2 {
      guard height > floor + 1, operands[height - 2] == UInt32(signature.second) else { return false }
      height -= 1
    }
    operands[height - 1] = UInt32(signature.result)
    position += 1
    return true
  }

  @inline(__always)
  private mutating func accessMemory() -> Bool {
    let signature = signatures[Int(position[0])]
    guard UInt32(position[1]) <= signature.alignment, address != 0 else { return false }
    var length = 2
    while position[length] >= 0x80 {
      length += 1
      guard length <= 5 else { return false }
    }
    if signature.popCount == 1 {
      guard height > floor, operands[height - 1] == address else { return false }
      operands[height - 1] = UInt32(signature.result)
    } else {
      guard height > floor + 1, operands[height - 1] == UInt32(signature.first),
        operands[height - 2] == address
      else { return false }
      height -= 2
    }
    position += length + 1
    return true
  }
}
