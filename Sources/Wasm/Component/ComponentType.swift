/// A function type of the component model.
struct ComponentFunctionType: Hashable, Sendable {
  var isAsync: Bool
  var parameters: [NamedValueType]
  var result: ComponentValueType?
}

/// The beginning of an entry of a type section, without nested types.
///
/// Component, instance and module types are lists of declarations that contain types themselves. They are read one
/// declaration at a time (`ComponentReader`), so that neither memory nor the call stack grows with the input.
enum ComponentTypeHead: Hashable, Sendable {
  case value(DefinedValueType)
  case function(ComponentFunctionType)
  case resource(representation: ValueType, destructor: UInt32?)
  /// A component type with this number of declarations.
  case component(declarations: Int)
  /// An instance type with this number of declarations.
  case instance(declarations: Int)
}

/// The beginning of a core type inside a component.
enum CoreTypeHead: Hashable, Sendable {
  case group(RecursionGroup)
  /// A module type with this number of declarations.
  case module(declarations: Int)
}

extension ByteReader {
  /// Reads the beginning of a type.
  mutating func componentTypeHead() throws(ValidationError) -> ComponentTypeHead {
    let code = try byte()
    switch code {
    case 0x3f:
      let representation = try valueType()
      return .resource(
        representation: representation, destructor: try boolean("resource destructor") ? try u32() : nil)
    case 0x40, 0x43:
      let parameters = try namedValueTypes(upTo: Limit.functionParameters, "component function parameter")
      return .function(
        ComponentFunctionType(isAsync: code == 0x43, parameters: parameters, result: try resultList()))
    case 0x41:
      return .component(
        declarations: try count(upTo: Limit.componentTypeDeclarations, "component type declaration"))
    case 0x42:
      return .instance(
        declarations: try count(upTo: Limit.componentTypeDeclarations, "instance type declaration"))
    default:
      return .value(try definedValueType(code))
    }
  }

  /// Reads the optional result of a function.
  mutating func resultList() throws(ValidationError) -> ComponentValueType? {
    guard try boolean("component function results") else { return try componentValueType() }
    let count = try byte()
    guard count == 0 else { throw unexpected(count, "number of results") }
    return nil
  }

  /// Reads the beginning of a core type. A type that is not final has an extra 0 before it, because 0x50 is the code of
  /// module types here.
  mutating func coreTypeHead() throws(ValidationError) -> CoreTypeHead {
    switch try peek() {
    case 0x50:
      try skip(1)
      return .module(declarations: try count(upTo: Limit.moduleTypeDeclarations, "module type declaration"))
    case 0x00:
      try skip(1)
      let code = try peek()
      guard code == 0x50 else {
        try skip(1)
        throw unexpected(code, "non-final sub type")
      }
      return .group(try recursionGroup())
    default:
      return .group(try recursionGroup())
    }
  }
}
