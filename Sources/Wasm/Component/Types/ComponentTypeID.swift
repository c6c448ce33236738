/// A resource type under one of its names.
///
/// `resource` is the type; `alias` distinguishes the names that imports and exports gave to the same type, because the
/// rules for named types depend on the name, not on the type.
struct ResourceID: Hashable, Sendable {
  var resource: UInt32
  var alias = noTypeAlias
}

/// A defined value type in the arena, under one of its names.
struct DefinedTypeID: Hashable, Sendable {
  var index: Int
  var alias = noTypeAlias
}

/// The alias of a type that no import or export named.
let noTypeAlias = UInt32.max

/// A type of a component's type index space, by its index in the arena.
enum ComponentTypeID: Hashable, Sendable {
  case resource(ResourceID)
  case defined(DefinedTypeID)
  case function(Int)
  case instance(Int)
  case component(Int)

  /// The name of the kind of type in messages.
  var kindName: String {
    switch self {
    case .resource: "resource"
    case .defined: "defined type"
    case .function: "func"
    case .instance: "instance"
    case .component: "component"
    }
  }
}

/// A value type with its index resolved.
enum ResolvedValueType: Hashable, Sendable {
  case primitive(PrimitiveType)
  case defined(DefinedTypeID)
}

/// An item that a component imports or exports: its sort and type.
enum ComponentEntity: Hashable, Sendable {
  case module(Int)
  case function(Int)
  /// A type: the one that the import or export creates, and the one to which it refers.
  case type(created: ComponentTypeID, referenced: ComponentTypeID)
  case component(Int)
  case instance(Int)

  /// The name of the kind of entity in messages.
  var kindName: String {
    switch self {
    case .module: "module"
    case .function: "func"
    case .type: "type"
    case .component: "component"
    case .instance: "instance"
    }
  }
}

extension CoreExternType {
  /// The name of the kind of entity in messages.
  var kindName: String {
    switch self {
    case .function: "func"
    case .table: "table"
    case .memory: "memory"
    case .global: "global"
    case .tag: "tag"
    }
  }
}
