/// What is known of the core module that is being read: the state that each entry of its sections is checked
/// against and extends.
struct CoreModule {
  var features: FeatureGate
  /// The canonical indices of the module's types.
  var typeIDs: [UInt32] = []
  /// The canonical type of each function, with `declaredBit` where a reference to it may be taken.
  var functions: [UInt32] = []
  var importedFunctions = 0
  var tables: [TableType] = []
  var memories: [MemoryType] = []
  /// The type of each global, with `ValueType.markBit` where it is mutable.
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
  /// The operands of the constant expression that is being read.
  var constantOperands: [ValueType] = []

  private(set) var dataCount: Int?
  private var lastRank = 0
  private var definedFunctions: Int?
  private var bodies: Int?
  private var dataSegments: Int?
  private var typeSize = 1

  /// Marks a function whose reference may be taken: it is exported, or named in a segment or a constant expression.
  static let declaredBit: UInt32 = 1 << 31

  init(features: Features) { self.features = FeatureGate(allowed: features) }

  /// Notes the beginning of a section and checks its place.
  mutating func open(_ section: CoreSection, at offset: Int) throws(ValidationError) {
    guard section != .custom else { return }
    guard section.rank > lastRank else {
      throw ValidationError(
        .malformed, at: offset, "unexpected content after last section: section out of order")
    }
    lastRank = section.rank
    if section == .tag { try features.require(.exceptions, at: offset) }
  }

  /// Notes how many entries a section announces.
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

  /// Notes what the data count section says.
  mutating func setDataCount(_ count: Int) { dataCount = count }

  /// Checks a number of things that the module has against what it may have.
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

  /// Adds the size of an import's or export's type to the module's.
  mutating func addTypeSize(_ size: Int, at offset: Int) throws(ValidationError) {
    typeSize += size
    guard typeSize < Limit.effectiveTypeSize else {
      throw ValidationError(
        .limit, at: offset, "effective type size exceeds the limit of \(Limit.effectiveTypeSize)")
    }
  }

  /// Checks what only the module's end shows.
  mutating func finish(at offset: Int) throws(ValidationError) {
    features.finish()
    try checkBodies(at: offset)
    try checkDataCount(at: offset)
  }

  /// How many things of a section's kind the module has already.
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

/// An import of a core module, its types canonical.
struct CoreImport: Sendable {
  var module: String
  var name: String
  var type: CoreExternType
}

/// An export of a core module, its type canonical.
struct CoreExport: Sendable {
  var name: String
  var index: UInt32
  var type: CoreExternType
}

/// The type of an import or export of a core module, its types canonical.
enum CoreExternType: Hashable, Sendable {
  /// A function, by its canonical type.
  case function(UInt32)
  case table(TableType)
  case memory(MemoryType)
  case global(GlobalType)
  /// A tag, by its canonical type.
  case tag(UInt32)
}
