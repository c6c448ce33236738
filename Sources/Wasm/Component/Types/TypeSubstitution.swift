/// The replacements in a type: for resources, and for named types whose replacement is already known.
struct TypeSubstitution {
  var resources: [UInt32: UInt32] = [:]
  /// The types that were replaced or need no replacement.
  var types: [ComponentTypeID: ComponentTypeID] = [:]

  /// Whether nothing is replaced.
  var isEmpty: Bool { resources.isEmpty && types.isEmpty }
}

/// Substitution. Each function changes an id to that of the type with all replacements; the id stays the same if
/// nothing is replaced.
extension ComponentTypes {
  mutating func substitute(_ entity: inout ComponentEntity, _ substitution: inout TypeSubstitution) {
    switch entity {
    case .module: break
    case .function(var id):
      substituteFunction(&id, &substitution)
      entity = .function(id)
    case .component(var id):
      substituteComponent(&id, &substitution)
      entity = .component(id)
    case .instance(var id):
      substituteInstance(&id, &substitution)
      entity = .instance(id)
    case .type(var created, var referenced):
      let isSame = created == referenced
      substitute(&referenced, &substitution)
      if isSame { created = referenced } else { substitute(&created, &substitution) }
      entity = .type(created: created, referenced: referenced)
    }
  }

  private mutating func substitute(_ type: inout ComponentTypeID, _ substitution: inout TypeSubstitution) {
    switch type {
    case .resource(var id):
      substitute(&id, substitution)
      type = .resource(id)
    case .defined(var id):
      substituteDefined(&id, &substitution)
      type = .defined(id)
    case .function(var id):
      substituteFunction(&id, &substitution)
      type = .function(id)
    case .instance(var id):
      substituteInstance(&id, &substitution)
      type = .instance(id)
    case .component(var id):
      substituteComponent(&id, &substitution)
      type = .component(id)
    }
  }

  private func substitute(_ id: inout ResourceID, _ substitution: TypeSubstitution) {
    if case .resource(let known) = substitution.types[.resource(id)] {
      id = known
    } else if let resource = substitution.resources[id.resource] {
      id.resource = resource
    }
  }

  private mutating func substituteDefined(_ id: inout DefinedTypeID, _ substitution: inout TypeSubstitution) {
    let old = id
    if case .defined(let known) = substitution.types[.defined(old)] {
      id = known
      return
    }
    var entry = defined[old.index]
    switch entry.type {
    case .own(var resource):
      substitute(&resource, substitution)
      entry.type = .own(resource)
    case .borrow(var resource):
      substitute(&resource, substitution)
      entry.type = .borrow(resource)
    case let type:
      let parts = type.parts
      let new = parts.map { substituted($0, &substitution) }
      if new != parts { entry.type = type.replacingParts(new) }
    }
    if entry.type != defined[old.index].type { id = add(entry) }
    substitution.types[.defined(old)] = .defined(id)
  }

  private mutating func substituted(
    _ type: ResolvedValueType, _ substitution: inout TypeSubstitution
  ) -> ResolvedValueType {
    guard case .defined(var id) = type else { return type }
    substituteDefined(&id, &substitution)
    return .defined(id)
  }

  private mutating func substituteFunction(_ id: inout Int, _ substitution: inout TypeSubstitution) {
    let old = id
    if case .function(let known) = substitution.types[.function(old)] {
      id = known
      return
    }
    var entry = functions[old]
    for position in entry.type.parameters.indices {
      entry.type.parameters[position].type = substituted(entry.type.parameters[position].type, &substitution)
    }
    entry.type.result = entry.type.result.map { substituted($0, &substitution) }
    if entry.type != functions[old].type { id = add(entry) }
    substitution.types[.function(old)] = .function(id)
  }

  private mutating func substituteInstance(_ id: inout Int, _ substitution: inout TypeSubstitution) {
    let old = id
    if case .instance(let known) = substitution.types[.instance(old)] {
      id = known
      return
    }
    var interface = instances[old]
    var isChanged = substitute(&interface.exports, &substitution)
    let resources = substitution.resources
    isChanged = isChanged || interface.definedResources.contains { resources[$0] != nil }
    isChanged = isChanged || interface.explicitResources.contains { resources[$0.resource] != nil }
    if isChanged {
      interface.definedResources = interface.definedResources.map { resources[$0] ?? $0 }
      interface.explicitResources = interface.explicitResources.map { $0.renamed(resources) }
      id = add(interface)
    }
    substitution.types[.instance(old)] = .instance(id)
  }

  private mutating func substituteComponent(_ id: inout Int, _ substitution: inout TypeSubstitution) {
    let old = id
    if case .component(let known) = substitution.types[.component(old)] {
      id = known
      return
    }
    var interface = components[old]
    let changesImports = substitute(&interface.imports, &substitution)
    let changesExports = substitute(&interface.exports, &substitution)
    let resources = substitution.resources
    let bound = interface.importedResources + interface.definedResources + interface.explicitResources
    if changesImports || changesExports || bound.contains(where: { resources[$0.resource] != nil }) {
      interface.importedResources = interface.importedResources.map { $0.renamed(resources) }
      interface.definedResources = interface.definedResources.map { $0.renamed(resources) }
      interface.explicitResources = interface.explicitResources.map { $0.renamed(resources) }
      id = add(interface)
    }
    substitution.types[.component(old)] = .component(id)
  }

  /// Applies replacements to all items of a list; returns whether any changed.
  mutating func substitute(
    _ items: inout NamedItems<ExactName, ComponentEntity>, _ substitution: inout TypeSubstitution
  ) -> Bool {
    var isChanged = false
    for position in 0..<items.count {
      let old = items.entries[position].item
      var new = old
      substitute(&new, &substitution)
      guard new != old else { continue }
      items.replace(at: position, with: new)
      isChanged = true
    }
    return isChanged
  }
}
