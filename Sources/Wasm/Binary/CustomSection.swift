/// The custom sections whose contents are part of a description.
///
/// None of them can make a module invalid: unreadable contents are left out.
enum CustomSection: Sendable {
  /// The name section (specification, appendix "Custom Sections"), or that of a component.
  case name
  /// The producers section (tool conventions, ProducersSection.md).
  case producers
  /// The features that the linker requires (tool conventions, Linking.md, "Target Features Section").
  case targetFeatures
  /// The worlds for which a core module was made, as a component with their types (wit-component, `metadata`).
  case componentType

  /// The custom section with a name, if its contents matter at this level.
  init?(_ name: String, of encoding: Encoding, isOutermost: Bool) {
    switch (name, encoding) {
    case ("producers", _): self = .producers
    case ("name", .core) where isOutermost, ("component-name", .component) where isOutermost: self = .name
    case ("target_features", .core) where isOutermost: self = .targetFeatures
    case (_, .core) where isOutermost && (name == "component-type" || name.hasPrefix("component-type:")):
      self = .componentType
    default: return nil
    }
  }

  static let longestName = 4_096
  private static let largestSize = 1 << 16
  /// Documentation of the interfaces may be part of it.
  private static let largestWorld = 1 << 22

  /// The number of bytes to decode, nil for none. For a name section this is its first entry, which holds the module's
  /// own name: the sizes of entry and name, and the name.
  func sizeToRead(of size: Int) -> Int? {
    switch self {
    case .name: min(size, 1 + 5 + 5 + CustomSection.longestName)
    case .producers, .targetFeatures: size <= CustomSection.largestSize ? size : nil
    case .componentType: size <= CustomSection.largestWorld ? size : nil
    }
  }
}

extension ByteReader {
  /// Reads the first entry of a name section; nil if it is not the name of the module.
  mutating func moduleName() throws(ValidationError) -> String? {
    guard try byte() == 0 else { return nil }
    var entry = try slice(Int(try u32()))
    let name = try entry.nameBytes()
    return entry.isAtEnd && name.remaining <= CustomSection.longestName ? name.text : nil
  }

  /// Reads a producers section and calls `body` for each entry.
  mutating func producers(_ body: (Producer) -> Void) throws(ValidationError) {
    for _ in 0..<(try u32()) {
      let field = try name()
      for _ in 0..<(try u32()) { body(Producer(field: field, name: try name(), version: try name())) }
    }
  }

  /// Reads a section of target features and calls `body` for each, with its prefix.
  mutating func targetFeatures(_ body: (String) -> Void) throws(ValidationError) {
    for _ in 0..<(try u32()) {
      let prefix = try byte()
      guard 0x20..<0x7f ~= prefix else { throw unexpected(prefix, "target feature") }
      body(String(Unicode.Scalar(prefix)) + (try name()))
    }
  }
}
