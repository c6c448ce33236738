/// Describes the types of components, within the bounds of a budget.
///
/// Types nest at most a hundred levels deep (`Limit.componentTypeDepth`), so traversals of them may recurse.
struct ComponentTypeDescriber {
  private let types: ComponentTypes
  private var core: CoreTypeDescriber
  private var budget: DescriptionBudget
  private var valueTypes: ValueTypeDescriber

  init(types: ComponentTypes, core: CoreTypes, budget: DescriptionBudget) {
    self.types = types
    self.core = CoreTypeDescriber(types: core)
    self.budget = budget
    valueTypes = ValueTypeDescriber(types: types)
  }

  /// Whether everything so far fitted in the budget.
  var isComplete: Bool { budget.isKept && valueTypes.names.isComplete }

  /// Describes the imports and exports of a component.
  mutating func describe(
    _ component: ComponentInterface
  ) -> (imports: [ModuleImport], exports: [ModuleExport]) {
    valueTypes.names.enterComponent(component, types)
    defer { valueTypes.names.leave() }
    let imports = exports(component.imports).map { ModuleImport(module: nil, name: $0.name, type: $0.type) }
    valueTypes.names.beginExports()
    return (imports, exports(component.exports))
  }

  /// Describes the worlds of a component: each exported type is the type of a component that exports a world.
  mutating func worlds(_ component: ComponentInterface) -> [WorldDescription] {
    var worlds: [WorldDescription] = []
    for package in component.exports.entries {
      guard case .type(_, .component(let id)) = package.item else { continue }
      for (name, item) in types.components[id].exports.entries {
        guard case .component(let world) = item, budget.take(name.text) else { continue }
        let (imports, exports) = describe(types.components[world])
        worlds.append(WorldDescription(name: name.text, imports: imports, exports: exports))
      }
    }
    return worlds
  }

  private mutating func exports(_ items: NamedItems<ExactName, ComponentEntity>) -> [ModuleExport] {
    var result: [ModuleExport] = []
    for (position, entry) in items.entries.enumerated() {
      let name = entry.name.text
      guard budget.take(name), var type = describe(entry.item, named: name) else { break }
      if case .instance(let exports, _) = type, let interface = items.interface(at: position) {
        guard budget.take(interface) else { break }
        type = .instance(exports: exports, implements: interface)
      }
      result.append(ModuleExport(name: name, type: type))
    }
    return result
  }

  /// Describes an entity; nil if it does not fit.
  private mutating func describe(_ entity: ComponentEntity, named name: String) -> ExternalType? {
    switch entity {
    case .module(let id): return describe(types.modules[id])
    case .function(let id): return signature(types.functions[id].type).map { .function($0) }
    case .type(_, let referenced): return describeType(referenced, named: name)
    case .component(let id):
      let (imports, exports) = describe(types.components[id])
      return .component(imports: imports, exports: exports)
    case .instance(let id):
      let items = types.instances[id].exports
      valueTypes.names.enterInstance(items, named: name)
      defer { valueTypes.names.leave() }
      return .instance(exports: exports(items))
    }
  }

  private mutating func describe(_ module: ModuleInterface) -> ExternalType {
    var imports: [ModuleImport] = []
    var exports: [ModuleExport] = []
    for (name, item) in module.imports.entries {
      let (type, size) = core.describe(item)
      let nameSize = name.module.text.utf8.count + name.name.text.utf8.count
      guard budget.take(size: size + nameSize) else { break }
      imports.append(ModuleImport(module: name.module.text, name: name.name.text, type: type))
    }
    for (name, item) in module.exports.entries {
      let (type, size) = core.describe(item)
      guard budget.take(size: size + name.text.utf8.count) else { break }
      exports.append(ModuleExport(name: name.text, type: type))
    }
    return .module(imports: imports, exports: exports)
  }

  private mutating func signature(_ function: ResolvedFunctionType) -> FunctionSignature? {
    var signature = FunctionSignature(parameters: [], results: [], isAsync: function.isAsync)
    for parameter in function.parameters {
      let (type, size) = valueTypes.describe(parameter.type)
      guard take(type, size: parameter.name.utf8.count + size) else { return nil }
      signature.parameters.append(FunctionSignature.Parameter(name: parameter.name, type: type))
    }
    guard let result = function.result else { return signature }
    let (type, size) = valueTypes.describe(result)
    signature.results = [type]
    return take(type, size: size) ? signature : nil
  }

  /// Describes a type by another name of it, or by its definition.
  private mutating func describeType(_ type: ComponentTypeID, named name: String) -> ExternalType? {
    if let known = valueTypes.names.reference(to: type, otherThan: name) {
      let (type, size) = valueTypes.describe(known)
      return definition(type, size: size)
    }
    switch type {
    case .resource: return .resource
    case .defined(let id):
      let definition = types.defined[id.index].type
      let (type, size) = valueTypes.describe(definition)
      return self.definition(type, size: size)
    case .function(let id): return definition(of: .function(id), named: name)
    case .instance(let id): return definition(of: .instance(id), named: name)
    case .component(let id): return definition(of: .component(id), named: name)
    }
  }

  private mutating func definition(_ type: ValueTypeDescription, size: Int) -> ExternalType? {
    take(type, size: size) ? .type(definition: type) : nil
  }

  private mutating func definition(of entity: ComponentEntity, named name: String) -> ExternalType? {
    describe(entity, named: name).map { .typeOf($0) }
  }

  /// Reserves the size of a value type and its name; false if there is not enough left.
  private mutating func take(_ type: ValueTypeDescription, size: Int) -> Bool {
    if case .cut = type { budget.noteCut() }
    return budget.take(size: size)
  }
}
