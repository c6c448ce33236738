/// A world for which a core module was made: the imports and exports of the component to make from it.
public struct WorldDescription: Hashable, Sendable {
  /// The name, such as `acme:plugins/plugin@1.0.0`.
  public var name: String
  /// The imports.
  public var imports: [ModuleImport]
  /// The exports.
  public var exports: [ModuleExport]

  /// Makes a world from its parts.
  public init(name: String, imports: [ModuleImport], exports: [ModuleExport]) {
    self.name = name
    self.imports = imports
    self.exports = exports
  }
}

extension ByteReader {
  /// Reads the contents of a section `component-type`: a component that exports a type for each world, which is the
  /// type of a component that exports the world. `budget` limits the description; the second result is false if it was
  /// cut.
  mutating func worlds(_ budget: DescriptionBudget) throws(ValidationError) -> ([WorldDescription], Bool) {
    // Core modules contain sections of this kind themselves.
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
  /// Whether it is the output of a compiler for one source, to be linked with others: it has symbols for the linker
  /// (tool conventions, Linking.md) and no exports. A linked module may still contain its symbols.
  public var isRelocatable: Bool {
    encoding == .core && exports.isEmpty
      && sections.contains { $0.isCustom && ($0.name == "linking" || $0.name.hasPrefix("reloc.")) }
  }
}
