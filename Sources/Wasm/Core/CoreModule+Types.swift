/// Checks of the types in entries.
extension CoreModule {
  /// Reads a recursion group and adds its types.
  mutating func readTypes(
    _ reader: inout ByteReader, types: inout CoreTypes
  ) throws(ValidationError) {
    let offset = reader.offset
    let group = try reader.recursionGroup()
    try checkLimit(of: .type, count: typeIDs.count + group.types.count, at: offset)
    try addGroup(consume group, to: &types, at: offset)
  }

  /// Adds the types of a recursion group.
  mutating func addGroup(
    _ group: consuming RecursionGroup, to types: inout CoreTypes, at offset: Int
  ) throws(ValidationError) {
    let count = group.types.count
    for position in 0..<count { try requireFeatures(ofType: position, in: group, at: offset) }
    let start = try types.intern(group, after: typeIDs, at: offset)
    for position in 0..<count { typeIDs.append(start + UInt32(position)) }
  }

  private mutating func requireFeatures(
    ofType position: Int, in group: borrowing RecursionGroup, at offset: Int
  ) throws(ValidationError) {
    let type = group.types[position]
    let isPlain = type.isFinal && type.supertype == CoreType.noSupertype && type.kind == .function
    if !isPlain { try features.require(.gc, at: offset) }
    for word in group.words(of: type) {
      let value = ValueType(bits: word & ~ValueType.markBit)
      if type.kind == .function {
        try requireFeatures(of: value, after: typeIDs.count, at: offset)
      } else {
        try features.require(for: value, at: offset)
      }
    }
    if type.resultCount > 1 { try features.require(.multiValue, at: offset) }
  }

  private mutating func requireFeatures(
    of value: ValueType, after known: Int, at offset: Int
  ) throws(ValidationError) {
    try features.require(for: value, at: offset)
    let refersToItsGroup = value.isReference && value.heap.isConcrete && Int(value.heap.index) >= known
    if refersToItsGroup { try features.require(.gc, at: offset) }
  }

  /// The canonical form of a value type; throws if it does not exist or is not accepted.
  mutating func resolve(_ type: ValueType, at offset: Int) throws(ValidationError) -> ValueType {
    try features.require(for: type, at: offset)
    guard type.isReference && type.heap.isConcrete else { return type }
    return .reference(.concrete(try typeID(type.heap.index, at: offset)), nullable: type.isNullable)
  }

  /// The canonical index of one of the module's types.
  func typeID(_ index: UInt32, at offset: Int) throws(ValidationError) -> UInt32 {
    guard Int(index) < typeIDs.count else {
      throw ValidationError(.invalid, at: offset, "unknown type \(index): type index out of bounds")
    }
    return typeIDs[Int(index)]
  }

  /// The canonical index of one of the module's types; throws if it is not a function type.
  func functionTypeID(
    _ index: UInt32, types: CoreTypes, at offset: Int
  ) throws(ValidationError) -> UInt32 {
    let id = try typeID(index, at: offset)
    guard types.types[Int(id)].kind == .function else {
      throw ValidationError(.invalid, at: offset, "unknown type: type index \(index) is not a function type")
    }
    return id
  }

  /// Checks a table's type and returns it with its element type in canonical form.
  mutating func checkTable(_ type: TableType, at offset: Int) throws(ValidationError) -> TableType {
    var type = type
    if type.element != .functionReference { type.element = try resolve(type.element, at: offset) }
    try checkLimits(type.limits, at: offset)
    if !type.limits.is64Bit && max(type.limits.minimum, type.limits.maximum ?? 0) > UInt64(UInt32.max) {
      throw ValidationError(.invalid, at: offset, "table size must be at most 0xffffffff entries")
    }
    return type
  }

  /// Checks a memory's type.
  mutating func checkMemory(_ type: MemoryType, at offset: Int) throws(ValidationError) {
    let limits = type.limits
    try checkLimits(limits, at: offset)
    if limits.isShared { try features.require(.threads, at: offset) }
    let (most, text) = try greatestSize(of: type, at: offset)
    guard max(limits.minimum, limits.maximum ?? 0) <= most else {
      throw ValidationError(.invalid, at: offset, "memory size must be at most \(text)")
    }
    guard !limits.isShared || limits.maximum != nil else {
      throw ValidationError(.invalid, at: offset, "shared memory must have maximum size")
    }
  }

  /// The maximum number of pages of a memory, and its text in messages.
  private mutating func greatestSize(
    of type: MemoryType, at offset: Int
  ) throws(ValidationError) -> (UInt64, String) {
    guard let pageSizeLog2 = type.pageSizeLog2 else {
      return type.limits.is64Bit
        ? (Limit.memory64Pages, "2^48 pages") : (Limit.memory32Pages, "65536 pages (4GiB)")
    }
    features.note(.customPageSizes)
    switch pageSizeLog2 {
    case 0: return type.limits.is64Bit ? (.max, "2^64 - 1 bytes") : (UInt64(UInt32.max), "2^32 - 1 bytes")
    case 16:
      return type.limits.is64Bit ? (Limit.memory64Pages, "2^48 pages") : (Limit.memory32Pages, "2^16 pages")
    default: throw ValidationError(.invalid, at: offset, "invalid custom page size")
    }
  }

  private mutating func checkLimits(_ limits: ResizableLimits, at offset: Int) throws(ValidationError) {
    if limits.is64Bit { try features.require(.memory64, at: offset) }
    guard let maximum = limits.maximum, maximum < limits.minimum else { return }
    throw ValidationError(.invalid, at: offset, "size minimum must not be greater than maximum")
  }

  /// Checks a tag's type and returns its canonical index.
  mutating func checkTag(
    _ index: UInt32, types: CoreTypes, at offset: Int
  ) throws(ValidationError) -> UInt32 {
    try features.require(.exceptions, at: offset)
    let id = try functionTypeID(index, types: types, at: offset)
    guard types.types[Int(id)].resultCount == 0 else {
      throw ValidationError(.invalid, at: offset, "invalid exception type: non-empty tag result type")
    }
    return id
  }
}
