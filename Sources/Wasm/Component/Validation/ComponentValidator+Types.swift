/// Definitions of types.
extension ComponentValidator {
  mutating func addDefinedType(_ type: DefinedValueType, at offset: Int) throws(ValidationError) {
    let entry = try definedType(type, at: offset)
    scope.types.append(.defined(types.add(entry)))
  }

  mutating func addFunctionType(_ type: ComponentFunctionType, at offset: Int) throws(ValidationError) {
    let entry = try functionType(type, at: offset)
    scope.types.append(.function(types.add(entry)))
  }

  /// Checks that one more type may be defined. The number of a section's types is checked in its header.
  func checkTypeLimit(isDeclaration: Bool, at offset: Int) throws(ValidationError) {
    guard isDeclaration else { return }
    try checkLimit(scope.typeCount, upTo: Limit.types, "types", at: offset)
  }

  mutating func addResource(
    _ representation: ValueType, _ destructor: UInt32?, at offset: Int
  ) throws(ValidationError) {
    guard scope.kind == .component else {
      throw invalid("resources can only be defined within a concrete component", at: offset)
    }
    if representation == .i64 {
      throw ValidationError(
        .unsupported, at: offset, "resources with `i64` require the `cm64` feature to be enabled")
    }
    guard representation == .i32 else {
      throw invalid("resources can only be represented by `i32` or `i64`", at: offset)
    }
    if let destructor {
      let function = try scope.coreFunction(destructor, at: offset)
      let isFitting =
        types.core.parameters(ofFunction: function) == [representation]
        && types.core.results(ofFunction: function).isEmpty
      guard isFitting else {
        throw invalid("core function \(destructor) has wrong signature for a destructor", at: offset)
      }
    }
    let resource = types.makeResource()
    scope.defineResource(resource, representation: representation)
    scope.types.append(.resource(ResourceID(resource: resource)))
  }

  /// The value type for an index or primitive.
  func resolve(_ type: ComponentValueType, at offset: Int) throws(ValidationError) -> ResolvedValueType {
    switch type {
    case .primitive(let type):
      try check(type, at: offset)
      return .primitive(type)
    case .defined(let index): return .defined(try scope.definedType(index, at: offset))
    }
  }

  private func check(_ type: PrimitiveType, at offset: Int) throws(ValidationError) {
    guard type != .errorContext else {
      throw ValidationError(
        .unsupported, at: offset,
        "`error-context` requires the component model error-context feature")
    }
  }

  private mutating func functionType(
    _ type: ComponentFunctionType, at offset: Int
  ) throws(ValidationError) -> ComponentTypes.FunctionEntry {
    if type.isAsync {
      try requireAsync("async component functions require the component model async feature", at: offset)
    }
    var summary = TypeSummary.leaf
    var labels = LabelSet("function parameter", "parameter")
    var parameters: [ResolvedField] = []
    for parameter in type.parameters {
      try labels.insert(parameter.name, at: offset)
      let resolved = try resolve(parameter.type, at: offset)
      try summary.add(types.summary(of: resolved), at: offset)
      parameters.append(ResolvedField(name: parameter.name, type: resolved))
    }
    var result: ResolvedValueType?
    if let type = type.result {
      let resolved = try resolve(type, at: offset)
      let part = types.summary(of: resolved)
      guard !part.containsBorrow else {
        throw invalid("function result cannot contain a `borrow` type", at: offset)
      }
      try summary.add(part, at: offset)
      result = resolved
    }
    return ComponentTypes.FunctionEntry(
      type: ResolvedFunctionType(isAsync: type.isAsync, parameters: parameters, result: result),
      summary: summary)
  }

  mutating func requireAsync(
    _ message: @autoclosure () -> String, at offset: Int
  ) throws(ValidationError) {
    guard features.allowed.contains(.componentAsync) else {
      throw ValidationError(.unsupported, at: offset, message())
    }
    features.note(.componentAsync)
  }
}

/// A set of distinct labels.
struct LabelSet {
  private var labels: [String: String] = [:]
  private let subject: String
  private let shortSubject: String

  /// Makes an empty set; messages call a label `subject`, and an earlier one `shortSubject`.
  init(_ subject: String, _ shortSubject: String) {
    self.subject = subject
    self.shortSubject = shortSubject
  }

  mutating func insert(_ name: String, at offset: Int) throws(ValidationError) {
    guard !name.isEmpty else {
      throw ValidationError(.invalid, at: offset, "\(subject) name cannot be empty")
    }
    guard name.isLabel else {
      throw ValidationError(.invalid, at: offset, "\(subject) name `\(name.quotedName)` is not in kebab case")
    }
    if let earlier = labels.updateValue(name, forKey: name.labelKey) {
      throw ValidationError(
        .invalid, at: offset,
        "\(subject) name `\(name.quotedName)` conflicts with previous \(shortSubject) name `\(earlier.quotedName)`"
      )
    }
  }
}
