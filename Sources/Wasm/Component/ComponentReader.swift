/// Reads the entries of a component's sections one after the other.
///
/// A type that holds declarations is opened as a frame and its declarations are entries of their own, so nothing
/// recurses on the input and no entry is larger than a flat declaration.
struct ComponentReader {
  /// A type whose declarations are still to be read.
  private struct OpenType {
    enum Sort { case module, component, instance }
    var sort: Sort
    var remaining: Int
  }

  private var openTypes: [OpenType] = []
  /// The number of modules and components that the whole input nests.
  private var nestedCount = 0
  /// For each enclosing component, from the outermost, whether it has a start function.
  private var hasStart: [Bool] = []

  /// Notes the beginning of a component.
  mutating func openComponent() { hasStart.append(false) }

  /// Notes the end of the innermost component.
  mutating func closeComponent() { hasStart.removeLast() }

  /// Notes that the innermost component holds a nested module or component.
  mutating func openNested(at offset: Int) throws(ValidationError) {
    nestedCount += 1
    guard nestedCount < Limit.nestedModulesAndComponents else {
      throw ValidationError(
        .limit, at: offset,
        "modules and components count exceeds limit of \(Limit.nestedModulesAndComponents)")
    }
  }

  /// Notes how many entries a section announces.
  mutating func announce(
    _ count: Int, in section: ComponentSection, at offset: Int
  ) throws(ValidationError) {
    guard count <= section.limit else {
      throw ValidationError(
        .limit, at: offset, "\(section.subject) count of \(count) exceeds the limit of \(section.limit)")
    }
  }

  /// Whether the entry read last is a type whose declarations are still to come.
  var isInsideType: Bool { !openTypes.isEmpty }

  /// Reads the next entry of a section, or the next declaration of the type that is open.
  mutating func readEntry(
    of section: ComponentSection, from reader: inout ByteReader
  ) throws(ValidationError) {
    if let open = openTypes.last {
      try readDeclaration(of: open.sort, from: &reader)
    } else {
      try readDefinition(of: section, from: &reader)
    }
    while let open = openTypes.last, open.remaining == 0 { openTypes.removeLast() }
  }

  private mutating func readDefinition(
    of section: ComponentSection, from reader: inout ByteReader
  ) throws(ValidationError) {
    switch section {
    case .coreInstance: _ = try reader.coreInstance()
    case .coreType: try readCoreType(&reader)
    case .instance: _ = try reader.componentInstance()
    case .alias: _ = try reader.componentAlias()
    case .type: try readType(&reader)
    case .canonical: _ = try reader.canonicalFunction()
    case .start: try readStart(&reader)
    case .import: _ = try reader.componentImport()
    case .export: _ = try reader.componentExport()
    case .custom, .coreModule, .component: break
    }
  }

  private mutating func readStart(_ reader: inout ByteReader) throws(ValidationError) {
    let offset = reader.offset
    _ = try reader.componentStart()
    guard hasStart.last == false else {
      throw ValidationError(.invalid, at: offset, "component cannot have more than one start function")
    }
    hasStart[hasStart.count - 1] = true
  }

  private mutating func readDeclaration(
    of sort: OpenType.Sort, from reader: inout ByteReader
  ) throws(ValidationError) {
    let depth = openTypes.count - 1
    if sort == .module {
      try readModuleDeclaration(&reader)
    } else {
      try readComponentDeclaration(&reader, allowsImports: sort == .component)
    }
    openTypes[depth].remaining -= 1
  }

  private mutating func readModuleDeclaration(_ reader: inout ByteReader) throws(ValidationError) {
    let code = try reader.byte()
    switch code {
    case 0:
      _ = try reader.name()
      _ = try reader.name()
      _ = try reader.importType()
    case 1: _ = try reader.recursionGroup()
    case 2:
      let sort = try reader.byte()
      guard sort == 0x10 else { throw reader.unexpected(sort, "outer alias kind") }
      let target = try reader.byte()
      guard target == 1 else { throw reader.unexpected(target, "outer alias target") }
      _ = try reader.u32()
      _ = try reader.u32()
    case 3:
      _ = try reader.name()
      _ = try reader.importType()
    default: throw reader.unexpected(code, "type definition")
    }
  }

  private mutating func readComponentDeclaration(
    _ reader: inout ByteReader, allowsImports: Bool
  ) throws(ValidationError) {
    let code = try reader.byte()
    switch code {
    case 0: try readCoreType(&reader)
    case 1: try readType(&reader)
    case 2: _ = try reader.componentAlias()
    case 3 where allowsImports: _ = try reader.componentImport()
    case 4: _ = try reader.componentImport()
    default: throw reader.unexpected(code, "component or instance type declaration")
    }
  }

  private mutating func readCoreType(_ reader: inout ByteReader) throws(ValidationError) {
    let offset = reader.offset
    guard case .module(let declarations) = try reader.coreTypeHead() else { return }
    try open(.module, declarations: declarations, at: offset)
  }

  private mutating func readType(_ reader: inout ByteReader) throws(ValidationError) {
    let offset = reader.offset
    switch try reader.componentTypeHead() {
    case .component(let declarations): try open(.component, declarations: declarations, at: offset)
    case .instance(let declarations): try open(.instance, declarations: declarations, at: offset)
    case .value, .function, .resource: break
    }
  }

  private mutating func open(
    _ sort: OpenType.Sort, declarations: Int, at offset: Int
  ) throws(ValidationError) {
    guard openTypes.count < Limit.componentTypeDepth else {
      throw ValidationError(.limit, at: offset, "component type nesting is too deep")
    }
    openTypes.append(OpenType(sort: sort, remaining: declarations))
  }
}
