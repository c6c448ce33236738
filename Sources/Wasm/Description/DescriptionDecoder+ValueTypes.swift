extension DescriptionDecoder {
  /// Reads a value type of a core module.
  mutating func coreValueType() throws(ValidationError) -> CoreValueTypeDescription {
    guard case .core(let type) = try valueType() else { throw malformed() }
    return type
  }

  /// Reads a hash of eight bytes, least significant first.
  mutating func definedType() throws(ValidationError) -> DefinedTypeHash {
    var value: UInt64 = 0
    for shift in 0..<8 as Range<UInt64> { value |= UInt64(try byte()) << (8 * shift) }
    return DefinedTypeHash(value)
  }

  /// Reads a value type after its code.
  mutating func valueType(_ code: UInt8, depth: Int) throws(ValidationError) -> ValueTypeDescription {
    guard depth < ModuleDescription.deepestType else { throw malformed() }
    if let primitive = PrimitiveType(descriptionCode: code) { return .primitive(primitive) }
    guard let code = ValueTypeCode(rawValue: code) else { throw malformed() }
    switch code {
    case .i32: return .core(.i32)
    case .i64: return .core(.i64)
    case .f32: return .core(.f32)
    case .f64: return .core(.f64)
    case .v128: return .core(.v128)
    case .reference: return .core(.reference(try heapType(), isNullable: false))
    case .nullableReference: return .core(.reference(try heapType(), isNullable: true))
    case .record:
      return .record(
        try list { (decoder) throws(ValidationError) in
          ValueTypeDescription.Field(name: try decoder.text(), type: try decoder.part(depth))
        })
    case .variant:
      return .variant(
        try list { (decoder) throws(ValidationError) in
          ValueTypeDescription.Case(name: try decoder.text(), type: try decoder.optionalPart(depth))
        })
    case .tuple: return .tuple(try list { (decoder) throws(ValidationError) in try decoder.part(depth) })
    case .flags: return .flags(try list { (decoder) throws(ValidationError) in try decoder.text() })
    case .enumeration:
      return .enumeration(try list { (decoder) throws(ValidationError) in try decoder.text() })
    case .list: return .list(try part(depth))
    case .map: return .map(try part(depth), try part(depth))
    case .option: return .option(try part(depth))
    case .result: return .result(ok: try optionalPart(depth), error: try optionalPart(depth))
    case .stream: return .stream(try optionalPart(depth))
    case .future: return .future(try optionalPart(depth))
    case .borrow: return .borrow(try part(depth))
    case .named: return try namedType()
    case .resource: return .resource
    case .cut: return .cut(try text())
    }
  }

  /// Reads a value type inside another one at this depth.
  private mutating func part(_ depth: Int) throws(ValidationError) -> ValueTypeDescription {
    try valueType(try byte(), depth: depth + 1)
  }

  private mutating func optionalPart(_ depth: Int) throws(ValidationError) -> ValueTypeDescription? {
    try flag() ? try part(depth) : nil
  }

  private mutating func heapType() throws(ValidationError) -> HeapTypeDescription {
    let code = try byte()
    if code == 0 { return .defined(try definedType()) }
    guard let heap = AbstractHeapType(rawValue: code) else { throw malformed() }
    return .abstract(heap)
  }
}
