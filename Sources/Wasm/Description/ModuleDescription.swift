/// The imports, exports, and structure of a module or component.
///
/// It is created in the single pass of validation.
public struct ModuleDescription: Hashable, Sendable {
  /// Whether it is a core module or a component.
  public var encoding: Encoding
  /// The features that it uses.
  public var features: Features
  /// The size in bytes.
  public var size: Int
  /// The module's name in the name section; nil if there is none.
  public var name: String?
  /// The imports, in file order.
  public var imports: [ModuleImport] = []
  /// The exports, in file order.
  public var exports: [ModuleExport] = []
  /// The memories of a core module, imported ones first.
  public var memories: [MemoryDescription] = []
  /// The tables of a core module, imported ones first.
  public var tables: [TableDescription] = []
  /// The number of functions that a core module defines.
  public var definedFunctions = 0
  /// The index of the function that runs at instantiation; nil if there is none.
  public var start: UInt32?
  /// The outermost sections, in file order.
  public var sections: [SectionDescription] = []
  /// The entries of the producers section, including those of modules inside a component, each once.
  public var producers: [Producer] = []
  /// The entries of the `target_features` section with their prefix, such as `+simd128`.
  public var targetFeatures: [String] = []
  /// The worlds in the `component-type` sections of a core module.
  public var worlds: [WorldDescription] = []
  /// Whether nothing is missing; parts above the bounds on a description are left out, or cut and end in `…`.
  public var isComplete = true

  /// Makes a description without imports, exports and sections.
  public init(encoding: Encoding, features: Features, size: Int) {
    self.encoding = encoding
    self.features = features
    self.size = size
  }
}

/// An import of a module or component.
public struct ModuleImport: Hashable, Sendable {
  /// The first of the two names of a core import; nil for an import of a component, which has one name.
  public var module: String?
  /// The name.
  public var name: String
  /// The required type.
  public var type: ExternalType

  /// Makes an import from its parts.
  public init(module: String?, name: String, type: ExternalType) {
    self.module = module
    self.name = name
    self.type = type
  }
}

/// An export of a module, component or instance.
public struct ModuleExport: Hashable, Sendable {
  /// The name.
  public var name: String
  /// The offered type.
  public var type: ExternalType

  /// Makes an export from its parts.
  public init(name: String, type: ExternalType) {
    self.name = name
    self.type = type
  }
}

/// A section and its position in the file.
public struct SectionDescription: Hashable, Sendable {
  /// The name: `type`, `code`, `core module` and so on as in the specification, or the custom section's own name.
  public var name: String
  /// Whether it is a custom section.
  public var isCustom: Bool
  /// The offset of its contents, in bytes from the beginning of the file.
  public var offset: Int
  /// The size of its contents, in bytes.
  public var size: Int
  /// The number of entries; nil for sections without a count.
  public var count: Int?

  /// Makes a section from its parts.
  public init(name: String, isCustom: Bool, offset: Int, size: Int, count: Int?) {
    self.name = name
    self.isCustom = isCustom
    self.offset = offset
    self.size = size
    self.count = count
  }
}

/// A tool or language that was used to make a module (tool conventions, ProducersSection.md).
public struct Producer: Hashable, Sendable {
  /// The field: `language`, `processed-by` or `sdk`.
  public var field: String
  /// The name, such as `rustc`.
  public var name: String
  /// The version, which may be empty.
  public var version: String

  /// Makes a producer from its parts.
  public init(field: String, name: String, version: String) {
    self.field = field
    self.name = name
    self.version = version
  }
}
