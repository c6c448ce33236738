/// Operations on core function types for the component model.
extension CoreTypes {
  /// Interns a function type with only numbers.
  mutating func internFunction(
    parameters: [ValueType], results: [ValueType], at offset: Int
  ) throws(ValidationError) -> UInt32 {
    let type = CoreType(
      parameterCount: UInt16(truncatingIfNeeded: parameters.count),
      resultCount: UInt16(truncatingIfNeeded: results.count))
    return try intern(
      RecursionGroup(types: [type], words: (parameters + results).map(\.bits)), after: [], at: offset)
  }

  /// Whether a type is `other` or declares it among its supertypes.
  func isSubtype(_ id: UInt32, of other: UInt32) -> Bool {
    matches(.reference(.concrete(id), nullable: false), .reference(.concrete(other), nullable: false))
  }

  func parameters(ofFunction id: UInt32) -> [ValueType] {
    parameters(of: types[Int(id)]).map { ValueType(bits: $0) }
  }

  func results(ofFunction id: UInt32) -> [ValueType] {
    results(of: types[Int(id)]).map { ValueType(bits: $0) }
  }

  /// A function type in the text format.
  func functionText(_ id: UInt32) -> String {
    func list(_ word: String, _ types: [ValueType]) -> String {
      types.isEmpty ? "" : " (\(word) \(types.map(\.shortText).joined(separator: " ")))"
    }
    return "(func\(list("param", parameters(ofFunction: id)))\(list("result", results(ofFunction: id))))"
  }
}
