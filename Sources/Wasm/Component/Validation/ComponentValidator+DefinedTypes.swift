/// Definitions of value types.
extension ComponentValidator {
  mutating func definedType(
    _ type: DefinedValueType, at offset: Int
  ) throws(ValidationError) -> ComponentTypes.DefinedEntry {
    switch type {
    case .primitive(let type):
      let resolved = try resolve(.primitive(type), at: offset)
      return ComponentTypes.DefinedEntry(
        type: .primitive(type), summary: .leaf, layout: types.layout(of: resolved))
    case .record(let fields): return try record(fields, at: offset)
    case .variant(let cases): return try variant(cases, at: offset)
    case .list(let element):
      let element = try resolve(element, at: offset)
      return try entry(.list(element), .pointerAndLength, at: offset)
    case .fixedLengthList(let element, let length): throw try fixedLengthList(element, length, at: offset)
    case .map(let key, let value):
      let key = try resolve(key, at: offset)
      guard primitive(key)?.isMapKey == true else { throw invalid("invalid map key type", at: offset) }
      let value = try resolve(value, at: offset)
      return try entry(.map(key, value), .pointerAndLength, at: offset)
    case .tuple(let parts): return try tuple(parts, at: offset)
    case .flags(let names): return try flags(names, at: offset)
    case .enumeration(let names): return try enumeration(names, at: offset)
    case .option(let part):
      let part = try resolve(part, at: offset)
      let layout = CanonicalLayout.variant(caseCount: 2, payloads: [types.layout(of: part)])
      return try entry(.option(part), layout, at: offset)
    case .result(let ok, let error): return try result(ok, error, at: offset)
    case .own(let index): return try entry(.own(try scope.resource(index, at: offset)), .handle, at: offset)
    case .borrow(let index):
      var entry = try entry(.borrow(try scope.resource(index, at: offset)), .handle, at: offset)
      entry.summary.containsBorrow = true
      return entry
    case .future(let part):
      try requireAsync("`future` requires the component model async feature", at: offset)
      let part = try resolveOptional(part, at: offset)
      try checkPayload(part, of: "future", at: offset)
      return try entry(.future(part), .handle, at: offset)
    case .stream(let part): return try stream(part, at: offset)
    }
  }

  private func resolveOptional(
    _ type: ComponentValueType?, at offset: Int
  ) throws(ValidationError) -> ResolvedValueType? {
    guard let type else { return nil }
    return try resolve(type, at: offset)
  }

  private func entry(
    _ type: ResolvedDefinedType, _ layout: CanonicalLayout, at offset: Int
  ) throws(ValidationError) -> ComponentTypes.DefinedEntry {
    var summary = TypeSummary.leaf
    for part in type.parts { try summary.add(types.summary(of: part), at: offset) }
    guard layout.byteSize <= Limit.valueByteSize else { throw tooLarge(at: offset) }
    return ComponentTypes.DefinedEntry(type: type, summary: summary, layout: layout)
  }

  private func tooLarge(at offset: Int) -> ValidationError {
    ValidationError(
      .limit, at: offset, "value type exceeds maximum byte size of \(Limit.valueByteSize)")
  }

  private func record(
    _ fields: [NamedValueType], at offset: Int
  ) throws(ValidationError) -> ComponentTypes.DefinedEntry {
    guard !fields.isEmpty else { throw invalid("record type must have at least one field", at: offset) }
    var labels = LabelSet("record field", "field")
    var resolved: [ResolvedField] = []
    for field in fields {
      try labels.insert(field.name, at: offset)
      resolved.append(ResolvedField(name: field.name, type: try resolve(field.type, at: offset)))
    }
    return try entry(.record(resolved), .record(resolved.map { types.layout(of: $0.type) }), at: offset)
  }

  private func variant(
    _ cases: [VariantCase], at offset: Int
  ) throws(ValidationError) -> ComponentTypes.DefinedEntry {
    guard !cases.isEmpty else { throw invalid("variant type must have at least one case", at: offset) }
    var labels = LabelSet("variant case", "case")
    var resolved: [ResolvedCase] = []
    for item in cases {
      try labels.insert(item.name, at: offset)
      resolved.append(ResolvedCase(name: item.name, type: try resolveOptional(item.type, at: offset)))
    }
    let payloads = resolved.compactMap(\.type).map { types.layout(of: $0) }
    return try entry(
      .variant(resolved), .variant(caseCount: cases.count, payloads: payloads), at: offset)
  }

  private func tuple(
    _ parts: [ComponentValueType], at offset: Int
  ) throws(ValidationError) -> ComponentTypes.DefinedEntry {
    guard !parts.isEmpty else { throw invalid("tuple type must have at least one type", at: offset) }
    var resolved: [ResolvedValueType] = []
    for part in parts { resolved.append(try resolve(part, at: offset)) }
    return try entry(.tuple(resolved), .record(resolved.map { types.layout(of: $0) }), at: offset)
  }

  private func flags(
    _ names: [String], at offset: Int
  ) throws(ValidationError) -> ComponentTypes.DefinedEntry {
    guard !names.isEmpty else { throw invalid("flags must have at least one entry", at: offset) }
    guard names.count <= Limit.flags else {
      throw ValidationError(.limit, at: offset, "cannot have more than \(Limit.flags) flags")
    }
    var labels = LabelSet("flag", "flag")
    for name in names { try labels.insert(name, at: offset) }
    return try entry(.flags(names), .flags(names.count), at: offset)
  }

  private func enumeration(
    _ names: [String], at offset: Int
  ) throws(ValidationError) -> ComponentTypes.DefinedEntry {
    guard !names.isEmpty else { throw invalid("enum type must have at least one variant", at: offset) }
    var labels = LabelSet("enum tag", "tag")
    for name in names { try labels.insert(name, at: offset) }
    return try entry(.enumeration(names), .variant(caseCount: names.count, payloads: []), at: offset)
  }

  private func result(
    _ ok: ComponentValueType?, _ error: ComponentValueType?, at offset: Int
  ) throws(ValidationError) -> ComponentTypes.DefinedEntry {
    let type = ResolvedDefinedType.result(
      ok: try resolveOptional(ok, at: offset), error: try resolveOptional(error, at: offset))
    let payloads = type.parts.map { types.layout(of: $0) }
    return try entry(type, .variant(caseCount: 2, payloads: payloads), at: offset)
  }

  private mutating func stream(
    _ part: ComponentValueType?, at offset: Int
  ) throws(ValidationError) -> ComponentTypes.DefinedEntry {
    try requireAsync("`stream` requires the component model async feature", at: offset)
    let part = try resolveOptional(part, at: offset)
    if let part, primitive(part) == .char {
      throw invalid(
        "`stream<char>` is not valid at this time, use `stream<u8>` with an encoding instead", at: offset)
    }
    try checkPayload(part, of: "stream", at: offset)
    return try entry(.stream(part), .handle, at: offset)
  }

  /// Checks the payload of a stream or future, which may live longer than the call for which a borrowed handle is
  /// valid.
  private func checkPayload(
    _ part: ResolvedValueType?, of kind: String, at offset: Int
  ) throws(ValidationError) {
    guard let part, types.summary(of: part).containsBorrow else { return }
    throw invalid("`\(kind)` payload cannot contain a `borrow` type", at: offset)
  }

  private func primitive(_ type: ResolvedValueType) -> PrimitiveType? {
    switch type {
    case .primitive(let type): type
    case .defined(let id):
      if case .primitive(let type) = types.defined[id.index].type { type } else { nil }
    }
  }

  /// The error for a list of fixed length, which no set of features contains; other errors of the list come first.
  private func fixedLengthList(
    _ element: ComponentValueType, _ length: UInt32, at offset: Int
  ) throws(ValidationError) -> ValidationError {
    let element = try resolve(element, at: offset)
    let layout = CanonicalLayout.fixedLengthList(types.layout(of: element), length: length)
    guard layout.byteSize <= Limit.valueByteSize else { return tooLarge(at: offset) }
    return ValidationError(
      .unsupported, at: offset,
      "Fixed-length lists require the component model fixed-length lists feature")
  }
}

extension PrimitiveType {
  /// Whether a map can have keys of this type.
  fileprivate var isMapKey: Bool {
    switch self {
    case .f32, .f64, .errorContext: false
    default: true
    }
  }
}
