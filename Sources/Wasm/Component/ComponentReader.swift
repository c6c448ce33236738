/// Reads the entries of a component's sections in order and validates each.
///
/// A type with declarations is opened as a frame and its declarations are separate entries, so nothing recurses on the
/// input and no entry is larger than a flat declaration.
struct ComponentReader {
  /// A type with declarations still to read.
  private struct OpenType {
    enum Sort { case module, component, instance }
    var sort: Sort
    var remaining: Int
    var offset: Int
  }

  private var openTypes: [OpenType] = []
  /// The number of nested modules and components in the whole input.
  private var nestedCount = 0
  private var validator: ComponentValidator

  init(features: Features) { validator = ComponentValidator(features: features) }

  /// The features that the components use, without those of modules in them.
  var usedFeatures: Features { validator.features.used }

  /// Begins a component.
  mutating func openComponent() { validator.open(.component) }

  /// Ends the innermost component, and checks the conditions at its end.
  mutating func closeComponent(types: inout CoreTypes, at offset: Int) throws(ValidationError) {
    swap(&validator.types.core, &types)
    defer { swap(&validator.types.core, &types) }
    try validator.closeComponent(at: offset)
  }

  /// Describes the imports and exports of the outermost component, after its end.
  func describe(core: CoreTypes, in description: inout ModuleDescription) {
    guard let outermost = validator.outermost else { return }
    let budget = DescriptionBudget.ofTypes(moduleSize: description.size)
    var describer = ComponentTypeDescriber(types: validator.types, core: core, budget: budget)
    (description.imports, description.exports) = describer.describe(outermost)
    description.isComplete = describer.isComplete
  }

  /// Describes the worlds whose types the outermost component exports, after its end; also returns whether all fitted.
  func worlds(core: CoreTypes, _ budget: DescriptionBudget) -> ([WorldDescription], Bool) {
    guard let outermost = validator.outermost else { return ([], true) }
    var describer = ComponentTypeDescriber(types: validator.types, core: core, budget: budget)
    return (describer.worlds(outermost), describer.isComplete)
  }

  /// Adds a core module in the innermost component, after the module's end.
  mutating func closeModule(
    _ module: CoreModule, types: CoreTypes, at offset: Int
  ) throws(ValidationError) {
    validator.addModule(try ModuleInterface(of: module, types, at: offset))
  }

  /// Records that the innermost component contains a nested module or component.
  mutating func openNested(at offset: Int) throws(ValidationError) {
    nestedCount += 1
    guard nestedCount < Limit.nestedModulesAndComponents else {
      throw ValidationError(
        .limit, at: offset,
        "modules and components count exceeds limit of \(Limit.nestedModulesAndComponents)")
    }
  }

  /// Checks the number of entries in a section's header.
  mutating func announce(
    _ count: Int, in section: ComponentSection, at offset: Int
  ) throws(ValidationError) {
    guard count <= section.limit else {
      throw ValidationError(
        .limit, at: offset, "\(section.subject) count of \(count) exceeds the limit of \(section.limit)")
    }
    try validator.announce(count, in: section, at: offset)
  }

  /// Whether the last entry is a type with declarations still to read.
  var isInsideType: Bool { !openTypes.isEmpty }

  /// Reads and validates the next entry of a section, or the next declaration of the open type.
  mutating func readEntry(
    of section: ComponentSection, from reader: inout ByteReader, types: inout CoreTypes
  ) throws(ValidationError) {
    swap(&validator.types.core, &types)
    defer { swap(&validator.types.core, &types) }
    let offset = reader.offset
    if let open = openTypes.last {
      try readDeclaration(of: open.sort, from: &reader)
    } else {
      try readDefinition(of: section, from: &reader)
    }
    try validator.features.require(reader.takeEncodings(), at: offset)
    while let open = openTypes.last, open.remaining == 0 {
      openTypes.removeLast()
      try close(open)
    }
  }

  private mutating func readDefinition(
    of section: ComponentSection, from reader: inout ByteReader
  ) throws(ValidationError) {
    let offset = reader.offset
    switch section {
    case .coreInstance: try validator.addCoreInstance(try reader.coreInstance(), at: offset)
    case .coreType: try readCoreType(&reader)
    case .instance: try validator.addInstance(try reader.componentInstance(), at: offset)
    case .alias: try validator.addAlias(try reader.componentAlias(), at: offset)
    case .type: try readType(&reader)
    case .canonical: try validator.addCanonicalFunction(try reader.canonicalFunction(), at: offset)
    case .start:
      _ = try reader.componentStart()
      throw .valuesUnsupported(at: offset)
    case .import: try validator.addImport(try reader.componentImport(), at: offset)
    case .export: try validator.addExport(try reader.componentExport(), at: offset)
    case .custom, .coreModule, .component: break
    }
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
    let offset = reader.offset
    let code = try reader.byte()
    switch code {
    case 0:
      let name = CoreImportName(module: ExactName(try reader.name()), name: ExactName(try reader.name()))
      try validator.addModuleImport(
        name, try reader.importType(allowing: validator.features.allowed), at: offset)
    case 1: try validator.addModuleTypes(try reader.recursionGroup(), at: offset)
    case 2:
      let sort = try reader.byte()
      guard sort == 0x10 else { throw reader.unexpected(sort, "outer alias kind") }
      let target = try reader.byte()
      guard target == 1 else { throw reader.unexpected(target, "outer alias target") }
      try validator.addModuleAlias(count: try reader.u32(), try reader.u32(), at: offset)
    case 3:
      let name = try reader.name()
      try validator.addModuleExport(
        name, try reader.importType(allowing: validator.features.allowed), at: offset)
    default: throw reader.unexpected(code, "type definition")
    }
  }

  private mutating func readComponentDeclaration(
    _ reader: inout ByteReader, allowsImports: Bool
  ) throws(ValidationError) {
    let offset = reader.offset
    let code = try reader.byte()
    switch code {
    case 0: try readCoreType(&reader)
    case 1: try readType(&reader)
    case 2: try validator.addAlias(try reader.componentAlias(), at: offset)
    case 3 where allowsImports: try validator.addImport(try reader.componentImport(), at: offset)
    case 4: try validator.addExportDeclaration(try reader.componentImport(), at: offset)
    default: throw reader.unexpected(code, "component or instance type declaration")
    }
  }

  private mutating func readCoreType(_ reader: inout ByteReader) throws(ValidationError) {
    let offset = reader.offset
    let head = try reader.coreTypeHead()
    try validator.checkTypeLimit(isDeclaration: isInsideType, at: offset)
    switch head {
    case .module(let declarations): try open(.module, declarations: declarations, at: offset)
    case .group(let group): try validator.addCoreTypes(group, at: offset)
    }
  }

  private mutating func readType(_ reader: inout ByteReader) throws(ValidationError) {
    let offset = reader.offset
    let head = try reader.componentTypeHead()
    try validator.checkTypeLimit(isDeclaration: isInsideType, at: offset)
    switch head {
    case .component(let declarations): try open(.component, declarations: declarations, at: offset)
    case .instance(let declarations): try open(.instance, declarations: declarations, at: offset)
    case .value(let type): try validator.addDefinedType(type, at: offset)
    case .function(let type): try validator.addFunctionType(type, at: offset)
    case .resource(let representation, let destructor):
      try validator.addResource(representation, destructor, at: offset)
    }
  }

  private mutating func open(
    _ sort: OpenType.Sort, declarations: Int, at offset: Int
  ) throws(ValidationError) {
    guard openTypes.count < Limit.componentTypeDepth else {
      throw ValidationError(.limit, at: offset, "component type nesting is too deep")
    }
    openTypes.append(OpenType(sort: sort, remaining: declarations, offset: offset))
    switch sort {
    case .module: validator.openModuleType()
    case .component: validator.open(.componentType)
    case .instance: validator.open(.instanceType)
    }
  }

  private mutating func close(_ type: OpenType) throws(ValidationError) {
    switch type.sort {
    case .module: try validator.closeModuleType(at: type.offset)
    case .component: try validator.closeComponentType(at: type.offset)
    case .instance: validator.closeInstanceType()
    }
  }
}
