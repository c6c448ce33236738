extension ModuleDescription {
  /// The version of the encoding, its first byte.
  static let encodingVersion: UInt8 = 6
  /// The maximum nesting of types in an encoding, and of value types in a value type; validation allows at most a
  /// hundred levels.
  static let deepestType = 128

  /// Encodes the description in a compact form (Documentation/formats.md, "Description of a module").
  public func encoded() -> [UInt8] {
    var encoder = DescriptionEncoder()
    encoder.add(byte: ModuleDescription.encodingVersion)
    encoder.add(byte: encoding == .core ? 0 : 1)
    encoder.add(byte: isComplete ? 1 : 0)
    encoder.add(features.rawValue)
    encoder.add(size)
    encoder.add(optional: name)
    encoder.add(imports)
    encoder.add(exports)
    encoder.add(list: memories) { $0.add($1) }
    encoder.add(list: tables) { $0.add($1) }
    encoder.add(definedFunctions)
    encoder.add(optional: start.map(UInt64.init))
    encoder.add(list: sections) { $0.add($1) }
    encoder.add(list: producers) { encoder, producer in
      encoder.add(producer.field)
      encoder.add(producer.name)
      encoder.add(producer.version)
    }
    encoder.add(list: targetFeatures) { $0.add($1) }
    encoder.add(list: worlds) { $0.add($1) }
    return encoder.bytes
  }
}

extension WorldDescription {
  /// The encoded size of the world alone, in bytes.
  var encodedSize: Int {
    var encoder = DescriptionEncoder()
    encoder.add(self)
    return encoder.bytes.count
  }
}

/// The codes of types in an encoded description.
enum ExternalTypeCode: UInt8 {
  case function = 0
  case table = 1
  case memory = 2
  case global = 3
  case tag = 4
  case module = 5
  case component = 6
  case instance = 7
  case resource = 8
  case type = 9
  case typeOf = 10
}

/// Encodes the parts of a description. A repeated text, value type or name of a type is written as its number.
struct DescriptionEncoder {
  private(set) var bytes: [UInt8] = []
  private var texts: [ExactName: UInt64] = [:]
  private var valueTypes: [ValueTypeDescription: UInt64] = [:]
  private var references: [TypeReference: UInt64] = [:]

  mutating func add(byte: UInt8) { bytes.append(byte) }

  /// Writes a number as LEB128.
  mutating func add(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func add(_ number: Int) { add(UInt64(clamping: number)) }

  mutating func add(_ text: String) {
    if let known = texts[ExactName(text)] { return add(known << 1 | 1) }
    texts[ExactName(text)] = UInt64(texts.count)
    add(UInt64(text.utf8.count) << 1)
    bytes.append(contentsOf: text.utf8)
  }

  /// Writes a value type that is no part of another one.
  mutating func add(_ type: ValueTypeDescription) {
    if type.hasContents {
      if let known = valueTypes[type] { return add(known << 1 | 1) }
      valueTypes[type] = UInt64(valueTypes.count)
    }
    add(UInt64(type.code) << 1)
    addContents(of: type)
  }

  mutating func add(_ reference: TypeReference) {
    if let known = references[reference] { return add(known << 1 | 1) }
    references[reference] = UInt64(references.count)
    add(UInt64(reference.outerCount) << 1)
    add(byte: reference.isExport ? 1 : 0)
    add(list: reference.interface) { $0.add($1.text) }
    add(reference.name.text)
  }

  /// Writes a hash as eight bytes, least significant first.
  mutating func add(_ hash: DefinedTypeHash) {
    for shift in 0..<8 as Range<UInt64> {
      bytes.append(UInt8(truncatingIfNeeded: hash.value >> (8 * shift)))
    }
  }

  mutating func add(optional text: String?) {
    add(byte: text == nil ? 0 : 1)
    if let text { add(text) }
  }

  mutating func add(optional number: UInt64?) {
    add(byte: number == nil ? 0 : 1)
    if let number { add(number) }
  }

  mutating func add<Item>(list: [Item], _ write: (inout DescriptionEncoder, Item) -> Void) {
    add(list.count)
    for item in list { write(&self, item) }
  }

  mutating func add(_ imports: [ModuleImport]) {
    add(list: imports) { encoder, item in
      encoder.add(optional: item.module)
      encoder.add(item.name)
      encoder.add(item.type)
    }
  }

  mutating func add(_ exports: [ModuleExport]) {
    add(list: exports) { encoder, item in
      encoder.add(item.name)
      encoder.add(item.type)
    }
  }

  mutating func add(_ world: WorldDescription) {
    add(world.name)
    add(world.imports)
    add(world.exports)
  }

  mutating func add(_ section: SectionDescription) {
    add(section.name)
    add(byte: section.isCustom ? 1 : 0)
    add(section.offset)
    add(section.size)
    add(optional: section.count.map { UInt64(clamping: $0) })
  }

  mutating func add(_ bounds: SizeBounds) {
    add(bounds.minimum)
    add(optional: bounds.maximum)
  }

  mutating func add(_ memory: MemoryDescription) {
    add(memory.bounds)
    add(byte: (memory.is64Bit ? 1 : 0) | (memory.isShared ? 2 : 0))
    add(memory.pageSize)
  }

  mutating func add(_ table: TableDescription) {
    add(.core(table.element))
    add(table.bounds)
    add(byte: table.is64Bit ? 1 : 0)
  }

  mutating func add(_ signature: FunctionSignature) {
    add(byte: (signature.isAsync ? 1 : 0) | (signature.definedType == nil ? 0 : 2))
    if let type = signature.definedType { add(type) }
    add(list: signature.parameters) { encoder, parameter in
      encoder.add(optional: parameter.name)
      encoder.add(parameter.type)
    }
    add(list: signature.results) { $0.add($1) }
  }

  private mutating func add(code: ExternalTypeCode) { add(byte: code.rawValue) }

  mutating func add(_ type: ExternalType) {
    switch type {
    case .function(let signature):
      add(code: .function)
      add(signature)
    case .table(let table):
      add(code: .table)
      add(table)
    case .memory(let memory):
      add(code: .memory)
      add(memory)
    case .global(let type, let isMutable):
      add(code: .global)
      add(.core(type))
      add(byte: isMutable ? 1 : 0)
    case .tag(let parameters, let definedType):
      add(code: .tag)
      add(byte: definedType == nil ? 0 : 1)
      if let definedType { add(definedType) }
      add(list: parameters) { $0.add(.core($1)) }
    case .module(let imports, let exports):
      add(code: .module)
      add(imports)
      add(exports)
    case .component(let imports, let exports):
      add(code: .component)
      add(imports)
      add(exports)
    case .instance(let exports, let implements):
      add(code: .instance)
      add(optional: implements)
      add(exports)
    case .resource: add(code: .resource)
    case .type(let definition):
      add(code: .type)
      add(definition)
    case .typeOf(let type):
      add(code: .typeOf)
      add(type)
    }
  }
}
