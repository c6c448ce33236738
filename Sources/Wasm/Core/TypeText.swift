extension ValueType {
  /// The type in the text format; `name` returns the number for a concrete type.
  func text(naming name: (UInt32) -> String) -> String {
    switch self {
    case .bottom: return "any type"
    case .i32: return "i32"
    case .i64: return "i64"
    case .f32: return "f32"
    case .f64: return "f64"
    case .v128: return "v128"
    case .i8: return "i8"
    case .i16: return "i16"
    default:
      let target = heap.isConcrete ? name(heap.index) : heap.abstractText
      return isNullable ? "(ref null \(target))" : "(ref \(target))"
    }
  }
}

extension ValueType {
  /// The type in the text format, with references to abstract heap types in their short form.
  var shortText: String {
    guard isReference, isNullable, let heap = heap.abstract else { return text { "\($0)" } }
    return heap.nullableKeyword
  }
}

extension HeapType {
  /// The heap type of the specification; nil for a concrete type, and for the type of unknown references.
  var abstract: AbstractHeapType? {
    isConcrete ? nil : AbstractHeapType(rawValue: UInt8(truncatingIfNeeded: bits))
  }

  /// The keyword of an abstract heap type.
  var abstractText: String { abstract?.keyword ?? "bot" }
}

extension CoreModule {
  /// A type in the text format; concrete types have the first of the module's indices for them.
  func describe(_ type: ValueType) -> String {
    type.text { id in typeIDs.firstIndex(of: id).map(String.init) ?? "?" }
  }
}
