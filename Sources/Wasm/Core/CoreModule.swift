/// The state of the core module that is being decoded: each entry of its sections is checked against it and extends it.
struct CoreModule {
  var features: FeatureGate
  /// The canonical indices of the module's types.
  var typeIDs: [UInt32] = []
  /// The canonical type of each function, with `declaredBit` if references to it are allowed.
  var functions: [UInt32] = []
  var importedFunctions = 0
  var tables: [TableType] = []
  var memories: [MemoryType] = []
  /// The type of each global, with `ValueType.markBit` if it is mutable.
  var globals: [UInt32] = []
  var importedGlobals = 0
  /// The canonical type of each tag.
  var tags: [UInt32] = []
  /// The type of each element segment.
  var elementSegments: [ValueType] = []
  var imports: [CoreImport] = []
  var exports: [CoreExport] = []
  var exportNames = NameTable()
  /// The function that runs at instantiation.
  var start: UInt32?
  /// The operands of the current constant expression.
  var constantOperands: [ValueType] = []

  private(set) var dataCount: Int?
  private var lastRank = 0
  private var definedFunctions: Int?
  private var bodies: Int?
  private var dataSegments: Int?
  private var typeSize = 1

  /// Marks a function to which references are allowed: it is exported, or named in a segment or a constant expression.
  static let declaredBit: UInt32 = 1 << 31

  init(features: Features) { self.features = FeatureGate(allowed: features) }

  /// Begins a section and checks its order.
  mutating func open(_ section: CoreSection, at offset: Int) throws(ValidationError) {
    guard section != .custom else { return }
    guard section.rank > lastRank else {
      throw ValidationError(
        .malformed, at: offset, "unexpected content after last section: section out of order")
    }
    lastRank = section.rank
    if section == .tag { try features.require(.exceptions, at: offset) }
  }

  /// Checks and records the number of entries in a section's header.
  mutating func announce(_ count: Int, in section: CoreSection, at offset: Int) throws(ValidationError) {
    try checkLimit(of: section, count: known(section) + count, at: offset)
    switch section {
    case .function: definedFunctions = count
    case .code:
      bodies = count
      try checkBodies(at: offset)
    case .data:
      dataSegments = count
      try checkDataCount(at: offset)
    default: break
    }
  }

  /// Records the value of the data count section.
  mutating func setDataCount(_ count: Int) { dataCount = count }

  /// Checks that the module has no more items of a kind than allowed.
  func checkLimit(of section: CoreSection, count: Int, at offset: Int) throws(ValidationError) {
    var (limit, subject) = section.limit
    if section == .memory && !features.allowed.contains(.multiMemory) { limit = 1 }
    if section == .table && !features.allowed.contains(.referenceTypes) { limit = 1 }
    guard count > limit else { return }
    if limit == 1 {
      throw ValidationError(
        .unsupported, at: offset, "multiple \(section == .memory ? "memories" : "tables")")
    }
    throw ValidationError(.limit, at: offset, "\(subject) count of \(count) exceeds the limit of \(limit)")
  }

  /// Adds the size of an import's or export's type to the effective type size.
  mutating func addTypeSize(_ size: Int, at offset: Int) throws(ValidationError) {
    typeSize += size
    guard typeSize < Limit.effectiveTypeSize else {
      throw ValidationError(
        .limit, at: offset, "effective type size exceeds the limit of \(Limit.effectiveTypeSize)")
    }
  }

  /// Checks the conditions at the end of the module.
  mutating func finish(at offset: Int) throws(ValidationError) {
    features.finish()
    try checkBodies(at: offset)
    try checkDataCount(at: offset)
  }

  /// The number of items of a section's kind that the module already has.
  private func known(_ section: CoreSection) -> Int {
    switch section {
    case .function: functions.count
    case .table: tables.count
    case .memory: memories.count
    case .global: globals.count
    case .tag: tags.count
    default: 0
    }
  }

  private func checkBodies(at offset: Int) throws(ValidationError) {
    guard (definedFunctions ?? 0) == (bodies ?? 0) else {
      throw ValidationError(.malformed, at: offset, "function and code section have inconsistent lengths")
    }
  }

  private func checkDataCount(at offset: Int) throws(ValidationError) {
    guard let dataCount, dataCount != dataSegments ?? 0 else { return }
    throw ValidationError(.malformed, at: offset, "data count and data section have inconsistent lengths")
  }
}

/// An import of a core module, with canonical types.
struct CoreImport: Sendable {
  var module: String
  var name: String
  var type: CoreExternType
}

/// An export of a core module, with a canonical type.
struct CoreExport: Sendable {
  var name: String
  var index: UInt32
  var type: CoreExternType
}

/// The type of an import or export of a core module, with canonical types.
enum CoreExternType: Hashable, Sendable {
  /// A function, by its canonical type.
  case function(UInt32)
  case table(TableType)
  case memory(MemoryType)
  case global(GlobalType)
  /// A tag, by its canonical type.
  case tag(UInt32)
}
