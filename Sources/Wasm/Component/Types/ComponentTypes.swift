/// The arena of all types of a component and of its nested components.
///
/// Types refer to each other by index, and an index is never reused while something refers to it. Types that a
/// subtyping check creates are removed at its end (`Checkpoint`).
struct ComponentTypes: Sendable {
  struct DefinedEntry: Sendable {
    var type: ResolvedDefinedType
    var summary: TypeSummary
    var layout: CanonicalLayout
  }

  struct FunctionEntry: Sendable {
    var type: ResolvedFunctionType
    var summary: TypeSummary
  }

  private(set) var defined: [DefinedEntry] = []
  private(set) var functions: [FunctionEntry] = []
  private(set) var instances: [InstanceInterface] = []
  private(set) var components: [ComponentInterface] = []
  private(set) var modules: [ModuleInterface] = []
  /// The core types of all modules and module types.
  var core = CoreTypes()
  /// The cached results of instantiations of core modules.
  var instantiations = CoreInstantiations()
  var openings = ComponentOpenings()
  /// The summaries of instances of components, by component.
  private var instanceSummaries: [Int: TypeSummary] = [:]
  /// The pairs of types that match, except pairs with a temporary type.
  private var subtypePairs: Set<SubtypePair> = []
  private var temporaryPairs: Set<SubtypePair> = []
  /// The number of types at the start of the outermost running check.
  private var permanent: Checkpoint?
  private var nextResource: UInt32 = 0
  private var nextAlias: UInt32 = 0

  mutating func add(_ entry: DefinedEntry) -> DefinedTypeID {
    defined.append(entry)
    return DefinedTypeID(index: defined.count - 1)
  }

  mutating func add(_ entry: FunctionEntry) -> Int {
    functions.append(entry)
    return functions.count - 1
  }

  mutating func add(_ interface: InstanceInterface) -> Int {
    instances.append(interface)
    return instances.count - 1
  }

  mutating func add(_ interface: ComponentInterface) -> Int {
    components.append(interface)
    return components.count - 1
  }

  mutating func add(_ interface: ModuleInterface) -> Int {
    modules.append(interface)
    return modules.count - 1
  }

  /// A resource type that is different from all others.
  mutating func makeResource() -> UInt32 {
    nextResource += 1
    return nextResource - 1
  }

  /// The same type with a new name.
  mutating func makeAlias(of type: ComponentTypeID) -> ComponentTypeID {
    let alias = nextAlias
    nextAlias += 1
    switch type {
    case .resource(var id):
      id.alias = alias
      return .resource(id)
    case .defined(var id):
      id.alias = alias
      return .defined(id)
    case .function, .instance, .component: return type
    }
  }

  func summary(of type: ResolvedValueType) -> TypeSummary {
    switch type {
    case .primitive: .leaf
    case .defined(let id): defined[id.index].summary
    }
  }

  func summary(of type: ComponentTypeID) -> TypeSummary {
    switch type {
    case .resource: .leaf
    case .defined(let id): defined[id.index].summary
    case .function(let id): functions[id].summary
    case .instance(let id): instances[id].summary
    case .component(let id): components[id].summary
    }
  }

  func summary(of entity: ComponentEntity) -> TypeSummary {
    switch entity {
    case .module(let id): .core(size: modules[id].size)
    case .function(let id): functions[id].summary
    case .type(_, let referenced): summary(of: referenced)
    case .component(let id): components[id].summary
    case .instance(let id): instances[id].summary
    }
  }

  /// The summary of the exports of an instance of a component.
  mutating func summary(
    ofInstancesOf component: Int, at offset: Int
  ) throws(ValidationError) -> TypeSummary {
    if let known = instanceSummaries[component] { return known }
    var summary = TypeSummary.leaf
    for entry in components[component].exports.entries {
      try summary.add(self.summary(of: entry.item), at: offset)
    }
    if !hasTemporaryTypes { instanceSummaries[component] = summary }
    return summary
  }

  func layout(of type: ResolvedValueType) -> CanonicalLayout {
    switch type {
    case .primitive(let type): .primitive(type)
    case .defined(let id): defined[id.index].layout
    }
  }

  /// The number of types of each kind.
  struct Checkpoint: Sendable {
    fileprivate var defined: Int
    fileprivate var functions: Int
    fileprivate var instances: Int
    fileprivate var components: Int
    fileprivate var isOutermost: Bool
  }

  /// Begins a check that adds temporary types.
  mutating func beginTemporaryTypes() -> Checkpoint {
    let checkpoint = Checkpoint(
      defined: defined.count, functions: functions.count, instances: instances.count,
      components: components.count, isOutermost: permanent == nil)
    if permanent == nil { permanent = checkpoint }
    return checkpoint
  }

  /// Ends a check and drops the types that it added.
  mutating func endTemporaryTypes(_ checkpoint: Checkpoint) {
    temporaryPairs.removeAll()
    if checkpoint.isOutermost { permanent = nil }
    defined.removeLast(defined.count - checkpoint.defined)
    functions.removeLast(functions.count - checkpoint.functions)
    instances.removeLast(instances.count - checkpoint.instances)
    components.removeLast(components.count - checkpoint.components)
  }

  /// Whether a check with temporary types is running, whose indices are reused later.
  var hasTemporaryTypes: Bool { permanent != nil }

  /// Whether a pair of types was found to match before.
  func isKnown(_ pair: SubtypePair) -> Bool {
    subtypePairs.contains(pair) || temporaryPairs.contains(pair)
  }

  /// Records that a pair of types matches.
  mutating func note(_ pair: SubtypePair) {
    if isPermanent(pair.actual) && isPermanent(pair.expected) {
      subtypePairs.insert(pair)
    } else {
      temporaryPairs.insert(pair)
    }
  }

  private func isPermanent(_ type: SubtypePair.TypePlace) -> Bool {
    guard let permanent else { return true }
    return switch type {
    case .defined(let index): index < permanent.defined
    case .instance(let index): index < permanent.instances
    case .module: true
    }
  }
}

/// Two types; the first can be used where the second is required.
struct SubtypePair: Hashable, Sendable {
  enum TypePlace: Hashable, Sendable {
    case defined(Int)
    case instance(Int)
    case module(Int)
  }

  var actual: TypePlace
  var expected: TypePlace
}
