/// The implementation limits, those that engines agree on (WebAssembly JavaScript interface, "Limits") and, for
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
  /// The sum of what a module's imports and exports add to its type, 1 each, more for function types: less than that.
  static let effectiveTypeSize = 1_000_000
  /// Operands at one time; no other validator bounds them, and calls with a thousand results fill any memory.
  static let operands = 10_000_000
  /// Beyond it `array.new_fixed` is noted as the feature `large-fixed-arrays`; no validator refuses it.
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
  /// Fewer than so many, at all depths together.
  static let nestedModulesAndComponents = 1_000
  /// The parts that a component's type has when everything it refers to is written out: fewer than so many.
  static let typeSize = 1_000_000
  static let coreAndComponentInstances = 4_096
  static let flags = 32
  /// The most bytes that a value takes in linear memory.
  static let valueByteSize: UInt64 = (1 << 28) - 1
}
