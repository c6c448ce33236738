/// A core type in a component's core type index space.
enum CoreTypeSlot: Hashable, Sendable {
  /// A defined type, by its canonical index.
  case defined(UInt32)
  /// A module type, by its index in the arena.
  case module(Int)
}

/// The index spaces of a component, or of a component or instance type, with the definitions so far.
struct ComponentScope: Sendable {
  enum Kind: Sendable { case component, componentType, instanceType }

  let kind: Kind

  var coreTypes: [CoreTypeSlot] = []
  /// The canonical index of each core type, `moduleTypeMark` for module types.
  var coreTypeIDs: [UInt32] = []
  var coreFunctions: [UInt32] = []
  var coreTables: [TableType] = []
  var coreMemories: [MemoryType] = []
  var coreGlobals: [GlobalType] = []
  var coreTags: [UInt32] = []
  var coreModules: [Int] = []
  var coreInstances: [ComponentCoreInstance] = []

  var types: [ComponentTypeID] = []
  var functions: [Int] = []
  var instances: [Int] = []
  var components: [Int] = []

  var imports = NamedItems<ExactName, ComponentEntity>()
  var importNames = ExternNameSet()
  var exports = NamedItems<ExactName, ComponentEntity>()
  var exportNames = ExternNameSet()
  var summary = TypeSummary.leaf
  /// The size of the types that outer aliases added to this component.
  var aliasedSize = 0

  /// The resources of the imports, with their paths.
  var importedResources: [ResourcePath] = []
  /// The resources that are defined here, with their representation if it is known: it is known for resource types of
  /// this component itself, but not for those of an instance in it.
  var definedResources: [(resource: UInt32, representation: ValueType?)] = []
  /// The resources whose representation is known.
  var localResources: [UInt32: ValueType] = [:]
  /// The exported resources, with the paths of the exports.
  var explicitResources = ResourcePaths()

  /// The types that an import may use, because an import named them.
  var importedTypes: Set<ComponentTypeID> = []
  /// The types that an export may use, because an import or export named them.
  var exportedTypes: Set<ComponentTypeID> = []
  var importedResourceNames = ResourceNames()
  var exportedResourceNames = ResourceNames()

  init(_ kind: Kind) { self.kind = kind }

  var typeCount: Int { coreTypes.count + types.count }
  var instanceCount: Int { coreInstances.count + instances.count }
  var functionCount: Int { coreFunctions.count + functions.count }

  static let moduleTypeMark = UInt32.max

  mutating func addCoreType(_ type: CoreTypeSlot) {
    coreTypes.append(type)
    if case .defined(let id) = type {
      coreTypeIDs.append(id)
    } else {
      coreTypeIDs.append(ComponentScope.moduleTypeMark)
    }
  }

  mutating func defineResource(_ resource: UInt32, representation: ValueType?) {
    definedResources.append((resource, representation))
    localResources[resource] = representation
  }
}

/// Look-ups in the index spaces.
extension ComponentScope {
  func coreType(_ index: UInt32, at offset: Int) throws(ValidationError) -> CoreTypeSlot {
    try coreTypes.item(index, "type", at: offset)
  }

  func coreFunction(_ index: UInt32, at offset: Int) throws(ValidationError) -> UInt32 {
    guard Int(index) < coreFunctions.count else {
      throw ValidationError(
        .invalid, at: offset, "unknown core function \(index): function index out of bounds")
    }
    return coreFunctions[Int(index)]
  }

  func coreMemory(_ index: UInt32, at offset: Int) throws(ValidationError) -> MemoryType {
    try coreMemories.item(index, "memory", at: offset)
  }

  func coreModule(_ index: UInt32, at offset: Int) throws(ValidationError) -> Int {
    try coreModules.item(index, "module", at: offset)
  }

  func coreInstance(
    _ index: UInt32, at offset: Int
  ) throws(ValidationError) -> ComponentCoreInstance {
    guard Int(index) < coreInstances.count else {
      throw ValidationError(
        .invalid, at: offset, "unknown core instance \(index): instance index out of bounds")
    }
    return coreInstances[Int(index)]
  }

  /// The entity in a core index space.
  func coreItem(
    _ kind: ExternKind, _ index: UInt32, at offset: Int
  ) throws(ValidationError) -> CoreExternType {
    switch kind {
    case .function: .function(try coreFunction(index, at: offset))
    case .table: .table(try coreTables.item(index, "table", at: offset))
    case .memory: .memory(try coreMemory(index, at: offset))
    case .global: .global(try coreGlobals.item(index, "global", at: offset))
    case .tag: .tag(try coreTags.item(index, "tag", at: offset))
    }
  }

  func type(_ index: UInt32, at offset: Int) throws(ValidationError) -> ComponentTypeID {
    try types.item(index, "type", at: offset)
  }

  func definedType(_ index: UInt32, at offset: Int) throws(ValidationError) -> DefinedTypeID {
    guard case .defined(let id) = try type(index, at: offset) else {
      throw ValidationError(.invalid, at: offset, "type index \(index) is not a defined type")
    }
    return id
  }

  func functionType(_ index: UInt32, at offset: Int) throws(ValidationError) -> Int {
    guard case .function(let id) = try type(index, at: offset) else {
      throw ValidationError(.invalid, at: offset, "type index \(index) is not a function type")
    }
    return id
  }

  func resource(_ index: UInt32, at offset: Int) throws(ValidationError) -> ResourceID {
    guard case .resource(let id) = try type(index, at: offset) else {
      throw ValidationError(.invalid, at: offset, "type index \(index) is not a resource type")
    }
    return id
  }

  func function(_ index: UInt32, at offset: Int) throws(ValidationError) -> Int {
    try functions.item(index, "function", at: offset)
  }

  func component(_ index: UInt32, at offset: Int) throws(ValidationError) -> Int {
    try components.item(index, "component", at: offset)
  }

  func instance(_ index: UInt32, at offset: Int) throws(ValidationError) -> Int {
    try instances.item(index, "instance", at: offset)
  }

  /// The item in an index space other than that of types.
  func entity(
    _ sort: ComponentSort, _ index: UInt32, at offset: Int
  ) throws(ValidationError) -> ComponentEntity {
    switch sort {
    case .coreModule: return .module(try coreModule(index, at: offset))
    case .function: return .function(try function(index, at: offset))
    case .value: throw .valuesUnsupported(at: offset)
    case .component: return .component(try component(index, at: offset))
    case .instance: return .instance(try instance(index, at: offset))
    case .type:
      let id = try type(index, at: offset)
      return .type(created: id, referenced: id)
    }
  }
}

extension Array {
  /// An item of an index space; `kind` is its name in the error.
  fileprivate func item(
    _ index: UInt32, _ kind: String, at offset: Int
  ) throws(ValidationError) -> Element {
    guard Int(index) < count else {
      throw ValidationError(.invalid, at: offset, "unknown \(kind) \(index): \(kind) index out of bounds")
    }
    return self[Int(index)]
  }
}

extension ValidationError {
  /// The error for values, which no set of features contains.
  static func valuesUnsupported(at offset: Int) -> ValidationError {
    ValidationError(.unsupported, at: offset, "support for component model `value`s is not enabled")
  }
}
