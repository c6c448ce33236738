extension ComponentTypes {
  /// Whether the types that a type is made of have names: records, variants, enums, flags and resources may be used
  /// by an import or export only under a name that an import or export gave them. The type itself need not have one.
  func partsAreNamed(of type: ComponentTypeID, in names: Set<ComponentTypeID>) -> Bool {
    var check = NamedPartsCheck(types: self, names: names)
    return check.partsAreNamed(of: type)
  }
}

/// A check of names that visits each type once.
private struct NamedPartsCheck {
  let types: ComponentTypes
  let names: Set<ComponentTypeID>
  private var visited: Set<ComponentTypeID> = []

  init(types: ComponentTypes, names: Set<ComponentTypeID>) {
    self.types = types
    self.names = names
  }

  mutating func partsAreNamed(of type: ComponentTypeID) -> Bool {
    switch type {
    case .resource, .component: return true
    case .defined(let id): return partsAreNamed(ofDefined: id)
    case .function(let id):
      let function = types.functions[id].type
      for parameter in function.parameters {
        guard isNamed(parameter.type) else { return false }
      }
      return function.result.map { isNamed($0) } ?? true
    case .instance(let id):
      guard visited.insert(type).inserted else { return true }
      for entry in types.instances[id].exports.entries {
        guard partsAreNamed(of: entry.item) else { return false }
      }
      return true
    }
  }

  private mutating func partsAreNamed(of entity: ComponentEntity) -> Bool {
    switch entity {
    case .module, .component: true
    case .function(let id): partsAreNamed(of: ComponentTypeID.function(id))
    case .type(let created, _): partsAreNamed(of: created)
    case .instance(let id): partsAreNamed(of: ComponentTypeID.instance(id))
    }
  }

  private mutating func partsAreNamed(ofDefined id: DefinedTypeID) -> Bool {
    switch types.defined[id.index].type {
    case .own(let resource), .borrow(let resource): return names.contains(.resource(resource))
    case let type:
      let parts = type.parts
      let key = ComponentTypeID.defined(DefinedTypeID(index: id.index))
      guard !parts.isEmpty, visited.insert(key).inserted else { return true }
      for part in parts {
        guard isNamed(part) else { return false }
      }
      return true
    }
  }

  private mutating func isNamed(_ type: ResolvedValueType) -> Bool {
    guard case .defined(let id) = type else { return true }
    switch types.defined[id.index].type {
    case .flags, .enumeration, .record, .variant: return names.contains(.defined(id))
    default: return partsAreNamed(ofDefined: id)
    }
  }
}
