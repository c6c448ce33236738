/// The features that a validation accepts, and those that the input has been found to use.
struct FeatureGate: Sendable {
  let allowed: Features
  private(set) var used: Features = []

  init(allowed: Features) { self.allowed = allowed.withParts }

  /// Notes that the input uses a feature, or several.
  mutating func require(_ feature: Features, at offset: Int) throws(ValidationError) {
    guard allowed.contains(feature) else {
      throw FeatureGate.refusal(of: feature.subtracting(allowed), at: offset)
    }
    used.formUnion(feature)
  }

  /// Notes what the input was found to use elsewhere.
  mutating func note(_ features: Features) { used.formUnion(features) }

  /// Ends a module: what it uses is all there is of it.
  mutating func finish() { used = used.withoutParts }

  /// Notes the use of a value type.
  mutating func require(for type: ValueType, at offset: Int) throws(ValidationError) {
    try require(FeatureGate.features(of: type, allowed: allowed), at: offset)
  }

  /// The refusal of a construct that belongs to a feature which is not accepted.
  static func refusal(of feature: Features, at offset: Int) -> ValidationError {
    ValidationError(.unsupported, at: offset, "the feature `\(feature.description)` is not enabled")
  }

  /// The features that a value type belongs to, if it is not of the first version.
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
