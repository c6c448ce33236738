/// A resource type as it is known under one name.
///
/// `resource` says which type it is; `alias` tells the names apart that the same type was given by imports and
/// exports, because the rules on named types ask for the name, not for the type.
struct ResourceID: Hashable, Sendable {
  var resource: UInt32
  var alias = noTypeAlias
}

/// A defined value type in the arena, as it is known under one name.
struct DefinedTypeID: Hashable, Sendable {
  var index: Int
  var alias = noTypeAlias
}

/// The alias of a type that no import or export has named.
let noTypeAlias = UInt32.max

/// A type of a component's type index space, by its place in the arena.
enum ComponentTypeID: Hashable, Sendable {
  case resource(ResourceID)
  case defined(DefinedTypeID)
  case function(Int)
  case instance(Int)
  case component(Int)

  /// What the type is called in messages.
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

/// A value type whose index is resolved.
enum ResolvedValueType: Hashable, Sendable {
  case primitive(PrimitiveType)
  case defined(DefinedTypeID)
}

/// What a component imports or exports: its sort with its type.
enum ComponentEntity: Hashable, Sendable {
  case module(Int)
  case function(Int)
  /// A type: the one that the import or export makes, and the one that it was made from.
  case type(created: ComponentTypeID, referenced: ComponentTypeID)
  case component(Int)
  case instance(Int)

  /// What the entity is called in messages.
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
  /// What the entity is called in messages.
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
