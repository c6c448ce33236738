/// The implementation limits: those that engines agree on (WebAssembly JavaScript interface, "Limits") and, for
/// components, those of wasm-tools.
enum Limit {
  static let types = 1_000_000
  static let functions = 1_000_000
  static let imports = 1_000_000
  static let exports = 1_000_000
  static let globals = 1_000_000
  static let tags = 1_000_000
  static let tables = 100_000
  static let memories = 100
  static let elementSegments = 100_000
  static let dataSegments = 100_000
  static let segmentElements = 10_000_000
  static let nameLength = 100_000
  static let functionBodySize = 7_654_321
  static let functionLocals = 50_000
  static let functionParameters = 1_000
  static let functionResults = 1_000
  static let structFields = 10_000
  static let supertypes = 1
  static let subtypingDepth = 63
  static let catches = 10_000
  static let selectTypes = 10
  /// The sum of the sizes of a module's imports and exports, 1 each, more for function types, must be less than this.
  static let effectiveTypeSize = 1_000_000
  /// Operands at one time. Other validators have no limit, but calls with a thousand results could fill any memory.
  static let operands = 10_000_000
  /// Above this, `array.new_fixed` counts as the feature `large-fixed-arrays`; no validator rejects it.
  static let fixedArrayOperands = 10_000
  static let memory32Pages: UInt64 = 1 << 16
  static let memory64Pages: UInt64 = 1 << 48

  static let nestedModuleSize = 1 << 30
  static let moduleTypeDeclarations = 100_000
  static let componentTypeDeclarations = 1_000_000
  static let recordFields = 10_000
  static let variantCases = 10_000
  static let tupleTypes = 10_000
  static let flagNames = 1_000
  static let enumCases = 10_000
  static let componentTypeDepth = 100
  static let instantiationArguments = 100_000
  static let canonicalOptions = 10
  static let startArguments = 1_000
  /// The number at all depths together must be less than this.
  static let nestedModulesAndComponents = 1_000
  /// The number of parts of a component's type with all references expanded must be less than this.
  static let typeSize = 1_000_000
  static let coreAndComponentInstances = 4_096
  static let flags = 32
  /// The maximum size of a value in linear memory, in bytes.
  static let valueByteSize: UInt64 = (1 << 28) - 1
}
