/// Aliases.
extension ComponentValidator {
  mutating func addAlias(_ alias: ComponentAlias, at offset: Int) throws(ValidationError) {
    try checkAllowed(alias, at: offset)
    switch alias {
    case .export(let sort, let instance, let name):
      try aliasExport(sort, of: instance, name, at: offset)
    case .coreExport(let kind, let instance, let name):
      try aliasCoreExport(kind, of: instance, name, at: offset)
    case .outer(let sort, let count, let index):
      try aliasOuter(sort, count: count, index, at: offset)
    }
  }

  private func checkAllowed(_ alias: ComponentAlias, at offset: Int) throws(ValidationError) {
    if scope.kind == .component { return }
    switch alias {
    case .export(.type, _, _), .export(.instance, _, _), .outer(.type, _, _), .outer(.coreType, _, _): return
    default:
      throw invalid(
        "aliases in a component or instance type may only refer to types or instances", at: offset)
    }
  }

  private mutating func aliasExport(
    _ sort: ComponentSort, of instance: UInt32, _ name: String, at offset: Int
  ) throws(ValidationError) {
    if sort == .value { throw .valuesUnsupported(at: offset) }
    let id = try scope.instance(instance, at: offset)
    guard let entity = types.instances[id].exports[ExactName(name)] else {
      throw invalid("instance \(instance) has no export named `\(name.quotedName)`", at: offset)
    }
    guard entity.sort == sort else {
      throw invalid(
        "export `\(name.quotedName)` for instance \(instance) is not a \(sort.kindName)", at: offset)
    }
    try push(entity, at: offset)
  }

  private mutating func aliasCoreExport(
    _ kind: ExternKind, of instance: UInt32, _ name: String, at offset: Int
  ) throws(ValidationError) {
    if kind == .tag { try features.require(.exceptions, at: offset) }
    guard let entity = try scope.coreInstance(instance, at: offset).exports[ExactName(name)] else {
      throw invalid("core instance \(instance) has no export named `\(name.quotedName)`", at: offset)
    }
    switch (kind, entity) {
    case (.function, .function(let id)):
      try checkLimit(scope.functionCount, upTo: Limit.functions, "functions", at: offset)
      scope.coreFunctions.append(id)
    case (.table, .table(let type)):
      try checkLimit(scope.coreTables.count, upTo: Limit.coreItems, "tables", at: offset)
      scope.coreTables.append(type)
    case (.memory, .memory(let type)):
      try checkLimit(scope.coreMemories.count, upTo: Limit.coreItems, "memories", at: offset)
      scope.coreMemories.append(type)
    case (.global, .global(let type)):
      try checkLimit(scope.coreGlobals.count, upTo: Limit.coreItems, "globals", at: offset)
      scope.coreGlobals.append(type)
    case (.tag, .tag(let id)):
      try checkLimit(scope.coreTags.count, upTo: Limit.coreItems, "tags", at: offset)
      scope.coreTags.append(id)
    default:
      throw invalid(
        "export `\(name.quotedName)` for core instance \(instance) is not a \(kind.kindName)", at: offset)
    }
  }

  private mutating func aliasOuter(
    _ sort: OuterAliasSort, count: UInt32, _ index: UInt32, at offset: Int
  ) throws(ValidationError) {
    let count = Int(count)
    guard count < enclosing.count else {
      throw invalid("invalid outer alias count of \(count)", at: offset)
    }
    switch sort {
    case .coreModule:
      let id = try outer(count).coreModule(index, at: offset)
      try checkLimit(
        scope.coreModules.count, upTo: Limit.nestedModulesAndComponents, "modules", at: offset)
      scope.coreModules.append(id)
    case .component:
      let id = try outer(count).component(index, at: offset)
      try checkLimit(
        scope.components.count, upTo: Limit.nestedModulesAndComponents, "components", at: offset)
      scope.components.append(id)
    case .coreType:
      let slot = try outer(count).coreType(index, at: offset)
      try checkLimit(scope.typeCount, upTo: Limit.types, "types", at: offset)
      scope.addCoreType(slot)
    case .type:
      let id = try outer(count).type(index, at: offset)
      if count > 0 && outer(count - 1).kind == .component {
        try checkClosed(id, at: offset)
        try growAliases(of: count - 1, by: types.summary(of: id).size, at: offset)
      }
      try checkLimit(scope.typeCount, upTo: Limit.types, "types", at: offset)
      scope.types.append(id)
    }
  }

  /// A scope by the number of scopes between it and the innermost one, which must be less than the number of open
  /// scopes.
  func outer(_ count: Int) -> ComponentScope {
    count == 0 ? scope : enclosing[enclosing.count - count]
  }

  /// Limits the size of all types that a component aliases from outside, directly or in its own types.
  private mutating func growAliases(
    of count: Int, by size: Int, at offset: Int
  ) throws(ValidationError) {
    let total = outer(count).aliasedSize + size
    guard total < Limit.typeSize else {
      throw ValidationError(
        .limit, at: offset, "effective type size exceeds the limit of \(Limit.typeSize)")
    }
    if count == 0 {
      scope.aliasedSize = total
    } else {
      enclosing[enclosing.count - count].aliasedSize = total
    }
  }

  /// A component may only alias outer types that are the same for each of its instances.
  private func checkClosed(_ type: ComponentTypeID, at offset: Int) throws(ValidationError) {
    guard types.freeResources(of: type).isEmpty else {
      throw invalid(
        "cannot alias outer type which transitively refers to resources not defined in the current component",
        at: offset)
    }
  }
}

extension Limit {
  /// The maximum number of core tables, memories, globals or tags of a component.
  static let coreItems = 1_000_000
}

extension ComponentEntity {
  fileprivate var sort: ComponentSort {
    switch self {
    case .module: .coreModule
    case .function: .function
    case .type: .type
    case .component: .component
    case .instance: .instance
    }
  }
}

extension ComponentSort {
  fileprivate var kindName: String {
    switch self {
    case .coreModule: "module"
    case .function: "func"
    case .value: "value"
    case .type: "type"
    case .component: "component"
    case .instance: "instance"
    }
  }
}

extension ExternKind {
  fileprivate var kindName: String {
    switch self {
    case .function: "function"
    case .table: "table"
    case .memory: "memory"
    case .global: "global"
    case .tag: "tag"
    }
  }
}
