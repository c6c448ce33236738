/// An open module type: its types, and the imports and exports declared so far.
struct ModuleTypeScope: Sendable {
  /// The described module, for its index spaces.
  var module: CoreModule
  private var interface = ModuleInterface(size: 1, imports: NamedItems(), exports: NamedItems())
  private var duplicateImport: CoreImportName?
  private var counts: [ExternKind: Int] = [:]

  init(features: Features) { module = CoreModule(features: features) }

  mutating func addImport(
    _ name: CoreImportName, _ type: ImportType, _ types: CoreTypes, at offset: Int
  ) throws(ValidationError) {
    let entity = try module.resolve(type, types: types, at: offset)
    if case .global(let global) = entity, global.isMutable {
      try module.features.require(.mutableGlobal, at: offset)
    }
    let (kind, section) = entity.kindAndSection
    let count = (counts[kind] ?? 0) + 1
    counts[kind] = count
    try module.checkLimit(of: section, count: count, at: offset)
    try grow(by: entity, types, at: offset)
    if !interface.imports.append(name, entity) { duplicateImport = duplicateImport ?? name }
  }

  mutating func addExport(
    _ name: String, _ type: ImportType, _ types: CoreTypes, at offset: Int
  ) throws(ValidationError) {
    let entity = try module.resolve(type, types: types, at: offset)
    if case .global(let global) = entity, global.isMutable {
      try module.features.require(.mutableGlobal, at: offset)
    }
    try grow(by: entity, types, at: offset)
    guard interface.exports.append(ExactName(name), entity) else {
      throw ValidationError(
        .invalid, at: offset, "duplicate export name `\(name.quotedName)` already defined")
    }
  }

  mutating func addTypes(
    _ group: RecursionGroup, _ types: inout CoreTypes, at offset: Int
  ) throws(ValidationError) {
    try module.checkLimit(of: .type, count: module.typeIDs.count + group.types.count, at: offset)
    try module.addGroup(group, to: &types, at: offset)
  }

  /// Adds a type that is defined elsewhere.
  mutating func addType(_ id: UInt32, at offset: Int) throws(ValidationError) {
    guard module.typeIDs.count < Limit.types else {
      throw ValidationError(.limit, at: offset, "types count exceeds limit of \(Limit.types)")
    }
    module.typeIDs.append(id)
  }

  /// The module type, after its last declaration.
  func finished(at offset: Int) throws(ValidationError) -> ModuleInterface {
    if let duplicateImport { throw .duplicateImport(duplicateImport, at: offset) }
    return interface
  }

  private mutating func grow(
    by entity: CoreExternType, _ types: CoreTypes, at offset: Int
  ) throws(ValidationError) {
    let size = module.size(of: entity, types: types)
    try module.addTypeSize(size, at: offset)
    interface.size += size
  }
}

extension ModuleInterface {
  /// The imports and exports of a module, after its end.
  init(of module: CoreModule, _ types: CoreTypes, at offset: Int) throws(ValidationError) {
    self.init(size: 1, imports: NamedItems(), exports: NamedItems())
    for entry in module.imports {
      let name = CoreImportName(module: ExactName(entry.module), name: ExactName(entry.name))
      guard imports.append(name, entry.type) else { throw .duplicateImport(name, at: offset) }
      size += module.size(of: entry.type, types: types)
    }
    for entry in module.exports {
      _ = exports.append(ExactName(entry.name), entry.type)
      size += module.size(of: entry.type, types: types)
    }
  }
}

extension ValidationError {
  fileprivate static func duplicateImport(_ name: CoreImportName, at offset: Int) -> ValidationError {
    ValidationError(
      .invalid, at: offset,
      "module has a duplicate import name `\(name.module):\(name.name)` that is not allowed in components")
  }
}

extension CoreExternType {
  fileprivate var kindAndSection: (ExternKind, CoreSection) {
    switch self {
    case .function: (.function, .function)
    case .table: (.table, .table)
    case .memory: (.memory, .memory)
    case .global: (.global, .global)
    case .tag: (.tag, .tag)
    }
  }
}
