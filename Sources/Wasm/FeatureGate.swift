/// The features that a validation accepts, and those that the input uses.
struct FeatureGate: Sendable {
  let allowed: Features
  private(set) var used: Features = []

  init(allowed: Features) { self.allowed = allowed.withParts }

  /// Records that the input uses one or more features; throws if they are not accepted.
  mutating func require(_ feature: Features, at offset: Int) throws(ValidationError) {
    guard allowed.contains(feature) else {
      throw FeatureGate.refusal(of: feature.subtracting(allowed), at: offset)
    }
    used.formUnion(feature)
  }

  /// Records features that were found to be used elsewhere.
  mutating func note(_ features: Features) { used.formUnion(features) }

  /// Ends a module: its used features are complete.
  mutating func finish() { used = used.withoutParts }

  /// Records the use of a value type.
  mutating func require(for type: ValueType, at offset: Int) throws(ValidationError) {
    try require(FeatureGate.features(of: type, allowed: allowed), at: offset)
  }

  /// The error for a construct of a feature that is not accepted.
  static func refusal(of feature: Features, at offset: Int) -> ValidationError {
    ValidationError(.unsupported, at: offset, "the feature `\(feature.description)` is not enabled")
  }

  /// The features of a value type that is not in the first version.
  static func features(of type: ValueType, allowed: Features) -> Features {
    if type == .v128 { return .simd }
    guard type.isReference else { return [] }
    if type.heap.isConcrete {
      let prefersGC = allowed.contains(.gc) && !allowed.contains(.functionReferences)
      return [.referenceTypes, prefersGC ? .gc : .functionReferences]
    }
    switch type.heap {
    case .function, .external:
      return type.isNullable ? .referenceTypes : [.referenceTypes, .functionReferences]
    case .exception, .noException: return [.referenceTypes, .exceptions, .exceptionReferences]
    default: return [.referenceTypes, .gc]
    }
  }
}
