/// A world that a core module is made for: what the component needs and offers that is to be made of it.
public struct WorldDescription: Hashable, Sendable {
  /// The name, such as `acme:plugins/plugin@1.0.0`.
  public var name: String
  /// What it needs.
  public var imports: [ModuleImport]
  /// What it offers.
  public var exports: [ModuleExport]

  /// Makes a world from its parts.
  public init(name: String, imports: [ModuleImport], exports: [ModuleExport]) {
    self.name = name
    self.imports = imports
    self.exports = exports
  }
}

extension ByteReader {
  /// Reads the contents of a section `component-type`: a component that exports a type for each world, which is a
  /// component that exports the world. `budget` bounds what is described; false as the second part says that it was cut.
  mutating func worlds(_ budget: DescriptionBudget) throws(ValidationError) -> ([WorldDescription], Bool) {
    // Core modules have sections of this kind themselves.
    guard bytes.dropFirst(4).starts(with: [0x0d, 0, 1, 0]) else { throw malformed("expected a component") }
    var decoder = BinaryDecoder(features: .all)
    decoder.isInputComplete = true
    var window = ByteReader(bytes, at: 0)
    _ = try decoder.advance(&window)
    _ = try decoder.finish(at: window.endOffset, isEntryPending: !window.isAtEnd)
    return decoder.component.worlds(core: decoder.types, budget)
  }
}

extension ModuleDescription {
  /// Whether it is what a compiler makes of one source, to be linked with others: it tells the linker of its symbols
  /// (tool conventions, Linking.md) and exports nothing. A linked module may keep what it told of them.
  public var isRelocatable: Bool {
    encoding == .core && exports.isEmpty
      && sections.contains { $0.isCustom && ($0.name == "linking" || $0.name.hasPrefix("reloc.")) }
  }
}
