/// A value type, or the definition of a component's type.
public enum ValueTypeDescription: Hashable, Sendable {
  /// A field of a record.
  public struct Field: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The type.
    public var type: ValueTypeDescription

    /// Makes a field from its parts.
    public init(name: String, type: ValueTypeDescription) {
      self.name = name
      self.type = type
    }
  }

  /// A case of a variant.
  public struct Case: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The type of the value in it; nil if there is none.
    public var type: ValueTypeDescription?

    /// Makes a case from its parts.
    public init(name: String, type: ValueTypeDescription?) {
      self.name = name
      self.type = type
    }
  }

  /// A value type of a core module.
  case core(CoreValueTypeDescription)
  /// A primitive type of the component model.
  case primitive(PrimitiveType)
  /// A record, by its fields.
  case record([Field])
  /// A variant, by its cases.
  case variant([Case])
  /// A list, by the type of its elements.
  indirect case list(ValueTypeDescription)
  /// A map, by the types of its keys and values.
  indirect case map(ValueTypeDescription, ValueTypeDescription)
  /// A tuple, by the types of its elements.
  case tuple([ValueTypeDescription])
  /// Flags, by their names.
  case flags([String])
  /// An enumeration, by the names of its cases.
  case enumeration([String])
  /// A value or nothing.
  indirect case option(ValueTypeDescription)
  /// A result of one of two types, both of which may be missing.
  indirect case result(ok: ValueTypeDescription?, error: ValueTypeDescription?)
  /// A stream, by the type of its elements.
  indirect case stream(ValueTypeDescription?)
  /// A future value.
  indirect case future(ValueTypeDescription?)
  /// A borrowed handle of a resource. An owned handle is described as the resource.
  indirect case borrow(ValueTypeDescription)
  /// A resource that has no name.
  case resource
  /// A type that has a name.
  indirect case named(TypeReference)
  /// A type that is too large for a description, by the beginning of its text, which ends in `…`.
  indirect case cut(String)
}

/// The name of a component's type, as it is used at one place (Documentation/formats.md, "Text of the types of
/// components").
public struct TypeReference: Hashable, Sendable {
  /// The number of nested components and interfaces around the place that use the name for another item.
  var outerCount = 0
  /// The path of the interface that defines the type: the name of an import or export of the component, and of an
  /// export of each interface on the path. It is empty for a name of the interface at this place, or of a component
  /// around it.
  var interface: [ExactName] = []
  /// Whether it is the name of a component's export, or of a type in an exported interface, although an import has the
  /// same name.
  var isExport = false
  /// The name.
  var name: ExactName

  /// The size of its text, except keywords and punctuation.
  var size: Int { name.text.utf8.count + interface.reduce(0) { $0 + $1.text.utf8.count + 1 } + outerCount }
}
