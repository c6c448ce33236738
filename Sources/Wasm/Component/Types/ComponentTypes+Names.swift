extension ComponentTypes {
  /// Whether the parts of a type have names: an import or export may use records, variants, enums, flags and resources
  /// only under a name that an import or export gave them. The type itself needs no name.
  func partsAreNamed(of type: ComponentTypeID, in names: Set<ComponentTypeID>) -> Bool {
    var check = NamedPartsCheck(types: self, names: names)
    return check.partsAreNamed(of: type)
  }
}

/// A check of names that visits each type once per enclosing instance type.
private struct NamedPartsCheck {
  let types: ComponentTypes
  private let names: Set<ComponentTypeID>
  /// The types that the enclosing instance types name, in order.
  private var inner: [ComponentTypeID] = []
  private var innerNames: Set<ComponentTypeID> = []
  /// The types whose parts have names, valid as long as the enclosing instance types are the same.
  private var order: [ComponentTypeID] = []
  private var visited: Set<ComponentTypeID> = []

  init(types: ComponentTypes, names: Set<ComponentTypeID>) {
    self.types = types
    self.names = names
  }

  private func hasName(_ type: ComponentTypeID) -> Bool { names.contains(type) || innerNames.contains(type) }

  /// Records a visit to a type; returns whether it is the first.
  private mutating func visit(_ type: ComponentTypeID) -> Bool {
    guard visited.insert(type).inserted else { return false }
    order.append(type)
    return true
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
    case .instance(let id): return !visit(type) || partsAreNamed(ofInstance: id)
    }
  }

  /// The earlier exports of an instance type count as named in it, but not outside.
  private mutating func partsAreNamed(ofInstance id: Int) -> Bool {
    let (nameCount, visitCount) = (inner.count, order.count)
    for entry in types.instances[id].exports.entries {
      guard partsAreNamed(of: entry.item) else { return false }
      guard case .type(let created, _) = entry.item, !hasName(created) else { continue }
      inner.append(created)
      innerNames.insert(created)
    }
    while inner.count > nameCount { innerNames.remove(inner.removeLast()) }
    while order.count > visitCount { visited.remove(order.removeLast()) }
    return true
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
    case .own(let resource), .borrow(let resource): return hasName(.resource(resource))
    case let type:
      let parts = type.parts
      let key = ComponentTypeID.defined(DefinedTypeID(index: id.index))
      guard !parts.isEmpty, visit(key) else { return true }
      for part in parts {
        guard isNamed(part) else { return false }
      }
      return true
    }
  }

  private mutating func isNamed(_ type: ResolvedValueType) -> Bool {
    guard case .defined(let id) = type else { return true }
    switch types.defined[id.index].type {
    case .flags, .enumeration, .record, .variant: return hasName(.defined(id))
    default: return partsAreNamed(ofDefined: id)
    }
  }
}
