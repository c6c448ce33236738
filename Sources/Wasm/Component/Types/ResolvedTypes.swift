/// A field of a record with its type resolved.
struct ResolvedField: Hashable, Sendable {
  var name: String
  var type: ResolvedValueType
}

/// A case of a variant with its type resolved.
struct ResolvedCase: Hashable, Sendable {
  var name: String
  var type: ResolvedValueType?
}

/// A defined value type with its indices resolved.
enum ResolvedDefinedType: Hashable, Sendable {
  case primitive(PrimitiveType)
  case record([ResolvedField])
  case variant([ResolvedCase])
  case list(ResolvedValueType)
  case map(ResolvedValueType, ResolvedValueType)
  case tuple([ResolvedValueType])
  case flags([String])
  case enumeration([String])
  case option(ResolvedValueType)
  case result(ok: ResolvedValueType?, error: ResolvedValueType?)
  case own(ResourceID)
  case borrow(ResourceID)
  case future(ResolvedValueType?)
  case stream(ResolvedValueType?)

  /// The name of the kind of type in messages.
  var kindName: String {
    switch self {
    case .primitive: "primitive"
    case .record: "record"
    case .variant: "variant"
    case .list: "list"
    case .map: "map"
    case .tuple: "tuple"
    case .flags: "flags"
    case .enumeration: "enum"
    case .option: "option"
    case .result: "result"
    case .own: "own"
    case .borrow: "borrow"
    case .future: "future"
    case .stream: "stream"
    }
  }

  /// The value types of the parts, in order.
  var parts: [ResolvedValueType] {
    switch self {
    case .primitive, .flags, .enumeration, .own, .borrow: []
    case .record(let fields): fields.map(\.type)
    case .variant(let cases): cases.compactMap(\.type)
    case .tuple(let types): types
    case .list(let type), .option(let type): [type]
    case .map(let key, let value): [key, value]
    case .result(let ok, let error): [ok, error].compactMap { $0 }
    case .future(let type), .stream(let type): [type].compactMap { $0 }
    }
  }

  /// The same type with other parts, as many as `parts`.
  func replacingParts(_ new: [ResolvedValueType]) -> ResolvedDefinedType {
    var rest = new[...]
    func next(_ old: ResolvedValueType?) -> ResolvedValueType? { old == nil ? nil : rest.popFirst() }
    switch self {
    case .primitive, .flags, .enumeration, .own, .borrow: return self
    case .record(let fields):
      return .record(fields.map { ResolvedField(name: $0.name, type: next($0.type) ?? $0.type) })
    case .variant(let cases):
      return .variant(cases.map { ResolvedCase(name: $0.name, type: next($0.type)) })
    case .tuple: return .tuple(new)
    case .list(let type): return .list(next(type) ?? type)
    case .option(let type): return .option(next(type) ?? type)
    case .map(let key, let value):
      let newKey = next(key) ?? key
      return .map(newKey, next(value) ?? value)
    case .result(let ok, let error):
      let newOK = next(ok)
      return .result(ok: newOK, error: next(error))
    case .future(let type): return .future(next(type))
    case .stream(let type): return .stream(next(type))
    }
  }
}

/// A function type with its indices resolved.
struct ResolvedFunctionType: Hashable, Sendable {
  var isAsync: Bool
  var parameters: [ResolvedField]
  var result: ResolvedValueType?
}

/// The name of a core module's import.
struct CoreImportName: Hashable, Sendable {
  var module: ExactName
  var name: ExactName
}

/// The imports and exports of a core module.
struct ModuleInterface: Sendable {
  var size: Int
  var imports: NamedItems<CoreImportName, CoreExternType>
  var exports: NamedItems<ExactName, CoreExternType>
}

/// The exports of an instance.
struct InstanceInterface: Sendable {
  var summary: TypeSummary
  var exports: NamedItems<ExactName, ComponentEntity>
  /// The resources that an instance of this type defines; only instance types have some, concrete instances do not.
  var definedResources: [UInt32] = []
  /// The exported resources with the paths of the exports; of two paths the later is used.
  var explicitResources: [ResourcePath] = []
}

/// The imports and exports of a component.
struct ComponentInterface: Sendable {
  var summary: TypeSummary
  var imports: NamedItems<ExactName, ComponentEntity>
  var exports: NamedItems<ExactName, ComponentEntity>
  /// The resources of the imports, each with the path of the import.
  var importedResources: [ResourcePath] = []
  /// The resources that each instantiation creates and exports, with the path of the export.
  var definedResources: [ResourcePath] = []
  var explicitResources: [ResourcePath] = []
}

/// The path of an imported or exported resource: a position among the imports or exports, and in each instance there a
/// position among its exports.
struct ResourcePath: Hashable, Sendable {
  var resource: UInt32
  var positions: [Int]

  /// The same path with the replacement of the resource.
  func renamed(_ resources: [UInt32: UInt32]) -> ResourcePath {
    ResourcePath(resource: resources[resource] ?? resource, positions: positions)
  }
}

/// Exported resources with their paths, in order; a later path replaces an earlier one.
struct ResourcePaths: Sendable {
  private(set) var entries: [ResourcePath] = []
  private var places: [UInt32: Int] = [:]

  subscript(resource: UInt32) -> [Int]? {
    places[resource].map { entries[$0].positions }
  }

  mutating func insert(_ resource: UInt32, at positions: [Int]) {
    if let place = places[resource] {
      entries[place].positions = positions
    } else {
      places[resource] = entries.count
      entries.append(ResourcePath(resource: resource, positions: positions))
    }
  }
}
