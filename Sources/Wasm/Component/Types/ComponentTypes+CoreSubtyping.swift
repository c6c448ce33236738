/// Subtyping of core modules and of their imports and exports (specification 4.5.3, "Import Matching").
extension ComponentTypes {
  mutating func check(module actualID: Int, fits expectedID: Int, at offset: Int) throws(ValidationError) {
    if actualID == expectedID { return }
    let pair = SubtypePair(actual: .module(actualID), expected: .module(expectedID))
    if isKnown(pair) { return }
    let actual = modules[actualID]
    let expected = modules[expectedID]
    for (name, needed) in actual.imports.entries {
      guard let given = expected.imports[name] else {
        throw mismatch("missing expected import `\(name.module)::\(name.name)`", offset)
      }
      try inContext("type mismatch in import `\(name.module)::\(name.name)`") { () throws(ValidationError) in
        try check(given, fits: needed, at: offset)
      }
    }
    for (name, asked) in expected.exports.entries {
      guard let offered = actual.exports[name] else {
        throw mismatch("missing expected export `\(name)`", offset)
      }
      try inContext("type mismatch in export `\(name)`") { () throws(ValidationError) in
        try check(offered, fits: asked, at: offset)
      }
    }
    note(pair)
  }

  func check(
    _ actual: CoreExternType, fits expected: CoreExternType, at offset: Int
  ) throws(ValidationError) {
    switch (actual, expected) {
    case (.function(let actual), .function(let expected)):
      try check(core.isSubtype(actual, of: expected), actual, expected, at: offset)
    case (.tag(let actual), .tag(let expected)):
      try check(actual == expected, actual, expected, at: offset)
    case (.table(let actual), .table(let expected)): try check(actual, fits: expected, at: offset)
    case (.memory(let actual), .memory(let expected)): try check(actual, fits: expected, at: offset)
    case (.global(let actual), .global(let expected)):
      guard actual.isMutable == expected.isMutable else {
        throw mismatch("global types differ in mutability", offset)
      }
      guard actual.isMutable ? actual.value == expected.value : core.matches(actual.value, expected.value)
      else {
        throw mismatch(
          "expected global type \(expected.value.shortText), found \(actual.value.shortText)", offset)
      }
    default:
      throw mismatch("expected \(expected.kindName), found \(actual.kindName)", offset)
    }
  }

  private func check(
    _ isFitting: Bool, _ actual: UInt32, _ expected: UInt32, at offset: Int
  ) throws(ValidationError) {
    guard isFitting else {
      throw mismatch(
        "expected: \(core.functionText(expected)), found: \(core.functionText(actual))", offset)
    }
  }

  private func check(
    _ actual: TableType, fits expected: TableType, at offset: Int
  ) throws(ValidationError) {
    guard actual.element == expected.element else {
      throw mismatch(
        "expected table element type \(expected.element.shortText), found \(actual.element.shortText)",
        offset)
    }
    guard actual.limits.isShared == expected.limits.isShared else {
      throw mismatch("mismatch in the shared flag for tables", offset)
    }
    guard actual.limits.is64Bit == expected.limits.is64Bit else {
      throw mismatch("mismatch in index type used for tables", offset)
    }
    guard actual.limits.fit(expected.limits) else { throw mismatch("mismatch in table limits", offset) }
  }

  func check(
    _ actual: MemoryType, fits expected: MemoryType, at offset: Int
  ) throws(ValidationError) {
    guard actual.limits.isShared == expected.limits.isShared else {
      throw mismatch("mismatch in the shared flag for memories", offset)
    }
    guard actual.limits.is64Bit == expected.limits.is64Bit else {
      throw mismatch("mismatch in index type used for memories", offset)
    }
    guard actual.pageSizeLog2 ?? 16 == expected.pageSizeLog2 ?? 16 else {
      throw mismatch("mismatch in page size for memories", offset)
    }
    guard actual.limits.fit(expected.limits) else { throw mismatch("mismatch in memory limits", offset) }
  }
}

extension ResizableLimits {
  /// Whether an item with these bounds can be used where the others are required.
  fileprivate func fit(_ expected: ResizableLimits) -> Bool {
    guard minimum >= expected.minimum else { return false }
    guard let most = expected.maximum else { return true }
    guard let maximum else { return false }
    return maximum <= most
  }
}
