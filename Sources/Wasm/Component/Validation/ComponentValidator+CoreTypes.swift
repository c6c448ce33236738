/// Definitions of core types and module types.
extension ComponentValidator {
  /// Adds core types that a component defines.
  mutating func addCoreTypes(_ group: RecursionGroup, at offset: Int) throws(ValidationError) {
    let known = scope.coreTypes.count
    let index = group.firstReference {
      Int($0) < known && scope.coreTypeIDs[Int($0)] == ComponentScope.moduleTypeMark
    }
    if let index { throw invalid("type index \(index) is a module type, not a sub type", at: offset) }
    try checkLimit(known, adding: group.types.count, upTo: Limit.types, "types", at: offset)
    var module = CoreModule(features: features.allowed)
    swap(&module.typeIDs, &scope.coreTypeIDs)
    try module.addGroup(group, to: &types.core, at: offset)
    swap(&module.typeIDs, &scope.coreTypeIDs)
    features.note(module.features.used)
    for id in scope.coreTypeIDs[known...] { scope.coreTypes.append(.defined(id)) }
  }

  mutating func openModuleType() {
    moduleType = ModuleTypeScope(features: features.allowed)
  }

  /// Ends the open module type and adds it to the enclosing core types.
  mutating func closeModuleType(at offset: Int) throws(ValidationError) {
    guard let interface = try moduleType?.finished(at: offset) else { return }
    if let used = moduleType?.module.features.used { features.note(used) }
    moduleType = nil
    scope.addCoreType(.module(types.add(interface)))
  }

  mutating func addModuleImport(
    _ name: CoreImportName, _ type: ImportType, at offset: Int
  ) throws(ValidationError) {
    try moduleType?.addImport(name, type, types.core, at: offset)
  }

  mutating func addModuleExport(
    _ name: String, _ type: ImportType, at offset: Int
  ) throws(ValidationError) {
    try moduleType?.addExport(name, type, types.core, at: offset)
  }

  mutating func addModuleTypes(_ group: RecursionGroup, at offset: Int) throws(ValidationError) {
    try moduleType?.addTypes(group, &types.core, at: offset)
  }

  /// Adds an outer type to a module type; the module type itself counts as a scope.
  mutating func addModuleAlias(count: UInt32, _ index: UInt32, at offset: Int) throws(ValidationError) {
    guard count > 0 else {
      if let id = try moduleType?.module.typeID(index, at: offset) {
        try moduleType?.addType(id, at: offset)
      }
      return
    }
    guard Int(count) - 1 < enclosing.count else {
      throw invalid("invalid outer alias count of \(count)", at: offset)
    }
    guard case .defined(let id) = try outer(Int(count) - 1).coreType(index, at: offset) else {
      throw invalid(
        "not implemented: aliasing core module types into a core module's types index space", at: offset)
    }
    try moduleType?.addType(id, at: offset)
  }

  /// Checks the number of entries in a section's header against the existing items.
  func announce(_ count: Int, in section: ComponentSection, at offset: Int) throws(ValidationError) {
    switch section {
    case .coreInstance, .instance:
      try checkLimit(
        scope.instanceCount, adding: count, upTo: Limit.coreAndComponentInstances, "instances", at: offset)
    case .coreType, .type:
      try checkLimit(scope.typeCount, adding: count, upTo: Limit.types, "types", at: offset)
    case .canonical:
      try checkLimit(scope.functionCount, adding: count, upTo: Limit.functions, "functions", at: offset)
    case .export:
      try checkLimit(scope.exports.count, adding: count, upTo: Limit.exports, "exports", at: offset)
    case .custom, .coreModule, .component, .alias, .start, .import: break
    }
  }
}

extension RecursionGroup {
  /// The first type index in the group that satisfies a condition.
  fileprivate func firstReference(where condition: (UInt32) -> Bool) -> UInt32? {
    for type in types {
      if type.supertype != CoreType.noSupertype, condition(type.supertype) { return type.supertype }
      for word in words(of: type) {
        let value = ValueType(bits: word)
        if value.isReference && value.heap.isConcrete && condition(value.heap.index) {
          return value.heap.index
        }
      }
    }
    return nil
  }
}
