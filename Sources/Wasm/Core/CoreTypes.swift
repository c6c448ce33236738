/// A defined type of core WebAssembly in canonical form: equal types in all modules of one validation are one entry.
struct CoreType: Hashable, Sendable {
  enum Kind: UInt8, Sendable { case function, structure, array }

  var kind = Kind.function
  var isFinal = true
  /// The number of supertypes above this one.
  var depth: UInt8 = 0
  /// Whether all its fields, or its elements, have a default value.
  var isDefaultable = true
  /// The parameters of a function, or the fields of a structure or array.
  var parameterCount: UInt16 = 0
  var resultCount: UInt16 = 0
  /// The start of its value types in the words of `CoreTypes`.
  var start: UInt32 = 0
  /// The canonical index of its supertype, or `CoreType.noSupertype`.
  var supertype = CoreType.noSupertype

  static let noSupertype = UInt32.max

  /// The size that it adds to a module's effective type size (see `Limit.effectiveTypeSize`).
  var size: Int {
    switch kind {
    case .function: 2 + Int(parameterCount) + Int(resultCount)
    case .structure: 2 + 2 * Int(parameterCount)
    case .array: 3
    }
  }
}

/// All defined types of one validation, each once.
/// Types are interned by recursion group: two groups are the same if they are equal when references inside the group
/// are relative to its start (specification 2.3.9, 3.1.4). So types are equal exactly if their indices are. Mutable
/// fields have `ValueType.markBit`.
struct CoreTypes: Sendable {
  private(set) var types: [CoreType] = []
  /// The parameters, results and fields of all types.
  private(set) var words: [UInt32] = []
  private(set) var groups: [Group] = []
  /// Group numbers by hash, with open addressing; 0 is empty, other values are the number plus one.
  private var buckets: [UInt32] = []

  /// The range of a recursion group among the types.
  struct Group {
    var start: Int
    var count: Int
    fileprivate var hash: Int
  }

  /// Interns a group whose references are resolved with `ids`, the canonical indices of the module's earlier types, and
  /// returns the canonical index of its first type.
  mutating func intern(
    _ group: consuming RecursionGroup, after ids: [UInt32], at offset: Int
  ) throws(ValidationError) -> UInt32 {
    guard !group.types.isEmpty else { return UInt32(types.count) }
    try group.resolve(after: ids, at: offset)
    let hash = group.hash
    if let known = find(group, hash: hash) { return UInt32(known) }
    let start = types.count
    guard start + group.types.count <= Int(ValueType.indexMask),
      words.count + group.words.count <= Int(UInt32.max)
    else {
      throw ValidationError(.limit, at: offset, "too many types")
    }
    append(group, hash: hash)
    for id in start..<types.count { try setDepth(of: id, at: offset) }
    for id in start..<types.count { try checkSupertype(of: id, at: offset) }
    return UInt32(start)
  }

  /// Runs `body` with fast access to the types.
  func withView<Result, Failure: Error>(
    _ body: (CoreTypeView) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try types.withUnsafeBufferPointer { (types) throws(Failure) in
      try words.withUnsafeBufferPointer { (words) throws(Failure) in
        try body(CoreTypeView(types: types, words: words))
      }
    }
  }

  /// Whether a value of type `sub` can be used where one of type `super` is required (specification 3.3).
  func matches(_ sub: ValueType, _ super: ValueType) -> Bool {
    sub == `super` || withView { $0.matches(sub, `super`) }
  }

  /// The parameters or fields of a type.
  func parameters(of type: CoreType) -> ArraySlice<UInt32> {
    words[Int(type.start)..<Int(type.start) + Int(type.parameterCount)]
  }

  /// The results of a function type.
  func results(of type: CoreType) -> ArraySlice<UInt32> {
    let start = Int(type.start) + Int(type.parameterCount)
    return words[start..<start + Int(type.resultCount)]
  }

  /// The recursion group of a type. The time is logarithmic in the number of groups.
  func group(of id: Int) -> Group {
    var low = 0
    var high = groups.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if groups[middle].start <= id { low = middle } else { high = middle - 1 }
    }
    return groups[low]
  }

  private func find(_ group: borrowing RecursionGroup, hash: Int) -> Int? {
    guard !buckets.isEmpty else { return nil }
    var place = hash & (buckets.count - 1)
    while buckets[place] != 0 {
      let candidate = groups[Int(buckets[place]) - 1]
      if candidate.hash == hash, isEqual(group, to: candidate) { return candidate.start }
      place = (place + 1) & (buckets.count - 1)
    }
    return nil
  }

  private func isEqual(_ group: borrowing RecursionGroup, to known: Group) -> Bool {
    guard group.types.count == known.count else { return false }
    let firstWord = Int(types[known.start].start)
    guard firstWord + group.words.count <= words.count else { return false }
    for (position, new) in group.types.enumerated() {
      let old = types[known.start + position]
      guard new.kind == old.kind, new.isFinal == old.isFinal, new.parameterCount == old.parameterCount,
        new.resultCount == old.resultCount,
        RecursionGroup.isEqualSupertype(new.supertype, to: old.supertype, groupStart: known.start)
      else { return false }
    }
    for (position, word) in group.words.enumerated() {
      guard RecursionGroup.isEqual(word, to: words[firstWord + position], groupStart: known.start) else {
        return false
      }
    }
    return true
  }

  private mutating func append(_ group: consuming RecursionGroup, hash: Int) {
    let start = types.count
    let firstWord = UInt32(words.count)
    for position in group.types.indices {
      group.types[position].start += firstWord
      let supertype = group.types[position].supertype
      group.types[position].supertype = RecursionGroup.supertype(supertype, groupStart: start)
    }
    for position in group.words.indices {
      group.words[position] = RecursionGroup.resolved(group.words[position], groupStart: start)
    }
    groups.append(Group(start: start, count: group.types.count, hash: hash))
    CoreTypes.join(&types, &group.types)
    CoreTypes.join(&words, &group.words)
    if groups.count * 2 > buckets.count {
      buckets = [UInt32](repeating: 0, count: max(16, buckets.count * 2))
      for number in groups.indices { insert(number) }
    } else {
      insert(groups.count - 1)
    }
  }

  /// Moves the elements of `new` after those of `old`; the larger of the two arrays is not copied.
  private static func join<Element>(_ old: inout [Element], _ new: inout [Element]) {
    if new.count > old.count {
      swap(&old, &new)
      old.insert(contentsOf: new, at: 0)
    } else {
      old += new
    }
    new = []
  }

  private mutating func insert(_ number: Int) {
    var place = groups[number].hash & (buckets.count - 1)
    while buckets[place] != 0 { place = (place + 1) & (buckets.count - 1) }
    buckets[place] = UInt32(number + 1)
  }

  /// Sets the depth of a type below its supertypes. The members of a group may refer to each other in their contents,
  /// so all depths are set before any contents are compared.
  private mutating func setDepth(of id: Int, at offset: Int) throws(ValidationError) {
    guard types[id].supertype != CoreType.noSupertype else { return }
    let supertype = types[Int(types[id].supertype)]
    guard Int(supertype.depth) < Limit.subtypingDepth else {
      throw ValidationError(
        .limit, at: offset, "sub type hierarchy too deep: more than \(Limit.subtypingDepth) levels")
    }
    types[id].depth = supertype.depth + 1
  }

  private func checkSupertype(of id: Int, at offset: Int) throws(ValidationError) {
    guard types[id].supertype != CoreType.noSupertype else { return }
    let supertype = Int(types[id].supertype)
    guard !types[supertype].isFinal else {
      throw ValidationError(.invalid, at: offset, "sub type cannot have a final super type")
    }
    guard withView({ $0.isStructuralSubtype(id, supertype) }) else {
      throw ValidationError(.invalid, at: offset, "sub type must match super type")
    }
  }
}
