/// Fast access to the types of a `CoreTypes`, valid only during the call that created it.
struct CoreTypeView {
  let types: UnsafeBufferPointer<CoreType>
  let words: UnsafeBufferPointer<UInt32>

  subscript(id: UInt32) -> CoreType {
    @inline(__always) get { types[Int(id)] }
  }

  /// The field of a structure, or the element of an array, by its index, which is less than the type's count.
  @inline(__always)
  func field(_ number: Int, of type: CoreType) -> UInt32 { words[Int(type.start) + number] }

  /// The words of a type's parameters or fields.
  @inline(__always)
  func parameters(of type: CoreType) -> UnsafeBufferPointer<UInt32> {
    slice(Int(type.start), count: Int(type.parameterCount))
  }

  /// The words of a function type's results.
  @inline(__always)
  func results(of type: CoreType) -> UnsafeBufferPointer<UInt32> {
    slice(Int(type.start) + Int(type.parameterCount), count: Int(type.resultCount))
  }

  @inline(__always)
  private func slice(_ start: Int, count: Int) -> UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(rebasing: words[start..<start + count])
  }

  /// Whether a value of type `sub` can be used where one of type `super` is required (specification 3.3.3).
  func matches(_ sub: ValueType, _ super: ValueType) -> Bool {
    if sub == `super` { return true }
    guard sub.isReference && `super`.isReference else { return false }
    if sub.isNullable && !`super`.isNullable { return false }
    return matches(sub.heap, `super`.heap)
  }

  /// Whether `sub` is `super` or below it (specification 3.3.1).
  func matches(_ sub: HeapType, _ super: HeapType) -> Bool {
    if sub == `super` || sub == .bottom { return true }
    switch (sub.isConcrete, `super`.isConcrete) {
    case (false, false): return sub.isAbstractSubtype(of: `super`)
    case (true, true): return isDeclaredSubtype(sub.index, `super`.index)
    case (true, false): return self[sub.index].kind.heap.isAbstractSubtype(of: `super`)
    case (false, true):
      switch self[`super`.index].kind {
      case .function: return sub == .noFunction
      case .structure, .array: return sub == .none
      }
    }
  }

  /// The topmost heap type of the hierarchy that `heap` belongs to.
  func top(of heap: HeapType) -> HeapType {
    let abstract = heap.isConcrete ? self[heap.index].kind.heap : heap
    if abstract.isAbstractSubtype(of: .any) { return .any }
    if abstract.isAbstractSubtype(of: .function) { return .function }
    return abstract.isAbstractSubtype(of: .external) ? .external : .exception
  }

  private func isDeclaredSubtype(_ sub: UInt32, _ super: UInt32) -> Bool {
    let depth = self[`super`].depth
    var id = sub
    while id != `super` {
      let type = self[id]
      guard type.depth > depth else { return false }
      id = type.supertype
    }
    return true
  }

  /// Whether the contents of one type match those of another (specification 3.3.10).
  func isStructuralSubtype(_ sub: Int, _ super: Int) -> Bool {
    let lower = types[sub]
    let upper = types[`super`]
    guard lower.kind == upper.kind else { return false }
    let fields = zip(parameters(of: lower), parameters(of: upper))
    switch lower.kind {
    case .function:
      return lower.parameterCount == upper.parameterCount && lower.resultCount == upper.resultCount
        && fields.allSatisfy { matches(ValueType(bits: $1), ValueType(bits: $0)) }
        && zip(results(of: lower), results(of: upper)).allSatisfy {
          matches(ValueType(bits: $0), ValueType(bits: $1))
        }
    case .structure:
      return lower.parameterCount >= upper.parameterCount && fields.allSatisfy(matchesField)
    case .array:
      return fields.allSatisfy(matchesField)
    }
  }

  private func matchesField(_ sub: UInt32, _ super: UInt32) -> Bool {
    if sub == `super` { return true }
    guard (sub | `super`) & ValueType.markBit == 0 else { return isEquivalentMutable(sub, `super`) }
    return matches(ValueType(bits: sub), ValueType(bits: `super`))
  }

  /// Mutable fields must have equal types: each must match the other.
  private func isEquivalentMutable(_ sub: UInt32, _ super: UInt32) -> Bool {
    guard sub & `super` & ValueType.markBit != 0 else { return false }
    let lower = ValueType(bits: sub & ~ValueType.markBit)
    let upper = ValueType(bits: `super` & ~ValueType.markBit)
    return matches(lower, upper) && matches(upper, lower)
  }
}

extension CoreType.Kind {
  /// The abstract heap type directly above all types of this kind.
  var heap: HeapType {
    switch self {
    case .function: .function
    case .structure: .structure
    case .array: .array
    }
  }
}

extension HeapType {
  /// Whether this abstract heap type is `super` or below it, both abstract (specification 3.3.1).
  @inline(__always)
  func isAbstractSubtype(of super: HeapType) -> Bool {
    self == .bottom || `super`.abstractSubtypes & (1 << (bits & 31)) != 0
  }

  /// The abstract heap types at or below this one: bit n is the type with code 0x60 + n.
  private var abstractSubtypes: UInt32 {
    switch self {
    case .any: 1 << 0x0e | 1 << 0x0d | 1 << 0x0c | 1 << 0x0b | 1 << 0x0a | 1 << 0x11
    case .equatable: 1 << 0x0d | 1 << 0x0c | 1 << 0x0b | 1 << 0x0a | 1 << 0x11
    case .i31: 1 << 0x0c | 1 << 0x11
    case .structure: 1 << 0x0b | 1 << 0x11
    case .array: 1 << 0x0a | 1 << 0x11
    case .function: 1 << 0x10 | 1 << 0x13
    case .external: 1 << 0x0f | 1 << 0x12
    case .exception: 1 << 0x09 | 1 << 0x14
    case .none, .noExternal, .noFunction, .noException: 1 << (bits & 31)
    default: 0
    }
  }
}
