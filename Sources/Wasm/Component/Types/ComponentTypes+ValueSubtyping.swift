/// Subtyping of functions and values: types match if they are equal apart from the names of types. Here labels must be
/// identical; that two labels of one type must not differ in case alone is another rule.
extension ComponentTypes {
  mutating func check(function actual: Int, fits expected: Int, at offset: Int) throws(ValidationError) {
    let actual = functions[actual].type
    let expected = functions[expected].type
    guard actual.isAsync == expected.isAsync else {
      func name(_ isAsync: Bool) -> String { isAsync ? "async" : "sync" }
      throw mismatch(
        "expected \(name(expected.isAsync)) function, found \(name(actual.isAsync)) function", offset)
    }
    guard actual.parameters.count == expected.parameters.count else {
      throw mismatch(
        "expected \(expected.parameters.count) parameters, found \(actual.parameters.count)", offset)
    }
    for (actual, expected) in zip(actual.parameters, expected.parameters) {
      guard actual.name == expected.name else {
        throw mismatch(
          "expected parameter named `\(expected.name.quotedName)`, found `\(actual.name.quotedName)`", offset)
      }
      try inContext("type mismatch in function parameter `\(actual.name.quotedName)`") {
        () throws(ValidationError) in
        try check(actual.type, fits: expected.type, at: offset)
      }
    }
    switch (actual.result, expected.result) {
    case (nil, nil): break
    case (let actual?, let expected?):
      try inContext("type mismatch with result type") { () throws(ValidationError) in
        try check(actual, fits: expected, at: offset)
      }
    case (.some, nil), (nil, .some):
      throw mismatch("expected a result, found none: only one of the functions has a result", offset)
    }
  }

  private mutating func check(
    _ actual: ResolvedValueType, fits expected: ResolvedValueType, at offset: Int
  ) throws(ValidationError) {
    switch (actual, expected) {
    case (.primitive(let actual), .primitive(let expected)):
      try check(primitive: actual, fits: expected, at: offset)
    case (.defined(let actual), .defined(let expected)):
      try check(defined: actual, fits: expected, at: offset)
    case (.primitive(let actual), .defined(let expected)):
      guard case .primitive(let expected) = defined[expected.index].type else {
        throw mismatch("expected \(defined[expected.index].type.kindName), found \(actual)", offset)
      }
      try check(primitive: actual, fits: expected, at: offset)
    case (.defined(let actual), .primitive(let expected)):
      guard case .primitive(let actual) = defined[actual.index].type else {
        throw mismatch("expected \(expected), found \(defined[actual.index].type.kindName)", offset)
      }
      try check(primitive: actual, fits: expected, at: offset)
    }
  }

  private func check(
    primitive actual: PrimitiveType, fits expected: PrimitiveType, at offset: Int
  ) throws(ValidationError) {
    guard actual == expected else {
      throw mismatch("expected primitive `\(expected)` found primitive `\(actual)`", offset)
    }
  }

  mutating func check(
    defined actual: DefinedTypeID, fits expected: DefinedTypeID, at offset: Int
  ) throws(ValidationError) {
    if actual.index == expected.index { return }
    let pair = SubtypePair(actual: .defined(actual.index), expected: .defined(expected.index))
    if isKnown(pair) { return }
    try checkParts(of: actual, fit: expected, at: offset)
    note(pair)
  }

  private mutating func checkParts(
    of actual: DefinedTypeID, fit expected: DefinedTypeID, at offset: Int
  ) throws(ValidationError) {
    let expected = defined[expected.index].type
    switch (defined[actual.index].type, expected) {
    case (.primitive(let actual), .primitive(let expected)):
      try check(primitive: actual, fits: expected, at: offset)
    case (.primitive(let actual), _):
      throw mismatch("expected \(expected.kindName), found \(actual)", offset)
    case (.record(let actual), .record(let expected)):
      try check(record: actual, fits: expected, at: offset)
    case (.variant(let actual), .variant(let expected)):
      try check(variant: actual, fits: expected, at: offset)
    case (.tuple(let actual), .tuple(let expected)): try check(tuple: actual, fits: expected, at: offset)
    case (.list(let actual), .list(let expected)), (.option(let actual), .option(let expected)):
      try check(actual, fits: expected, at: offset)
    case (.map(let actual, let actualValue), .map(let expected, let expectedValue)):
      try inContext("type mismatch in map key") { () throws(ValidationError) in
        try check(actual, fits: expected, at: offset)
      }
      try inContext("type mismatch in map value") { () throws(ValidationError) in
        try check(actualValue, fits: expectedValue, at: offset)
      }
    case (.flags(let actual), .flags(let expected)):
      try check(labels: actual, equal: expected, "flags", at: offset)
    case (.enumeration(let actual), .enumeration(let expected)):
      try check(labels: actual, equal: expected, "enum", at: offset)
    case (.result(let actual, let actualError), .result(let expected, let expectedError)):
      try check(optional: actual, fits: expected, ("ok type", "ok variant"), at: offset)
      try check(optional: actualError, fits: expectedError, ("err type", "err variant"), at: offset)
    case (.own(let actual), .own(let expected)), (.borrow(let actual), .borrow(let expected)):
      guard actual.resource == expected.resource else {
        throw mismatch("resource types are not the same", offset)
      }
    case (.future(let actual), .future(let expected)):
      try check(optional: actual, fits: expected, ("future type", "future"), at: offset)
    case (.stream(let actual), .stream(let expected)):
      try check(optional: actual, fits: expected, ("stream type", "stream"), at: offset)
    default:
      throw mismatch(
        "expected \(expected.kindName), found \(defined[actual.index].type.kindName)", offset)
    }
  }

  private mutating func check(
    record actual: [ResolvedField], fits expected: [ResolvedField], at offset: Int
  ) throws(ValidationError) {
    guard actual.count == expected.count else {
      throw mismatch("expected \(expected.count) fields, found \(actual.count)", offset)
    }
    for (actual, expected) in zip(actual, expected) {
      guard actual.name == expected.name else {
        throw mismatch(
          "expected field name `\(expected.name.quotedName)`, found `\(actual.name.quotedName)`", offset)
      }
      try inContext("type mismatch in record field `\(actual.name.quotedName)`") {
        () throws(ValidationError) in
        try check(actual.type, fits: expected.type, at: offset)
      }
    }
  }

  private mutating func check(
    variant actual: [ResolvedCase], fits expected: [ResolvedCase], at offset: Int
  ) throws(ValidationError) {
    guard actual.count == expected.count else {
      throw mismatch("expected \(expected.count) cases, found \(actual.count)", offset)
    }
    for (actual, expected) in zip(actual, expected) {
      guard actual.name == expected.name else {
        throw mismatch(
          "expected case named `\(expected.name.quotedName)`, found `\(actual.name.quotedName)`", offset)
      }
      switch (actual.type, expected.type) {
      case (nil, nil): break
      case (let actualType?, let expectedType?):
        try inContext("type mismatch in variant case `\(actual.name.quotedName)`") {
          () throws(ValidationError) in
          try check(actualType, fits: expectedType, at: offset)
        }
      case (nil, .some):
        throw mismatch("expected case `\(actual.name.quotedName)` to have a type, found none", offset)
      case (.some, nil): throw mismatch("expected case `\(actual.name.quotedName)` to have no type", offset)
      }
    }
  }

  private mutating func check(
    tuple actual: [ResolvedValueType], fits expected: [ResolvedValueType], at offset: Int
  ) throws(ValidationError) {
    guard actual.count == expected.count else {
      throw mismatch("expected \(expected.count) types, found \(actual.count)", offset)
    }
    for position in actual.indices {
      try inContext("type mismatch in tuple field \(position)") { () throws(ValidationError) in
        try check(actual[position], fits: expected[position], at: offset)
      }
    }
  }

  private func check(
    labels actual: [String], equal expected: [String], _ kind: String, at offset: Int
  ) throws(ValidationError) {
    guard actual == expected else { throw mismatch("mismatch in \(kind) elements", offset) }
  }

  private mutating func check(
    optional actual: ResolvedValueType?, fits expected: ResolvedValueType?,
    _ names: (type: String, place: String), at offset: Int
  ) throws(ValidationError) {
    switch (actual, expected) {
    case (nil, nil): break
    case (let actual?, let expected?):
      try inContext("type mismatch in \(names.place)") { () throws(ValidationError) in
        try check(actual, fits: expected, at: offset)
      }
    case (nil, .some): throw mismatch("expected \(names.type), but found none", offset)
    case (.some, nil): throw mismatch("expected \(names.type) to not be present", offset)
    }
  }
}

extension PrimitiveType: CustomStringConvertible {
  /// The type in the text format.
  public var description: String {
    switch self {
    case .bool: "bool"
    case .s8: "s8"
    case .u8: "u8"
    case .s16: "s16"
    case .u16: "u16"
    case .s32: "s32"
    case .u32: "u32"
    case .s64: "s64"
    case .u64: "u64"
    case .f32: "f32"
    case .f64: "f64"
    case .char: "char"
    case .string: "string"
    case .errorContext: "error-context"
    }
  }
}
