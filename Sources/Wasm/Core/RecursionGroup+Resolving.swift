/// The canonical form of a recursion group: references to earlier types are canonical, references inside the group count
/// from its beginning and carry a mark.
extension RecursionGroup {
  private static let localBit: UInt32 = 1 << 27

  /// Brings the group into canonical form; `ids` are the canonical indices of the module's types before it.
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
      return RecursionGroup.localBit | UInt32(position - ids.count)
    }

    func resolve(word: UInt32) throws(ValidationError) -> UInt32 {
      let value = ValueType(bits: word)
      guard value.isReference && value.heap.isConcrete else { return word }
      return word & ~ValueType.indexMask | (try resolve(value.heap.index))
    }
  }
}
