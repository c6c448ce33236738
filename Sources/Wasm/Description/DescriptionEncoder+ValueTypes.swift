/// The codes of value types in an encoded description, except those of primitive types, which are 127 minus their code in
/// the binary format. This is also the code of the other types that have one there.
enum ValueTypeCode: UInt8 {
  case record = 13
  case variant = 14
  case list = 15
  case tuple = 16
  case flags = 17
  case enumeration = 18
  case option = 20
  case result = 21
  case borrow = 23
  case stream = 25
  case future = 26
  case map = 28
  case named = 32
  case resource = 33
  case cut = 34
  case i32 = 40
  case i64 = 41
  case f32 = 42
  case f64 = 43
  case v128 = 44
  case reference = 45
  case nullableReference = 46
}

extension PrimitiveType {
  /// The code in an encoded description.
  var descriptionCode: UInt8 { 127 - rawValue }

  /// The type with a code; nil if there is none.
  init?(descriptionCode code: UInt8) {
    guard code < 128 else { return nil }
    self.init(rawValue: 127 - code)
  }
}

extension ValueTypeDescription {
  /// The code in an encoded description.
  var code: UInt8 {
    if case .primitive(let type) = self { type.descriptionCode } else { kind.rawValue }
  }

  private var kind: ValueTypeCode {
    switch self {
    case .primitive, .resource: .resource
    case .core(.i32): .i32
    case .core(.i64): .i64
    case .core(.f32): .f32
    case .core(.f64): .f64
    case .core(.v128): .v128
    case .core(.reference(_, let isNullable)): isNullable ? .nullableReference : .reference
    case .record: .record
    case .variant: .variant
    case .list: .list
    case .map: .map
    case .tuple: .tuple
    case .flags: .flags
    case .enumeration: .enumeration
    case .option: .option
    case .result: .result
    case .stream: .stream
    case .future: .future
    case .borrow: .borrow
    case .named: .named
    case .cut: .cut
    }
  }

  /// Whether something follows the code in an encoded description.
  var hasContents: Bool {
    switch self {
    case .primitive, .resource, .core(.i32), .core(.i64), .core(.f32), .core(.f64), .core(.v128): false
    default: true
    }
  }
}

extension DescriptionEncoder {
  /// Writes a value type inside another one.
  private mutating func add(part type: ValueTypeDescription) {
    add(byte: type.code)
    addContents(of: type)
  }

  private mutating func add(part type: ValueTypeDescription?) {
    add(byte: type == nil ? 0 : 1)
    if let type { add(part: type) }
  }

  /// Writes what follows the code of a value type.
  mutating func addContents(of type: ValueTypeDescription) {
    switch type {
    case .primitive, .resource, .core(.i32), .core(.i64), .core(.f32), .core(.f64), .core(.v128): break
    case .core(.reference(.abstract(let heap), _)): add(byte: heap.rawValue)
    case .core(.reference(.defined(let hash), _)):
      add(byte: 0)
      add(hash)
    case .record(let fields):
      add(list: fields) { encoder, field in
        encoder.add(field.name)
        encoder.add(part: field.type)
      }
    case .variant(let cases):
      add(list: cases) { encoder, item in
        encoder.add(item.name)
        encoder.add(part: item.type)
      }
    case .tuple(let types): add(list: types) { $0.add(part: $1) }
    case .flags(let names), .enumeration(let names): add(list: names) { $0.add($1) }
    case .list(let type), .option(let type), .borrow(let type): add(part: type)
    case .map(let first, let second):
      add(part: first)
      add(part: second)
    case .result(let first, let second):
      add(part: first)
      add(part: second)
    case .stream(let type), .future(let type): add(part: type)
    case .named(let reference): add(reference)
    case .cut(let beginning): add(beginning)
    }
  }
}
