/// The import section.
extension CoreModule {
  /// Reads an entry of the import section: one import, or many that share a module name (proposal
  /// compact-import-section).
  mutating func readImports(_ reader: inout ByteReader, types: CoreTypes) throws(ValidationError) {
    let offset = reader.offset
    let module = try reader.nameBytes()
    let name = try reader.nameBytes()
    let form = try reader.peek()
    guard name.isAtEnd && (form == 0x7e || form == 0x7f) else {
      let type = try reader.importType(allowing: features.allowed)
      try addImport(module.text, name.text, type, types: types, at: offset)
      return
    }
    try features.require(.compactImports, at: reader.offset)
    try reader.skip(1)
    let sharedType = form == 0x7e ? try reader.importType(allowing: features.allowed) : nil
    let count = try reader.count(upTo: Limit.imports, "import")
    var items: [(name: String, type: ImportType, offset: Int)] = []
    for _ in 0..<count {
      let offset = reader.offset
      let name = try reader.name()
      if let sharedType {
        items.append((name, sharedType, offset))
      } else {
        items.append((name, try reader.importType(allowing: features.allowed), offset))
      }
    }
    for item in items { try addImport(module.text, item.name, item.type, types: types, at: item.offset) }
  }

  private mutating func addImport(
    _ module: String, _ name: String, _ type: ImportType, types: CoreTypes, at offset: Int
  ) throws(ValidationError) {
    let resolved = try resolve(type, types: types, at: offset)
    let section: CoreSection
    let count: Int
    switch resolved {
    case .function(let id):
      functions.append(id)
      importedFunctions += 1
      (section, count) = (.function, functions.count)
    case .table(let type):
      tables.append(type)
      (section, count) = (.table, tables.count)
      if count > 1 { features.note(.referenceTypes) }
    case .memory(let type):
      memories.append(type)
      (section, count) = (.memory, memories.count)
      if count > 1 { features.note(.multiMemory) }
    case .global(let type):
      if type.isMutable { try features.require(.mutableGlobal, at: offset) }
      globals.append(type.value.bits | (type.isMutable ? ValueType.markBit : 0))
      importedGlobals += 1
      (section, count) = (.global, globals.count)
    case .tag(let id):
      tags.append(id)
      (section, count) = (.tag, tags.count)
    }
    try checkLimit(of: section, count: count, at: offset)
    try addTypeSize(size(of: resolved, types: types), at: offset)
    imports.append(CoreImport(module: module, name: name, type: resolved))
    try checkLimit(of: .import, count: imports.count, at: offset)
  }

  /// The canonical form of an import's type; throws if the type is invalid.
  mutating func resolve(
    _ type: ImportType, types: CoreTypes, at offset: Int
  ) throws(ValidationError) -> CoreExternType {
    switch type {
    case .function(let index): return .function(try functionTypeID(index, types: types, at: offset))
    case .table(let type): return .table(try checkTable(type, at: offset))
    case .memory(let type):
      try checkMemory(type, at: offset)
      return .memory(type)
    case .global(let type):
      return .global(GlobalType(value: try resolve(type.value, at: offset), isMutable: type.isMutable))
    case .tag(let index): return .tag(try checkTag(index, types: types, at: offset))
    }
  }
}
