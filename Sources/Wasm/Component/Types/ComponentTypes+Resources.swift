/// The resource types that a type refers to without binding them itself.
extension ComponentTypes {
  func collectResources(of type: ComponentTypeID, into set: inout Set<UInt32>) {
    switch type {
    case .resource(let id): set.insert(id.resource)
    case .defined(let id): collectResources(of: ResolvedValueType.defined(id), into: &set)
    case .function(let id): collectResources(ofFunction: id, into: &set)
    case .instance(let id): collectResources(ofInstance: id, into: &set)
    case .component(let id): collectResources(ofComponent: id, into: &set)
    }
  }

  func collectResources(of entity: ComponentEntity, into set: inout Set<UInt32>) {
    switch entity {
    case .module: break
    case .function(let id): collectResources(ofFunction: id, into: &set)
    case .type(let created, _): collectResources(of: created, into: &set)
    case .component(let id): collectResources(ofComponent: id, into: &set)
    case .instance(let id): collectResources(ofInstance: id, into: &set)
    }
  }

  private func collectResources(of type: ResolvedValueType, into set: inout Set<UInt32>) {
    guard case .defined(let id) = type else { return }
    switch defined[id.index].type {
    case .own(let resource), .borrow(let resource): set.insert(resource.resource)
    case let type:
      for part in type.parts { collectResources(of: part, into: &set) }
    }
  }

  private func collectResources(ofFunction id: Int, into set: inout Set<UInt32>) {
    let type = functions[id].type
    for parameter in type.parameters { collectResources(of: parameter.type, into: &set) }
    if let result = type.result { collectResources(of: result, into: &set) }
  }

  private func collectResources(ofInstance id: Int, into set: inout Set<UInt32>) {
    for (_, entity) in instances[id].exports.entries { collectResources(of: entity, into: &set) }
    for resource in instances[id].definedResources { set.remove(resource) }
  }

  private func collectResources(ofComponent id: Int, into set: inout Set<UInt32>) {
    let interface = components[id]
    for (_, entity) in interface.imports.entries { collectResources(of: entity, into: &set) }
    for (_, entity) in interface.exports.entries { collectResources(of: entity, into: &set) }
    for bound in interface.importedResources { set.remove(bound.resource) }
    for bound in interface.definedResources { set.remove(bound.resource) }
  }
}
