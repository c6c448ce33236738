/// What a module or component needs, what it offers, and what it is made of.
///
/// It is found in the one pass that validates, without a second look at the bytes.
public struct ModuleDescription: Hashable, Sendable {
  /// Whether it is a core module or a component.
  public var encoding: Encoding
  /// The features that it uses.
  public var features: Features
  /// The number of bytes.
  public var size: Int
  /// The name that the name section gives the module; nil where it gives none.
  public var name: String?
  /// What it needs, in file order.
  public var imports: [ModuleImport] = []
  /// What it offers, in file order.
  public var exports: [ModuleExport] = []
  /// The memories of a core module, imported ones first.
  public var memories: [MemoryDescription] = []
  /// The tables of a core module, imported ones first.
  public var tables: [TableDescription] = []
  /// The number of functions that a core module defines.
  public var definedFunctions = 0
  /// The index of the function that runs at instantiation; nil where there is none.
  public var start: UInt32?
  /// The outermost sections, in file order.
  public var sections: [SectionDescription] = []
  /// What the producers section names, those of modules inside a component included, each once.
  public var producers: [Producer] = []
  /// The entries of the `target_features` section with their prefix, such as `+simd128`.
  public var targetFeatures: [String] = []
  /// The worlds that the `component-type` sections of a core module name.
  public var worlds: [WorldDescription] = []
  /// Whether all of it is there; what exceeds the bounds on a description is left out or cut, which ends in `…`.
  public var isComplete = true

  /// Makes the description of something without imports, exports and sections.
  public init(encoding: Encoding, features: Features, size: Int) {
    self.encoding = encoding
    self.features = features
    self.size = size
  }
}

/// Something that a module or component needs.
public struct ModuleImport: Hashable, Sendable {
  /// The first of the two names of a core import; nil for an import of a component, which has one name.
  public var module: String?
  /// The name.
  public var name: String
  /// What is needed.
  public var type: ExternalType

  /// Makes an import from its parts.
  public init(module: String?, name: String, type: ExternalType) {
    self.module = module
    self.name = name
    self.type = type
  }
}

/// Something that a module, component or instance offers.
public struct ModuleExport: Hashable, Sendable {
  /// The name.
  public var name: String
  /// What is offered.
  public var type: ExternalType

  /// Makes an export from its parts.
  public init(name: String, type: ExternalType) {
    self.name = name
    self.type = type
  }
}

/// A section and its place in the file.
public struct SectionDescription: Hashable, Sendable {
  /// The name: `type`, `code`, `core module` and so on as the specification has them, of a custom section its own.
  public var name: String
  /// Whether it is a custom section.
  public var isCustom: Bool
  /// Where its contents begin, in bytes from the beginning of the file.
  public var offset: Int
  /// The number of bytes of its contents.
  public var size: Int
  /// The number of entries; nil for sections that do not count any.
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

/// A tool or language that took part in making a module (tool conventions, ProducersSection.md).
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
