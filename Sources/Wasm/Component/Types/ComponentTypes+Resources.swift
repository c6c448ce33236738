extension ComponentTypes {
  /// The resource types that a type refers to without binding them itself.
  func freeResources(of type: ComponentTypeID) -> Set<UInt32> {
    var collector = ResourceCollector(types: self)
    collector.add(type)
    return collector.resources
  }

  /// The resource types that imports or exports refer to without binding them themselves.
  func freeResources(of items: NamedItems<ExactName, ComponentEntity>) -> Set<UInt32> {
    var collector = ResourceCollector(types: self)
    for entry in items.entries { collector.add(entry.item) }
    return collector.resources
  }
}

/// Collects resource types, visiting each type once.
private struct ResourceCollector {
  let types: ComponentTypes
  var resources: Set<UInt32> = []
  private var visited: Set<ComponentTypeID> = []
  private var known: [ComponentTypeID: Set<UInt32>] = [:]

  init(types: ComponentTypes) { self.types = types }

  mutating func add(_ entity: ComponentEntity) {
    switch entity {
    case .module: break
    case .function(let id): add(ComponentTypeID.function(id))
    case .type(let created, _): add(created)
    case .component(let id): add(ComponentTypeID.component(id))
    case .instance(let id): add(ComponentTypeID.instance(id))
    }
  }

  mutating func add(_ type: ComponentTypeID) {
    switch type {
    case .resource(let id): resources.insert(id.resource)
    case .defined(let id): add(ResolvedValueType.defined(id))
    case .function(let id):
      guard visited.insert(type).inserted else { return }
      let function = types.functions[id].type
      for parameter in function.parameters { add(parameter.type) }
      if let result = function.result { add(result) }
    case .instance(let id):
      let interface = types.instances[id]
      addBinder(type, [interface.exports], bound: interface.definedResources)
    case .component(let id):
      let interface = types.components[id]
      let bound = interface.importedResources + interface.definedResources
      addBinder(type, [interface.imports, interface.exports], bound: bound.map(\.resource))
    }
  }

  private mutating func add(_ type: ResolvedValueType) {
    guard case .defined(let id) = type else { return }
    switch types.defined[id.index].type {
    case .own(let resource), .borrow(let resource): resources.insert(resource.resource)
    case let definition:
      let parts = definition.parts
      guard !parts.isEmpty, visited.insert(.defined(DefinedTypeID(index: id.index))).inserted else { return }
      for part in parts { add(part) }
    }
  }

  /// Adds the references of a type that binds resources of its own.
  private mutating func addBinder(
    _ type: ComponentTypeID, _ lists: [NamedItems<ExactName, ComponentEntity>], bound: [UInt32]
  ) {
    if let known = known[type] {
      resources.formUnion(known)
      return
    }
    let outside = (resources, visited)
    (resources, visited) = ([], [])
    for list in lists {
      for entry in list.entries { add(entry.item) }
    }
    let free = resources.subtracting(bound)
    known[type] = free
    (resources, visited) = outside
    resources.formUnion(free)
  }
}
