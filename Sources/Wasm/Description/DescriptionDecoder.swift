/// The part of an encoded description to read.
public enum DescriptionPart: Sendable {
  /// Up to the imports, including encoding, features, size and name.
  case imports
  /// Up to the exports.
  case exports
  /// Everything.
  case whole
}

extension ModuleDescription {
  /// Decodes the bytes of `encoded`; nil if they are invalid.
  ///
  /// `part`: The part to read; the rest is ignored, and missing in the description.
  public init?(encoded: [UInt8], through part: DescriptionPart = .whole) {
    let decoded = encoded.withUnsafeBufferPointer { bytes -> ModuleDescription? in
      var decoder = DescriptionDecoder(ByteReader(bytes, at: 0))
      return try? decoder.description(through: part)
    }
    guard let decoded else { return nil }
    self = decoded
  }
}

/// Decodes the parts of an encoded description.
struct DescriptionDecoder {
  private var reader: ByteReader
  private var texts: [String] = []
  private var valueTypes: [ValueTypeDescription] = []
  /// The types that were described by a name.
  private var namedTypes: [ValueTypeDescription] = []

  init(_ reader: ByteReader) { self.reader = reader }

  mutating func description(through part: DescriptionPart) throws(ValidationError) -> ModuleDescription {
    guard try reader.byte() == ModuleDescription.encodingVersion else { throw malformed() }
    let encoding: Encoding = try flags(1) == 0 ? .core : .component
    let isComplete = try flag()
    var result = ModuleDescription(
      encoding: encoding, features: Features(rawValue: try number()), size: try count())
    result.isComplete = isComplete
    result.name = try optionalText()
    result.imports = try imports(depth: 0)
    if part != .imports { result.exports = try exports(depth: 0) }
    if part == .whole { try readRest(of: &result) }
    return result
  }

  /// Reads the data after the exports.
  private mutating func readRest(of result: inout ModuleDescription) throws(ValidationError) {
    result.memories = try list { (decoder) throws(ValidationError) in try decoder.memory() }
    result.tables = try list { (decoder) throws(ValidationError) in try decoder.table() }
    result.definedFunctions = try count()
    result.start = try optionalNumber().map { (start) throws(ValidationError) in
      guard let start = UInt32(exactly: start) else { throw malformed() }
      return start
    }
    result.sections = try list { (decoder) throws(ValidationError) in try decoder.section() }
    result.producers = try list { (decoder) throws(ValidationError) in
      Producer(field: try decoder.text(), name: try decoder.text(), version: try decoder.text())
    }
    result.targetFeatures = try list { (decoder) throws(ValidationError) in try decoder.text() }
    result.worlds = try list { (decoder) throws(ValidationError) in
      WorldDescription(
        name: try decoder.text(), imports: try decoder.imports(depth: 0),
        exports: try decoder.exports(depth: 0))
    }
    guard reader.isAtEnd else { throw malformed() }
  }

  func malformed() -> ValidationError { reader.malformed("malformed description") }

  @inline(__always)
  mutating func byte() throws(ValidationError) -> UInt8 { try reader.byte() }

  @inline(__always)
  mutating func flags(_ highest: UInt8) throws(ValidationError) -> UInt8 {
    let value = try reader.byte()
    guard value <= highest else { throw malformed() }
    return value
  }

  @inline(__always)
  mutating func flag() throws(ValidationError) -> Bool { try flags(1) == 1 }

  @inline(__always)
  mutating func count() throws(ValidationError) -> Int {
    guard let count = Int(exactly: try number()) else { throw malformed() }
    return count
  }

  @inline(__always)
  private mutating func number() throws(ValidationError) -> UInt64 {
    if let number = reader.shortInteger() { return number }
    return try reader.u64()
  }

  mutating func text() throws(ValidationError) -> String {
    let head = try number()
    // Half of a 64-bit number fits an `Int`.
    let number = Int(head >> 1)
    if head & 1 == 1 {
      guard number < texts.count else { throw malformed() }
      return texts[number]
    }
    return try newText(number)
  }

  /// Reads a text that occurs for the first time.
  @inline(never)
  private mutating func newText(_ byteCount: Int) throws(ValidationError) -> String {
    guard let text = try reader.slice(byteCount).validText else { throw malformed() }
    texts.append(text)
    return text
  }

  private mutating func optionalText() throws(ValidationError) -> String? {
    try flag() ? try text() : nil
  }

  @inline(__always)
  private mutating func optionalNumber() throws(ValidationError) -> UInt64? {
    try flag() ? try number() : nil
  }

  /// Reads a value type that is no part of another one.
  mutating func valueType() throws(ValidationError) -> ValueTypeDescription {
    let head = try number()
    if head & 1 == 1 {
      // Half of a 64-bit number fits an `Int`.
      let number = Int(head >> 1)
      guard number < valueTypes.count else { throw malformed() }
      return valueTypes[number]
    }
    guard let code = UInt8(exactly: head >> 1) else { throw malformed() }
    let type = try valueType(code, depth: 0)
    if type.hasContents { valueTypes.append(type) }
    return type
  }

  /// Reads a type by its name.
  mutating func namedType() throws(ValidationError) -> ValueTypeDescription {
    let head = try number()
    let number = Int(head >> 1)
    if head & 1 == 1 {
      guard number < namedTypes.count else { throw malformed() }
      return namedTypes[number]
    }
    guard number <= ModuleDescription.deepestType else { throw malformed() }
    let isExport = try flag()
    let interface = try list { (decoder) throws(ValidationError) in ExactName(try decoder.text()) }
    let reference = TypeReference(
      outerCount: number, interface: interface, isExport: isExport, name: ExactName(try text()))
    namedTypes.append(.named(reference))
    return namedTypes[namedTypes.count - 1]
  }

  /// Reads a list; each item takes at least one byte, so that the list cannot be longer than the input.
  mutating func list<Item>(
    _ read: (inout DescriptionDecoder) throws(ValidationError) -> Item
  ) throws(ValidationError) -> [Item] {
    let count = try count()
    guard count <= reader.remaining else { throw malformed() }
    // Most lists are this short, and a literal takes a third of the time of appending to an array.
    switch count {
    case 0: return []
    case 1: return [try read(&self)]
    case 2: return [try read(&self), try read(&self)]
    default: break
    }
    var items: [Item] = []
    // An incorrect count must not allocate much memory in advance.
    items.reserveCapacity(min(count, 4_096))
    for _ in 0..<count { items.append(try read(&self)) }
    return items
  }

  private mutating func imports(depth: Int) throws(ValidationError) -> [ModuleImport] {
    try list { (decoder) throws(ValidationError) in
      ModuleImport(
        module: try decoder.optionalText(), name: try decoder.text(), type: try decoder.type(depth: depth))
    }
  }

  private mutating func exports(depth: Int) throws(ValidationError) -> [ModuleExport] {
    try list { (decoder) throws(ValidationError) in
      ModuleExport(name: try decoder.text(), type: try decoder.type(depth: depth))
    }
  }

  private mutating func section() throws(ValidationError) -> SectionDescription {
    let name = try text()
    let isCustom = try flag()
    let offset = try count()
    let size = try count()
    let count = try optionalNumber()
    guard let count else {
      return SectionDescription(name: name, isCustom: isCustom, offset: offset, size: size, count: nil)
    }
    guard let count = Int(exactly: count) else { throw malformed() }
    return SectionDescription(name: name, isCustom: isCustom, offset: offset, size: size, count: count)
  }

  private mutating func bounds() throws(ValidationError) -> SizeBounds {
    SizeBounds(minimum: try number(), maximum: try optionalNumber())
  }

  private mutating func memory() throws(ValidationError) -> MemoryDescription {
    let bounds = try bounds()
    let flags = try flags(3)
    return MemoryDescription(
      bounds: bounds, is64Bit: flags & 1 != 0, isShared: flags & 2 != 0, pageSize: try count())
  }

  private mutating func table() throws(ValidationError) -> TableDescription {
    TableDescription(element: try coreValueType(), bounds: try bounds(), is64Bit: try flag())
  }

  private mutating func signature() throws(ValidationError) -> FunctionSignature {
    let flags = try flags(3)
    let definedType = flags & 2 == 0 ? nil : try definedType()
    let parameters = try list { (decoder) throws(ValidationError) in
      FunctionSignature.Parameter(name: try decoder.optionalText(), type: try decoder.valueType())
    }
    let results = try list { (decoder) throws(ValidationError) in try decoder.valueType() }
    return FunctionSignature(
      parameters: parameters, results: results, isAsync: flags & 1 != 0, definedType: definedType)
  }

  /// Reads a type; `isReferenced` means that it is inside a `typeOf`, which does not nest.
  private mutating func type(depth: Int, isReferenced: Bool = false) throws(ValidationError) -> ExternalType {
    guard depth < ModuleDescription.deepestType, let code = ExternalTypeCode(rawValue: try reader.byte())
    else { throw malformed() }
    switch code {
    case .function: return .function(try signature())
    case .table: return .table(try table())
    case .memory: return .memory(try memory())
    case .global: return .global(type: try coreValueType(), isMutable: try flag())
    case .tag:
      let definedType = try flag() ? try definedType() : nil
      return .tag(
        parameters: try list { (decoder) throws(ValidationError) in try decoder.coreValueType() },
        definedType: definedType)
    case .module:
      return .module(imports: try imports(depth: depth + 1), exports: try exports(depth: depth + 1))
    case .component:
      return .component(imports: try imports(depth: depth + 1), exports: try exports(depth: depth + 1))
    case .instance:
      let implements = try optionalText()
      return .instance(exports: try exports(depth: depth + 1), implements: implements)
    case .resource: return .resource
    case .type: return .type(definition: try valueType())
    case .typeOf:
      guard !isReferenced else { throw malformed() }
      return .typeOf(try type(depth: depth, isReferenced: true))
    }
  }
}
