/// The type of an import or export of a module or component.
///
/// A defined core type is described by the hash of its structure. So is the type of a core function or tag if its
/// parameters and results do not distinguish it from others. A defined component type is described by the name that an
/// import or export gives it, or else by its structure.
public enum ExternalType: Hashable, Sendable {
  /// A function.
  case function(FunctionSignature)
  /// A table.
  indirect case table(TableDescription)
  /// A memory.
  indirect case memory(MemoryDescription)
  /// A global variable, by its value type.
  case global(type: CoreValueTypeDescription, isMutable: Bool)
  /// A tag for exceptions, by its parameters, and its defined type under the conditions of
  /// `FunctionSignature.definedType`.
  case tag(parameters: [CoreValueTypeDescription], definedType: DefinedTypeHash? = nil)
  /// A core module inside a component.
  case module(imports: [ModuleImport], exports: [ModuleExport])
  /// A component inside a component.
  case component(imports: [ModuleImport], exports: [ModuleExport])
  /// An instance, by its exports, and the interface that its import or export declares as implemented.
  case instance(exports: [ModuleExport], implements: String? = nil)
  /// A resource type without a known definition.
  case resource
  /// A type of values or resources, by its definition, which may be the name of an equal type.
  case type(definition: ValueTypeDescription)
  /// A type of functions, instances or components, by the type of such an item.
  indirect case typeOf(ExternalType)
}

/// The type of a function.
public struct FunctionSignature: Hashable, Sendable {
  /// A parameter.
  public struct Parameter: Hashable, Sendable {
    /// The name; nil in core modules.
    public var name: String?
    /// The value type.
    public var type: ValueTypeDescription

    /// Makes a parameter from its parts.
    public init(name: String?, type: ValueTypeDescription) {
      self.name = name
      self.type = type
    }
  }

  /// The parameters in order.
  public var parameters: [Parameter]
  /// The results in order; a component's function has at most one.
  public var results: [ValueTypeDescription]
  /// Whether it is an `async` function of a component.
  public var isAsync: Bool
  /// The defined type of a core function; nil if parameters and results determine it: the type is final, has no
  /// supertype, and is not part of a larger recursion group or recursive.
  public var definedType: DefinedTypeHash?

  /// Makes a signature from its parts.
  public init(
    parameters: [Parameter], results: [ValueTypeDescription], isAsync: Bool = false,
    definedType: DefinedTypeHash? = nil
  ) {
    self.parameters = parameters
    self.results = results
    self.isAsync = isAsync
    self.definedType = definedType
  }
}

/// The bounds of a memory, in pages, or of a table, in elements.
public struct SizeBounds: Hashable, Sendable {
  /// The minimum size.
  public var minimum: UInt64
  /// The maximum size; nil if there is none.
  public var maximum: UInt64?

  /// Makes bounds from their parts.
  public init(minimum: UInt64, maximum: UInt64?) {
    self.minimum = minimum
    self.maximum = maximum
  }
}

/// The type of a memory.
public struct MemoryDescription: Hashable, Sendable {
  /// The bounds, in pages.
  public var bounds: SizeBounds
  /// Whether addresses are 64-bit integers.
  public var is64Bit: Bool
  /// Whether threads may share it.
  public var isShared: Bool
  /// The size of a page in bytes; 65,536 by default.
  public var pageSize: Int

  /// Makes a memory from its parts.
  public init(bounds: SizeBounds, is64Bit: Bool = false, isShared: Bool = false, pageSize: Int = 65_536) {
    self.bounds = bounds
    self.is64Bit = is64Bit
    self.isShared = isShared
    self.pageSize = pageSize
  }
}

/// The type of a table.
public struct TableDescription: Hashable, Sendable {
  /// The type of its elements.
  public var element: CoreValueTypeDescription
  /// The bounds, in elements.
  public var bounds: SizeBounds
  /// Whether indices are 64-bit integers.
  public var is64Bit: Bool

  /// Makes a table from its parts.
  public init(element: CoreValueTypeDescription, bounds: SizeBounds, is64Bit: Bool = false) {
    self.element = element
    self.bounds = bounds
    self.is64Bit = is64Bit
  }
}
