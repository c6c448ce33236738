/// Whether the types that something refers to have names: records, variants, enums, flags and resources may be used
/// by an import or export only under a name that an import or export gave them.
extension ComponentTypes {
  /// Whether what a type is made of is named; the type itself need not be.
  func partsAreNamed(of type: ComponentTypeID, in names: Set<ComponentTypeID>) -> Bool {
    switch type {
    case .resource, .component: true
    case .defined(let id): partsAreNamed(ofDefined: id, in: names)
    case .function(let id): partsAreNamed(ofFunction: id, in: names)
    case .instance(let id): partsAreNamed(ofInstance: id, in: names)
    }
  }

  func partsAreNamed(ofFunction id: Int, in names: Set<ComponentTypeID>) -> Bool {
    let type = functions[id].type
    return type.parameters.allSatisfy { isNamed($0.type, in: names) }
      && (type.result.map { isNamed($0, in: names) } ?? true)
  }

  private func partsAreNamed(ofInstance id: Int, in names: Set<ComponentTypeID>) -> Bool {
    instances[id].exports.entries.allSatisfy { entry in
      switch entry.item {
      case .module, .component: true
      case .function(let id): partsAreNamed(ofFunction: id, in: names)
      case .type(let created, _): partsAreNamed(of: created, in: names)
      case .instance(let id): partsAreNamed(ofInstance: id, in: names)
      }
    }
  }

  private func partsAreNamed(ofDefined id: DefinedTypeID, in names: Set<ComponentTypeID>) -> Bool {
    switch defined[id.index].type {
    case .own(let resource), .borrow(let resource): names.contains(.resource(resource))
    case let type: type.parts.allSatisfy { isNamed($0, in: names) }
    }
  }

  private func isNamed(_ type: ResolvedValueType, in names: Set<ComponentTypeID>) -> Bool {
    guard case .defined(let id) = type else { return true }
    switch defined[id.index].type {
    case .flags, .enumeration, .record, .variant: return names.contains(.defined(id))
    case .own(let resource), .borrow(let resource): return names.contains(.resource(resource))
    case let type: return type.parts.allSatisfy { isNamed($0, in: names) }
    }
  }
}
