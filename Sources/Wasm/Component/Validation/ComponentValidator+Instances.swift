/// Instances of core modules and of components.
extension ComponentValidator {
  mutating func addCoreInstance(_ instance: CoreInstance, at offset: Int) throws(ValidationError) {
    switch instance {
    case .instantiate(let module, let arguments):
      scope.coreInstances.append(try instantiate(module: module, arguments, at: offset))
    case .exports(let items):
      let number = types.makeListOfExports()
      scope.coreInstances.append(
        ComponentCoreInstance(source: .exports(number), exports: try coreInstance(of: items, at: offset)))
    }
  }

  private mutating func instantiate(
    module index: UInt32, _ arguments: [CoreInstantiationArgument], at offset: Int
  ) throws(ValidationError) -> ComponentCoreInstance {
    let id = try scope.coreModule(index, at: offset)
    var instances: [ExactName: ComponentCoreInstance] = [:]
    for argument in arguments {
      let instance = try scope.coreInstance(argument.instance, at: offset)
      guard instances.updateValue(instance, forKey: ExactName(argument.name)) == nil else {
        throw invalid(
          "duplicate module instantiation argument named `\(argument.name.quotedName)`", at: offset)
      }
    }
    for (name, positions) in types.importsByModule(of: id) {
      guard let instance = instances[name] else {
        throw invalid("missing module instantiation argument named `\(name)`", at: offset)
      }
      let argument = ModuleArgument(module: id, name: name, source: instance.source)
      if types.isKnown(argument) { continue }
      for position in positions {
        let (item, needed) = types.modules[id].imports.entries[position]
        try check(instance, gives: item, needed, at: offset)
      }
      types.note(argument)
    }
    return ComponentCoreInstance(source: .module(id), exports: types.modules[id].exports)
  }

  private func check(
    _ instance: ComponentCoreInstance, gives name: CoreImportName, _ needed: CoreExternType, at offset: Int
  ) throws(ValidationError) {
    guard let given = instance.exports[name.name] else {
      throw invalid(
        "module instantiation argument `\(name.module)` does not export an item named `\(name.name)`",
        at: offset)
    }
    try inContext(
      "type mismatch for export `\(name.name)` of module instantiation argument `\(name.module)`"
    ) { () throws(ValidationError) in
      try types.check(given, fits: needed, at: offset)
    }
  }

  private mutating func coreInstance(
    of items: [CoreInlineExport], at offset: Int
  ) throws(ValidationError) -> NamedItems<ExactName, CoreExternType> {
    var exports = NamedItems<ExactName, CoreExternType>()
    var summary = TypeSummary.leaf
    for item in items {
      if item.kind == .tag { try features.require(.exceptions, at: offset) }
      let entity = try scope.coreItem(item.kind, item.index, at: offset)
      try summary.add(.core(size: types.core.size(of: entity)), at: offset)
      guard exports.append(ExactName(item.name), entity) else {
        throw invalid(
          "duplicate instantiation export name `\(item.name.quotedName)` already defined", at: offset)
      }
    }
    return exports
  }

  mutating func addInstance(_ instance: ComponentInstance, at offset: Int) throws(ValidationError) {
    switch instance {
    case .instantiate(let component, let arguments):
      scope.instances.append(try instantiate(component: component, arguments, at: offset))
    case .exports(let items): scope.instances.append(try self.instance(of: items, at: offset))
    }
  }

  private mutating func instantiate(
    component index: UInt32, _ arguments: [InstantiationArgument], at offset: Int
  ) throws(ValidationError) -> Int {
    let component = try scope.component(index, at: offset)
    var given = NamedItems<ExactName, ComponentEntity>()
    for argument in arguments {
      let entity = try scope.entity(argument.sort, argument.index, at: offset)
      guard given.append(ExactName(argument.name), entity) else {
        throw invalid(
          "instantiation argument `\(argument.name.quotedName)` conflicts with previous argument `\(argument.name.quotedName)`",
          at: offset)
      }
    }
    let summary = try types.summary(ofInstancesOf: component, at: offset)
    var substitution = try types.open(importsOf: component, with: given, at: offset)
    for path in types.components[component].definedResources {
      let resource = types.makeResource()
      substitution.resources[path.resource] = resource
      scope.defineResource(resource, representation: nil)
    }
    var exports = types.components[component].exports
    if !substitution.isEmpty { _ = types.substitute(&exports, &substitution) }
    let resources = substitution.resources
    let explicit = types.components[component].explicitResources.map { $0.renamed(resources) }
    return types.add(InstanceInterface(summary: summary, exports: exports, explicitResources: explicit))
  }

  private mutating func instance(
    of items: [InlineExport], at offset: Int
  ) throws(ValidationError) -> Int {
    var interface = InstanceInterface(summary: .leaf, exports: NamedItems())
    var names = ExternNameSet()
    for item in items {
      let entity = try scope.entity(item.sort, item.index, at: offset)
      let position = interface.exports.count
      switch entity {
      case .instance(let id):
        for path in types.instances[id].explicitResources {
          interface.explicitResources.append(
            ResourcePath(resource: path.resource, positions: [position] + path.positions))
        }
      case .type(.resource(let id), _):
        interface.explicitResources.append(ResourcePath(resource: id.resource, positions: [position]))
      default: break
      }
      let name = try checkName(item.name, .export, entity, ResourceNames(), at: offset)
      if let earlier = names.insert(name) { throw conflict(name, with: earlier, .export, at: offset) }
      let implements = item.name.implements
      guard interface.exports.append(ExactName(name.text), entity, implementing: implements) else {
        throw conflict(name, with: name.text, .export, at: offset)
      }
      try interface.summary.add(types.summary(of: entity), at: offset)
    }
    return types.add(interface)
  }
}

extension CoreTypes {
  /// The size that an import or export adds.
  func size(of entity: CoreExternType) -> Int {
    switch entity {
    case .function(let id), .tag(let id): types[Int(id)].size
    case .table, .memory, .global: 1
    }
  }
}
