/// The immediates and operands of an instruction, for instructions that a table can describe.
struct Signature: Sendable {
  /// The form of the bytes after the opcode.
  enum Form: UInt8, Sendable {
    /// Not an instruction.
    case illegal
    /// Validated by separate code.
    case special
    /// No bytes.
    case plain
    /// An alignment, optionally a memory, and an offset.
    case memory
    /// As `memory`, and the alignment must be the natural one.
    case atomic
    /// A lane number.
    case lane
    /// As `memory`, then a lane number.
    case memoryLane
  }

  var form = Form.illegal
  var popCount: UInt8 = 0
  /// The popped types, the last operand first: codes of `ValueType`, or `address`.
  var first: UInt8 = 0
  var second: UInt8 = 0
  var third: UInt8 = 0
  /// The pushed type, 0 for none.
  var result: UInt8 = 0
  /// The maximum alignment as a power of two in the low half, the number of lanes in the high half (0 is 16).
  var access: UInt8 = 0
  /// The number of the feature's bit, or `noFeature`.
  var feature = Signature.noFeature

  /// The type of the memory's addresses.
  static let address: UInt8 = 6
  static let noFeature: UInt8 = 63

  var alignment: UInt32 { UInt32(access & 0x0f) }
  var lanes: UInt8 { access >> 4 == 0 ? 16 : access >> 4 }
}

/// The signatures of all instructions that have one: first the single-byte opcodes, then those with prefixes.
enum SignatureTable {
  static let conversionBase = 0x100
  static let vectorBase = conversionBase + 8
  static let atomicBase = vectorBase + 0x114
  static let count = atomicBase + 0x4f

  static let signatures: [Signature] = build()

  private static func build() -> [Signature] {
    var table = [Signature](repeating: Signature(), count: count)
    for row in rows + vectorRows + relaxedRows + atomicRows {
      let signature = row.signature
      for code in row.codes { table[row.base + code] = signature }
    }
    for code in [0x00...0x15, 0x18...0x1c, 0x1f...0x1f, 0x20...0x26, 0x3f...0x44, 0xd0...0xd6, 0xfb...0xfe] {
      for opcode in code { table[opcode].form = .special }
    }
    table[vectorBase + 0x0c].form = .special
    table[vectorBase + 0x0d].form = .special
    table[atomicBase + 0x03].form = .special
    return table
  }

  /// Instructions with the same signature. In `types`, i l f d v are i32, i64, f32, f64, v128, and a is the address
  /// type.
  struct Row {
    var base: Int
    var codes: ClosedRange<Int>
    var types: StaticString
    var form: Signature.Form
    var alignment: Int
    var lanes: Int
    var feature: Features?

    var signature: Signature {
      var signature = Signature(form: form)
      var operands: [UInt8] = []
      var isResult = false
      for character in "\(types)".utf8 {
        switch character {
        case UInt8(ascii: ">"): isResult = true
        case _ where isResult: signature.result = Row.code(of: character)
        default: operands.append(Row.code(of: character))
        }
      }
      operands.reverse()
      signature.popCount = UInt8(operands.count)
      if operands.count > 0 { signature.first = operands[0] }
      if operands.count > 1 { signature.second = operands[1] }
      if operands.count > 2 { signature.third = operands[2] }
      signature.access = UInt8(alignment | (lanes & 0x0f) << 4)
      if let feature { signature.feature = UInt8(feature.rawValue.trailingZeroBitCount) }
      return signature
    }

    private static func code(of character: UInt8) -> UInt8 {
      switch character {
      case UInt8(ascii: "i"): 1
      case UInt8(ascii: "l"): 2
      case UInt8(ascii: "f"): 3
      case UInt8(ascii: "d"): 4
      case UInt8(ascii: "v"): 5
      default: Signature.address
      }
    }
  }
}
