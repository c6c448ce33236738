/// The opcodes of instructions with special rules, by their names in the specification (5.4) and in the proposal for
/// the earlier form of exceptions.
///
/// The other opcodes are in `SignatureTable.rows`.
enum Opcode {
  static let unreachable: UInt8 = 0x00
  static let nop: UInt8 = 0x01
  static let block: UInt8 = 0x02
  static let loop: UInt8 = 0x03
  static let `if`: UInt8 = 0x04
  static let `else`: UInt8 = 0x05
  static let end: UInt8 = 0x0b

  static let br: UInt8 = 0x0c
  static let brIf: UInt8 = 0x0d
  static let brTable: UInt8 = 0x0e
  static let `return`: UInt8 = 0x0f

  static let call: UInt8 = 0x10
  static let callIndirect: UInt8 = 0x11
  static let returnCall: UInt8 = 0x12
  static let returnCallIndirect: UInt8 = 0x13
  static let callRef: UInt8 = 0x14
  static let returnCallRef: UInt8 = 0x15

  static let drop: UInt8 = 0x1a
  static let select: UInt8 = 0x1b
  static let selectOfType: UInt8 = 0x1c

  static let localGet: UInt8 = 0x20
  static let localSet: UInt8 = 0x21
  static let localTee: UInt8 = 0x22
  static let globalGet: UInt8 = 0x23
  static let globalSet: UInt8 = 0x24
  static let tableGet: UInt8 = 0x25
  static let tableSet: UInt8 = 0x26

  static let i32Load: UInt8 = 0x28
  static let i64Store32: UInt8 = 0x3e
  static let memorySize: UInt8 = 0x3f
  static let memoryGrow: UInt8 = 0x40

  static let i32Const: UInt8 = 0x41
  static let i64Const: UInt8 = 0x42
  static let f32Const: UInt8 = 0x43
  static let f64Const: UInt8 = 0x44

  static let i32Eqz: UInt8 = 0x45
  static let i32Add: UInt8 = 0x6a
  static let i32Mul: UInt8 = 0x6c
  static let i64Add: UInt8 = 0x7c
  static let i64Mul: UInt8 = 0x7e
  static let f64ReinterpretI64: UInt8 = 0xbf

  static let refNull: UInt8 = 0xd0
  static let refIsNull: UInt8 = 0xd1
  static let refFunc: UInt8 = 0xd2
  static let refEq: UInt8 = 0xd3
  static let refAsNonNull: UInt8 = 0xd4
  static let brOnNull: UInt8 = 0xd5
  static let brOnNonNull: UInt8 = 0xd6

  /// The prefix bytes of instructions with a number.
  static let aggregatePrefix: UInt8 = 0xfb
  static let miscellaneousPrefix: UInt8 = 0xfc
  static let vectorPrefix: UInt8 = 0xfd
  static let atomicPrefix: UInt8 = 0xfe
}

/// Exceptions, in the final and the earlier form.
extension Opcode {
  static let legacyTry: UInt8 = 0x06
  static let legacyCatch: UInt8 = 0x07
  static let `throw`: UInt8 = 0x08
  static let legacyRethrow: UInt8 = 0x09
  static let throwRef: UInt8 = 0x0a
  static let legacyDelegate: UInt8 = 0x18
  static let legacyCatchAll: UInt8 = 0x19
  static let tryTable: UInt8 = 0x1f
}

/// The instructions after `Opcode.aggregatePrefix`.
enum AggregateOpcode {
  static let structNew: UInt32 = 0
  static let structNewDefault: UInt32 = 1
  static let structGet: UInt32 = 2
  static let structSet: UInt32 = 5
  static let arrayNew: UInt32 = 6
  static let arrayNewDefault: UInt32 = 7
  static let arrayNewFixed: UInt32 = 8
  static let arrayNewData: UInt32 = 9
  static let arrayNewElem: UInt32 = 10
  static let arrayGet: UInt32 = 11
  static let arraySet: UInt32 = 14
  static let arrayLen: UInt32 = 15
  static let arrayFill: UInt32 = 16
  static let arrayCopy: UInt32 = 17
  static let arrayInitData: UInt32 = 18
  static let arrayInitElem: UInt32 = 19
  static let refTest: UInt32 = 20
  static let refTestNull: UInt32 = 21
  static let refCastNull: UInt32 = 23
  static let brOnCast: UInt32 = 24
  static let brOnCastFail: UInt32 = 25
  static let anyConvertExtern: UInt32 = 26
  static let externConvertAny: UInt32 = 27
  static let refI31: UInt32 = 28
  static let i31GetU: UInt32 = 30

  /// The instructions that a constant expression may contain.
  static let constant = [
    structNew, structNewDefault, arrayNew, arrayNewDefault, arrayNewFixed, anyConvertExtern, externConvertAny,
    refI31,
  ]
}

/// The instructions after `Opcode.miscellaneousPrefix`.
enum MiscellaneousOpcode {
  static let i32TruncSatF32S: UInt32 = 0
  static let i64TruncSatF64U: UInt32 = 7
  static let memoryInit: UInt32 = 8
  static let dataDrop: UInt32 = 9
  static let memoryCopy: UInt32 = 10
  static let memoryFill: UInt32 = 11
  static let tableInit: UInt32 = 12
  static let elemDrop: UInt32 = 13
  static let tableCopy: UInt32 = 14
  static let tableGrow: UInt32 = 15
  static let tableSize: UInt32 = 16
  static let tableFill: UInt32 = 17
  static let i64Add128: UInt32 = 0x13
  static let i64Sub128: UInt32 = 0x14
  static let i64MulWideU: UInt32 = 0x16
}

/// The instructions after `Opcode.vectorPrefix` that have special rules.
enum VectorOpcode {
  static let v128Const: UInt32 = 12
}
