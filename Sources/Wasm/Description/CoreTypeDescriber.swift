/// Describes the types of core modules.
struct CoreTypeDescriber {
  private let types: CoreTypes
  /// The hashes of the first types, up to the last that was requested.
  private var hashes: [UInt64] = []
  /// The number of hashed recursion groups.
  private var groupCount = 0
  /// The function types that were described; most modules use the same ones repeatedly.
  private var functions: [UInt32: (type: ExternalType, size: Int)] = [:]

  init(types: CoreTypes) { self.types = types }

  /// Describes a type and returns the size of the texts in it.
  mutating func describe(_ type: CoreExternType) -> (type: ExternalType, size: Int) {
    switch type {
    case .function(let id):
      if let known = functions[id] { return known }
      let new = describe(function: id)
      functions[id] = new
      return new
    case .table(let type):
      let table = describe(type)
      return (.table(table), table.element.text.utf8.count)
    case .memory(let type): return (.memory(MemoryDescription(type)), 0)
    case .global(let type):
      let value = describe(type.value)
      return (.global(type: value, isMutable: type.isMutable), value.text.utf8.count)
    case .tag(let id):
      let (parameters, size) = describe(types.parameters(of: types.types[Int(id)]))
      let type = definedType(id)
      return (.tag(parameters: parameters, definedType: type), size + (type?.text.utf8.count ?? 0))
    }
  }

  mutating func describe(_ type: TableType) -> TableDescription {
    TableDescription(
      element: describe(type.element), bounds: SizeBounds(type.limits), is64Bit: type.limits.is64Bit)
  }

  private mutating func describe(function id: UInt32) -> (ExternalType, Int) {
    let type = types.types[Int(id)]
    let (parameters, size) = describe(types.parameters(of: type))
    let (results, resultSize) = describe(types.results(of: type))
    let definedType = definedType(id)
    let signature = FunctionSignature(
      parameters: parameters.map { FunctionSignature.Parameter(name: nil, type: .core($0)) },
      results: results.map { .core($0) }, definedType: definedType)
    return (.function(signature), size + resultSize + (definedType?.text.utf8.count ?? 0))
  }

  /// The type of a function or tag; nil if its parameters and results distinguish it from all others.
  private mutating func definedType(_ id: UInt32) -> DefinedTypeHash? {
    isPlain(id) ? nil : DefinedTypeHash(hash(of: id))
  }

  /// Whether the parameters and results of a function type distinguish it from all others: it is final, has no
  /// supertype, and is not part of a larger recursion group or recursive.
  private func isPlain(_ id: UInt32) -> Bool {
    let type = types.types[Int(id)]
    guard type.isFinal, type.supertype == CoreType.noSupertype, types.group(of: Int(id)).count == 1 else {
      return false
    }
    func namesItself(_ word: UInt32) -> Bool {
      let value = ValueType(bits: word)
      return value.isReference && value.heap.isConcrete && value.heap.index == id
    }
    return !types.parameters(of: type).contains(where: namesItself)
      && !types.results(of: type).contains(where: namesItself)
  }

  /// Describes value types and returns the size of their texts: each counts 4 bytes more than its length.
  private mutating func describe(
    _ words: ArraySlice<UInt32>
  ) -> (types: [CoreValueTypeDescription], size: Int) {
    var result: [CoreValueTypeDescription] = []
    var size = 0
    for word in words {
      let type = describe(ValueType(bits: word))
      result.append(type)
      size += 4 + type.text.utf8.count
    }
    return (result, size)
  }

  private mutating func describe(_ type: ValueType) -> CoreValueTypeDescription {
    switch type {
    case .i32: return .i32
    case .i64: return .i64
    case .f32: return .f32
    case .f64: return .f64
    case .v128: return .v128
    default:
      let heap =
        type.heap.abstract.map { .abstract($0) }
        ?? HeapTypeDescription.defined(
          DefinedTypeHash(hash(of: type.heap.index)))
      return .reference(heap, isNullable: type.isNullable)
    }
  }
}

/// Hashes of defined types. They depend only on the structure (Documentation/formats.md, "Description of a module"), so
/// that they are the same in all modules, processes and versions of the program.
extension CoreTypeDescriber {
  /// A group only refers to earlier ones, so hashing them in order needs no recursion.
  private mutating func hash(of id: UInt32) -> UInt64 {
    while hashes.count <= Int(id) {
      let group = types.groups[groupCount]
      groupCount += 1
      let content = hash(of: group)
      for position in 0..<group.count {
        var hash = StableHash()
        hash.add(content)
        hash.add(number: UInt64(position))
        hashes.append(hash.value)
      }
    }
    return hashes[Int(id)]
  }

  private func hash(of group: CoreTypes.Group) -> UInt64 {
    var hash = StableHash()
    hash.add(number: UInt64(group.count))
    for type in types.types[group.start..<group.start + group.count] {
      hash.add(byte: type.isFinal ? 1 : 0)
      if type.supertype == CoreType.noSupertype {
        hash.add(byte: 0)
      } else {
        addReference(to: type.supertype, from: group, &hash)
      }
      hash.add(byte: type.kind.code)
      if type.kind != .array { hash.add(number: UInt64(type.parameterCount)) }
      for word in types.parameters(of: type) {
        add(ValueType(bits: word & ~ValueType.markBit), from: group, &hash)
        if type.kind != .function { hash.add(byte: word & ValueType.markBit == 0 ? 0 : 1) }
      }
      guard type.kind == .function else { continue }
      hash.add(number: UInt64(type.resultCount))
      for word in types.results(of: type) { add(ValueType(bits: word), from: group, &hash) }
    }
    return hash.value
  }

  private func add(_ type: ValueType, from group: CoreTypes.Group, _ hash: inout StableHash) {
    guard type.isReference else { return hash.add(byte: type.code) }
    hash.add(byte: type.isNullable ? 0x63 : 0x64)
    if type.heap.isConcrete {
      addReference(to: type.heap.index, from: group, &hash)
    } else {
      hash.add(byte: UInt8(truncatingIfNeeded: type.heap.bits))
    }
  }

  private func addReference(to id: UInt32, from group: CoreTypes.Group, _ hash: inout StableHash) {
    if Int(id) >= group.start {
      hash.add(byte: 1)
      hash.add(number: UInt64(Int(id) - group.start))
    } else {
      hash.add(byte: 2)
      hash.add(hashes[Int(id)])
    }
  }
}

/// The hash FNV-1a of 64 bits.
private struct StableHash {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }

  /// Adds a number as LEB128.
  mutating func add(number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      add(byte: UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    add(byte: UInt8(rest))
  }

  /// Adds a hash as eight bytes, least significant first.
  mutating func add(_ hash: UInt64) {
    for shift in 0..<8 as Range<UInt64> { add(byte: UInt8(truncatingIfNeeded: hash >> (8 * shift))) }
  }
}

extension CoreType.Kind {
  /// The code in the binary format.
  fileprivate var code: UInt8 {
    switch self {
    case .function: 0x60
    case .structure: 0x5f
    case .array: 0x5e
    }
  }
}

extension ValueType {
  /// The code of a number, vector or packed type in the binary format.
  fileprivate var code: UInt8 {
    switch self {
    case .i32: 0x7f
    case .i64: 0x7e
    case .f32: 0x7d
    case .f64: 0x7c
    case .v128: 0x7b
    case .i8: 0x78
    default: 0x77
    }
  }
}

extension SizeBounds {
  init(_ limits: ResizableLimits) { self.init(minimum: limits.minimum, maximum: limits.maximum) }
}

extension MemoryDescription {
  init(_ type: MemoryType) {
    self.init(
      bounds: SizeBounds(type.limits), is64Bit: type.limits.is64Bit, isShared: type.limits.isShared,
      pageSize: type.pageSizeLog2 == 0 ? 1 : 65_536)
  }
}
