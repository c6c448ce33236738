/// Describes the types of components, within the bounds of a budget.
///
/// Types nest at most a hundred levels deep (`Limit.componentTypeDepth`), so traversals of them may recurse.
struct ComponentTypeDescriber {
  private let types: ComponentTypes
  private var core: CoreTypeDescriber
  private var budget: DescriptionBudget
  private var names = TypeNames()

  init(types: ComponentTypes, core: CoreTypes, budget: DescriptionBudget) {
    self.types = types
    self.core = CoreTypeDescriber(types: core)
    self.budget = budget
  }

  /// Whether everything so far fitted in the budget.
  var isComplete: Bool { budget.isKept && names.isComplete }

  /// Describes the imports and exports of a component.
  mutating func describe(
    _ component: ComponentInterface
  ) -> (imports: [ModuleImport], exports: [ModuleExport]) {
    names.enterComponent(component, types)
    defer { names.leave() }
    let imports = exports(component.imports).map { ModuleImport(module: nil, name: $0.name, type: $0.type) }
    names.beginExports()
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
      names.enterInstance(items, named: name)
      defer { names.leave() }
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
      let type = text { $0.add(parameter.type) }
      guard budget.take(size: parameter.name.utf8.count + type.utf8.count) else { return nil }
      signature.parameters.append(FunctionSignature.Parameter(name: parameter.name, type: type))
    }
    guard let result = function.result else { return signature }
    let type = text { $0.add(result) }
    signature.results = [type]
    return budget.take(type) ? signature : nil
  }

  /// Describes a type by another name of it, or by its definition.
  private mutating func describeType(_ type: ComponentTypeID, named name: String) -> ExternalType? {
    if let known = names.text(of: type, otherThan: name) { return definition(known) }
    switch type {
    case .resource: return .resource
    case .defined(let id):
      let definition = types.defined[id.index].type
      return self.definition(text { $0.add(definition) })
    case .function(let id): return definition(of: .function(id), named: name)
    case .instance(let id): return definition(of: .instance(id), named: name)
    case .component(let id): return definition(of: .component(id), named: name)
    }
  }

  private mutating func definition(_ text: String) -> ExternalType? {
    budget.take(text) ? .type(definition: text) : nil
  }

  private mutating func definition(of entity: ComponentEntity, named name: String) -> ExternalType? {
    describe(entity, named: name).map { .typeOf($0) }
  }

  private mutating func text(_ write: (inout ValueTypeText) -> Void) -> String {
    var writer = ValueTypeText(types: types, names: names)
    write(&writer)
    if writer.isCut { budget.noteCut() }
    return writer.text
  }
}
