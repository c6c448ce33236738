/// The canonical form of a recursion group: references to earlier types are canonical; references inside the group are
/// relative to its start and marked.
extension RecursionGroup {
  private static let localBit: UInt32 = 1 << 27

  /// Converts the group to canonical form; `ids` are the canonical indices of the module's earlier types.
  mutating func resolve(after ids: [UInt32], at offset: Int) throws(ValidationError) {
    let scope = Scope(ids: ids, count: types.count, offset: offset)
    for position in types.indices {
      let type = types[position]
      if type.supertype != CoreType.noSupertype {
        guard Int(type.supertype) < ids.count + position else { throw scope.unknown(type.supertype) }
        types[position].supertype = try scope.resolve(type.supertype)
      }
      let start = Int(type.start)
      for place in start..<start + Int(type.parameterCount) + Int(type.resultCount) {
        words[place] = try scope.resolve(word: words[place])
      }
    }
  }

  /// A hash that is equal for equal groups; seeded differently in each process, so that no input can be made to
  /// collide.
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

  /// The final form of a word, when the start of the group is known.
  static func resolved(_ word: UInt32, groupStart: Int) -> UInt32 {
    guard word & localBit != 0 else { return word }
    return (word & ~localBit) &+ UInt32(groupStart)
  }

  /// The final form of a supertype, when the start of the group is known.
  static func supertype(_ supertype: UInt32, groupStart: Int) -> UInt32 {
    supertype == CoreType.noSupertype ? supertype : resolved(supertype, groupStart: groupStart)
  }

  /// Whether a word means the same as the final word of an interned group that begins at `groupStart`. References
  /// inside the interned group only equal references inside this one, not outside references to its members.
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

  /// The types to which the group's members may refer.
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
      return RecursionGroup.localBit | UInt32(position - ids.count)
    }

    func resolve(word: UInt32) throws(ValidationError) -> UInt32 {
      let value = ValueType(bits: word)
      guard value.isReference && value.heap.isConcrete else { return word }
      return word & ~ValueType.indexMask | (try resolve(value.heap.index))
    }
  }
}
