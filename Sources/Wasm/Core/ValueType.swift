/// A value type, packed into 32 bits so that two equal types compare as two equal numbers.
///
/// Numbers and vectors are small constants. A reference type has `referenceBit`; `nullableBit` and `concreteBit`
/// contain its properties, and the low bits an abstract heap type's code or a concrete type's index. That is the index
/// in the module's type section after decoding, and in the validator's canonical types after resolving.
struct ValueType: Hashable, Sendable {
  var bits: UInt32

  static let referenceBit: UInt32 = 1 << 31
  static let nullableBit: UInt32 = 1 << 30
  static let concreteBit: UInt32 = 1 << 29
  /// A bit that no type uses: marks types stored as words (a mutable field or global, a local that is not set).
  static let markBit: UInt32 = 1 << 28
  static let indexMask: UInt32 = (1 << 27) - 1

  /// The type of an unknown value in unreachable code: it matches every type.
  static let bottom = ValueType(bits: 0)
  static let i32 = ValueType(bits: 1)
  static let i64 = ValueType(bits: 2)
  static let f32 = ValueType(bits: 3)
  static let f64 = ValueType(bits: 4)
  static let v128 = ValueType(bits: 5)
  /// Storage types, only for fields.
  static let i8 = ValueType(bits: 6)
  static let i16 = ValueType(bits: 7)

  static func reference(_ heap: HeapType, nullable: Bool) -> ValueType {
    ValueType(bits: referenceBit | (nullable ? nullableBit : 0) | heap.bits)
  }

  var isReference: Bool { bits & ValueType.referenceBit != 0 }
  var isNullable: Bool { bits & ValueType.nullableBit != 0 }
  var heap: HeapType { HeapType(bits: bits & (ValueType.concreteBit | ValueType.indexMask)) }
  /// Whether variables of this type have a default value.
  var isDefaultable: Bool { !isReference || isNullable }
  var isPacked: Bool { self == .i8 || self == .i16 }
  /// The type of a field's value on the operand stack.
  var unpacked: ValueType { isPacked ? .i32 : self }

  static let functionReference = reference(.function, nullable: true)
  static let exceptionReference = reference(.exception, nullable: true)
}

/// A heap type: an abstract one by its code, or a concrete one by its index.
struct HeapType: Hashable, Sendable {
  var bits: UInt32

  /// The heap type of an unknown reference in unreachable code: it matches every heap type.
  static let bottom = HeapType(bits: 1)
  static let function = HeapType(bits: 0x70)
  static let external = HeapType(bits: 0x6f)
  static let any = HeapType(bits: 0x6e)
  static let equatable = HeapType(bits: 0x6d)
  static let i31 = HeapType(bits: 0x6c)
  static let structure = HeapType(bits: 0x6b)
  static let array = HeapType(bits: 0x6a)
  static let exception = HeapType(bits: 0x69)
  static let none = HeapType(bits: 0x71)
  static let noExternal = HeapType(bits: 0x72)
  static let noFunction = HeapType(bits: 0x73)
  static let noException = HeapType(bits: 0x74)

  static func concrete(_ index: UInt32) -> HeapType { HeapType(bits: ValueType.concreteBit | index) }

  var isConcrete: Bool { bits & ValueType.concreteBit != 0 }
  /// The index of a concrete type.
  var index: UInt32 { bits & ValueType.indexMask }

  /// The abstract heap type for an encoded byte.
  init?(code: UInt8) {
    guard 0x69...0x74 ~= code else { return nil }
    bits = UInt32(code)
  }

  init(bits: UInt32) { self.bits = bits }
}

extension ByteReader {
  /// Reads a value type (specification 5.3.5).
  mutating func valueType() throws(ValidationError) -> ValueType {
    switch try peek() {
    case 0x7f: return try numeric(.i32)
    case 0x7e: return try numeric(.i64)
    case 0x7d: return try numeric(.f32)
    case 0x7c: return try numeric(.f64)
    case 0x7b: return try numeric(.v128)
    default: return try referenceType("value type")
    }
  }

  private mutating func numeric(_ type: ValueType) throws(ValidationError) -> ValueType {
    try skip(1)
    return type
  }

  /// Reads a reference type (specification 5.3.4); `subject` names what was expected in an error.
  mutating func referenceType(_ subject: String = "reference type") throws(ValidationError) -> ValueType {
    let start = offset
    let code = try byte()
    if code == 0x63 || code == 0x64 {
      // The short forms of `funcref` and `externref` are older than the long ones.
      noteEncoding(of: .functionReferences)
      return .reference(try heapType(), nullable: code == 0x63)
    }
    guard let heap = HeapType(code: code) else {
      throw malformed("malformed \(subject)", at: start)
    }
    return .reference(heap, nullable: true)
  }

  /// Reads a heap type (specification 5.3.3).
  mutating func heapType() throws(ValidationError) -> HeapType {
    let start = offset
    let number = try s33()
    if number >= 0 {
      guard number < Limit.types else {
        throw ValidationError(.invalid, at: start, "unknown type \(number): type index out of bounds")
      }
      return .concrete(UInt32(number))
    }
    guard offset - start == 1, let heap = HeapType(code: UInt8(truncatingIfNeeded: number & 0x7f)) else {
      throw malformed("malformed heap type", at: start)
    }
    return heap
  }

  /// Reads the type of a field: a value type, `i8` or `i16` (specification 5.3.8).
  mutating func storageType() throws(ValidationError) -> ValueType {
    switch try peek() {
    case 0x78: return try numeric(.i8)
    case 0x77: return try numeric(.i16)
    default: return try valueType()
    }
  }
}
