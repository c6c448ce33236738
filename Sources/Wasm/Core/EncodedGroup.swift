/// A recursion group in flat form: references to earlier types are canonical, references inside the group count from
/// its beginning and carry a mark.
struct EncodedGroup {
  private(set) var types: [CoreType] = []
  private(set) var words: [UInt32] = []

  private static let localBit: UInt32 = 1 << 27

  /// Flattens `group`; `ids` are the canonical indices of the module's types before it.
  init(_ group: RecursionGroup, after ids: [UInt32], at offset: Int) throws(ValidationError) {
    let scope = Scope(ids: ids, count: group.types.count, offset: offset)
    types.reserveCapacity(group.types.count)
    for (position, sub) in group.types.enumerated() {
      var type = CoreType(isFinal: sub.isFinal, start: UInt32(truncatingIfNeeded: words.count))
      if let supertype = sub.supertype {
        guard Int(supertype) < ids.count + position else { throw scope.unknown(supertype) }
        type.supertype = try scope.resolve(supertype)
      }
      switch sub.composite {
      case .function(let parameters, let results):
        type.parameterCount = UInt16(parameters.count)
        type.resultCount = UInt16(results.count)
        for value in parameters { words.append(try scope.word(value)) }
        for value in results { words.append(try scope.word(value)) }
      case .structure(let fields):
        type.kind = .structure
        type.parameterCount = UInt16(fields.count)
        for field in fields { words.append(try scope.word(field)) }
      case .array(let field):
        type.kind = .array
        type.parameterCount = 1
        words.append(try scope.word(field))
      }
      types.append(type)
    }
  }

  /// A hash that is equal for equal groups; it is seeded anew in each process, so that no input can aim at it.
  var hash: Int {
    var hasher = Hasher()
    for type in types {
      hasher.combine(type.kind)
      hasher.combine(type.isFinal)
      hasher.combine(type.parameterCount)
      hasher.combine(type.resultCount)
      hasher.combine(type.supertype)
    }
    words.withUnsafeBytes { hasher.combine(bytes: $0) }
    return hasher.finalize()
  }

  /// The final form of a word, once it is known where the group begins.
  static func resolved(_ word: UInt32, groupStart: Int) -> UInt32 {
    guard word & localBit != 0 else { return word }
    return (word & ~localBit) &+ UInt32(groupStart)
  }

  /// The final form of a supertype, once it is known where the group begins.
  static func supertype(_ supertype: UInt32, groupStart: Int) -> UInt32 {
    supertype == CoreType.noSupertype ? supertype : resolved(supertype, groupStart: groupStart)
  }

  /// Whether a word means the same as the final word of a known group that begins at `groupStart`. What is inside the
  /// known group equals only what is inside this one, so an outside reference to a member of it is another word.
  static func isEqual(_ word: UInt32, to known: UInt32, groupStart: Int) -> Bool {
    let value = ValueType(bits: known)
    let isInside = value.isReference && value.heap.isConcrete && Int(value.heap.index) >= groupStart
    return isInside == (word & localBit != 0) && resolved(word, groupStart: groupStart) == known
  }

  /// The same for a supertype.
  static func isEqualSupertype(_ supertype: UInt32, to known: UInt32, groupStart: Int) -> Bool {
    if supertype == CoreType.noSupertype || known == CoreType.noSupertype { return supertype == known }
    let isInside = Int(known) >= groupStart
    return isInside == (supertype & localBit != 0) && resolved(supertype, groupStart: groupStart) == known
  }

  /// The types that the group's members may name.
  private struct Scope {
    var ids: [UInt32]
    var count: Int
    var offset: Int

    func unknown(_ index: UInt32) -> ValidationError {
      ValidationError(.invalid, at: offset, "unknown type \(index): type index out of bounds")
    }

    func resolve(_ index: UInt32) throws(ValidationError) -> UInt32 {
      let position = Int(index)
      if position < ids.count { return ids[position] }
      guard position - ids.count < count else { throw unknown(index) }
      return EncodedGroup.localBit | UInt32(position - ids.count)
    }

    func word(_ value: ValueType) throws(ValidationError) -> UInt32 {
      guard value.isReference && value.heap.isConcrete else { return value.bits }
      return value.bits & ~ValueType.indexMask | (try resolve(value.heap.index))
    }

    func word(_ field: FieldType) throws(ValidationError) -> UInt32 {
      try word(field.storage) | (field.isMutable ? ValueType.markBit : 0)
    }
  }
}
