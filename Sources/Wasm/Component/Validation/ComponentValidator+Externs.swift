/// Imports and exports.
extension ComponentValidator {
  /// Whether a name is that of an import or an export.
  enum Direction: String {
    case `import`
    case export
  }

  mutating func addImport(_ item: ComponentImport, at offset: Int) throws(ValidationError) {
    let entity = try addEntity(
      try entity(of: item.type, at: offset), named: item.name.name, .import, at: offset)
    let name = try checkName(item.name, .import, entity, scope.importedResourceNames, at: offset)
    if let earlier = scope.importNames.insert(name) {
      throw conflict(name, with: earlier, .import, at: offset)
    }
    let implements = item.name.implements
    guard scope.imports.append(ExactName(name.text), entity, implementing: implements) else {
      throw conflict(name, with: name.text, .import, at: offset)
    }
    try scope.summary.add(types.summary(of: entity), at: offset)
  }

  /// Adds an export that a component or instance type declares.
  mutating func addExportDeclaration(_ item: ComponentImport, at offset: Int) throws(ValidationError) {
    try addExport(item.name, try entity(of: item.type, at: offset), at: offset)
  }

  mutating func addExport(_ item: ComponentExport, at offset: Int) throws(ValidationError) {
    var entity = try scope.entity(item.sort, item.index, at: offset)
    if case .type(_, let referenced) = entity {
      entity = .type(created: types.makeAlias(of: referenced), referenced: referenced)
    }
    if let type = item.type {
      let ascribed = try self.entity(of: type, at: offset)
      try inContext("ascribed type of export is not compatible with item's type") {
        () throws(ValidationError) in
        try types.check(entity, fits: ascribed, at: offset)
      }
      entity = ascribed
    }
    try addExport(item.name, entity, at: offset)
  }

  private mutating func addExport(
    _ externName: ComponentExternName, _ entity: ComponentEntity, at offset: Int
  ) throws(ValidationError) {
    try checkLimit(scope.exports.count, upTo: Limit.exports, "exports", at: offset)
    let entity = try addEntity(entity, named: externName.name, .export, at: offset)
    let name = try checkName(externName, .export, entity, scope.exportedResourceNames, at: offset)
    if let earlier = scope.exportNames.insert(name) {
      throw conflict(name, with: earlier, .export, at: offset)
    }
    let implements = externName.implements
    guard scope.exports.append(ExactName(name.text), entity, implementing: implements) else {
      throw conflict(name, with: name.text, .export, at: offset)
    }
    try scope.summary.add(types.summary(of: entity), at: offset)
  }

  func conflict(
    _ name: ExternName, with earlier: String, _ direction: Direction, at offset: Int
  ) -> ValidationError {
    invalid(
      "\(direction.rawValue) name `\(name.text.quotedName)` conflicts with previous name `\(earlier.quotedName)`",
      at: offset)
  }

  /// The entity for the type of an import or export.
  private mutating func entity(
    of type: ComponentExternType, at offset: Int
  ) throws(ValidationError) -> ComponentEntity {
    switch type {
    case .coreModule(let index):
      guard case .module(let id) = try scope.coreType(index, at: offset) else {
        throw invalid("core type index \(index) is not a module type", at: offset)
      }
      return .module(id)
    case .function(let index): return .function(try scope.functionType(index, at: offset))
    case .value: throw .valuesUnsupported(at: offset)
    case .type(.equal(let index)):
      let referenced = try scope.type(index, at: offset)
      return .type(created: types.makeAlias(of: referenced), referenced: referenced)
    case .type(.resource):
      let id = ComponentTypeID.resource(ResourceID(resource: types.makeResource()))
      return .type(created: id, referenced: id)
    case .component(let index):
      guard case .component(let id) = try scope.type(index, at: offset) else {
        throw invalid("type index \(index) is not a component type", at: offset)
      }
      return .component(id)
    case .instance(let index):
      guard case .instance(let id) = try scope.type(index, at: offset) else {
        throw invalid("type index \(index) is not an instance type", at: offset)
      }
      return .instance(id)
    }
  }

  /// Adds an imported or exported entity to its index space and checks that it only refers to named types. Returns the
  /// entity with its new type.
  private mutating func addEntity(
    _ entity: ComponentEntity, named name: String, _ direction: Direction, at offset: Int
  ) throws(ValidationError) -> ComponentEntity {
    var entity = entity
    if case .instance(let id) = entity {
      entity = .instance(direction == .import ? importedInstance(id) : exportedInstance(id))
    }
    try push(entity, at: offset)
    if case .type(.resource(let created), let referenced) = entity {
      noteResource(created, isNew: referenced == .resource(created), named: name, direction)
    }
    guard registerNames(of: entity, direction) else {
      throw invalid("\(entity.kindName) not valid to be used as \(direction.rawValue)", at: offset)
    }
    return entity
  }

  /// Adds an entity to its index space.
  mutating func push(_ entity: ComponentEntity, at offset: Int) throws(ValidationError) {
    switch entity {
    case .module(let id):
      scope.coreModules.append(id)
      try checkLimit(
        scope.coreModules.count, adding: 0, upTo: Limit.nestedModulesAndComponents, "modules", at: offset)
    case .function(let id):
      scope.functions.append(id)
      try checkLimit(scope.functionCount, adding: 0, upTo: Limit.functions, "functions", at: offset)
    case .type(let created, _):
      scope.types.append(created)
      try checkLimit(scope.types.count, adding: 0, upTo: Limit.types, "types", at: offset)
    case .component(let id):
      scope.components.append(id)
      try checkLimit(
        scope.components.count, adding: 0, upTo: Limit.nestedModulesAndComponents, "components", at: offset)
    case .instance(let id):
      scope.instances.append(id)
      try checkLimit(
        scope.instanceCount, adding: 0, upTo: Limit.coreAndComponentInstances, "instances", at: offset)
    }
  }

  private mutating func noteResource(
    _ id: ResourceID, isNew: Bool, named name: String, _ direction: Direction
  ) {
    switch direction {
    case .import:
      if isNew {
        scope.importedResources.append(
          ResourcePath(resource: id.resource, positions: [scope.imports.count]))
      }
      scope.importedResourceNames.insert(id, named: name)
    case .export:
      if isNew { scope.defineResource(id.resource, representation: nil) }
      scope.explicitResources.insert(id.resource, at: [scope.exports.count])
      scope.exportedResourceNames.insert(id, named: name)
    }
  }

  /// The type of an imported instance: the resources of its type become new imported resources for each import.
  private mutating func importedInstance(_ id: Int) -> Int {
    var interface = types.instances[id]
    guard !interface.definedResources.isEmpty else { return id }
    let explicit = Dictionary(
      interface.explicitResources.map { ($0.resource, $0.positions) }, uniquingKeysWith: { $1 })
    var substitution = TypeSubstitution()
    for old in interface.definedResources {
      let new = types.makeResource()
      substitution.resources[old] = new
      let positions = [scope.imports.count] + (explicit[old] ?? [])
      scope.importedResources.append(ResourcePath(resource: new, positions: positions))
    }
    interface.definedResources = []
    return addFreshened(interface, &substitution)
  }

  /// The type of an exported instance: the resources of its type, if it has any, are defined here, new for each export,
  /// and all its exports count as exported from here.
  private mutating func exportedInstance(_ id: Int) -> Int {
    var id = id
    var interface = types.instances[id]
    if !interface.definedResources.isEmpty {
      var substitution = TypeSubstitution()
      for old in interface.definedResources {
        let new = types.makeResource()
        substitution.resources[old] = new
        scope.defineResource(new, representation: nil)
      }
      interface.definedResources = []
      id = addFreshened(interface, &substitution)
    }
    for path in types.instances[id].explicitResources {
      scope.explicitResources.insert(path.resource, at: [scope.exports.count] + path.positions)
    }
    return id
  }

  private mutating func addFreshened(
    _ interface: InstanceInterface, _ substitution: inout TypeSubstitution
  ) -> Int {
    var interface = interface
    _ = types.substitute(&interface.exports, &substitution)
    let resources = substitution.resources
    interface.explicitResources = interface.explicitResources.map { $0.renamed(resources) }
    return types.add(interface)
  }

  /// Whether an entity only refers to named types; adds the types that it names itself.
  private mutating func registerNames(of entity: ComponentEntity, _ direction: Direction) -> Bool {
    if scope.kind == .instanceType { return true }
    switch entity {
    case .module, .component: return true
    case .function(let id):
      return types.partsAreNamed(
        of: .function(id), in: direction == .import ? scope.importedTypes : scope.exportedTypes)
    case .type(let created, let referenced):
      let names = direction == .import ? scope.importedTypes : scope.exportedTypes
      guard types.partsAreNamed(of: referenced, in: names) else { return false }
      // An import comes before all exports, so it cannot equal a type that only an export names.
      if direction == .import, scope.exportedTypes.contains(referenced), !names.contains(referenced) {
        return false
      }
      if direction == .import { scope.importedTypes.insert(created) }
      scope.exportedTypes.insert(created)
      return true
    case .instance(let id):
      for entry in types.instances[id].exports.entries {
        guard registerNames(of: entry.item, direction) else { return false }
      }
      return true
    }
  }
}
