/// `canon lift` and `canon lower`, and the core signatures of component functions (Canonical ABI, "Flattening").
extension ComponentValidator {
  mutating func lift(
    _ coreFunction: UInt32, _ options: [CanonicalOption], _ type: UInt32, at offset: Int
  ) throws(ValidationError) {
    let id = try scope.functionType(type, at: offset)
    let core = try scope.coreFunction(coreFunction, at: offset)
    let options = try check(options, at: offset)
    try checkAsync(options, id, at: offset)
    try checkLift(options, core, at: offset)
    let signature = try signature(lifting: types.functions[id].type, options, at: offset)
    let parameters = types.core.parameters(ofFunction: core)
    guard signature.parameters == parameters else {
      throw invalid(
        "lowered parameter types `\(text(signature.parameters))` do not match parameter types "
          + "`\(text(parameters))` of core function \(coreFunction)", at: offset)
    }
    let results = types.core.results(ofFunction: core)
    guard signature.results == results else {
      throw invalid(
        "lowered result types `\(text(signature.results))` do not match result types "
          + "`\(text(results))` of core function \(coreFunction)", at: offset)
    }
    guard try intern(signature, at: offset) == core else {
      throw invalid(
        "lowered function type does not match the type of core function \(coreFunction)", at: offset)
    }
    scope.functions.append(id)
  }

  mutating func lower(
    _ function: UInt32, _ options: [CanonicalOption], at offset: Int
  ) throws(ValidationError) {
    let id = try scope.function(function, at: offset)
    let options = try check(options, at: offset)
    try options.checkLower(at: offset)
    try checkAsync(options, id, at: offset)
    try addCoreFunction(try signature(lowering: types.functions[id].type, options, at: offset), at: offset)
  }

  /// A core function's parameters and results.
  struct CoreSignature {
    var parameters: [ValueType] = []
    var results: [ValueType] = []
  }

  mutating func addCoreFunction(_ signature: CoreSignature, at offset: Int) throws(ValidationError) {
    scope.coreFunctions.append(try intern(signature, at: offset))
  }

  private mutating func intern(
    _ signature: CoreSignature, at offset: Int
  ) throws(ValidationError) -> UInt32 {
    try types.core.internFunction(
      parameters: signature.parameters, results: signature.results, at: offset)
  }

  private func checkLift(
    _ options: CanonicalOptions, _ core: UInt32, at offset: Int
  ) throws(ValidationError) {
    if let postReturn = options.postReturn {
      let function = try scope.coreFunction(postReturn, at: offset)
      let isFitting =
        types.core.parameters(ofFunction: function) == types.core.results(ofFunction: core)
        && types.core.results(ofFunction: function).isEmpty
      guard isFitting else {
        throw invalid(
          "canonical option `post-return` uses a core function with an incorrect signature", at: offset)
      }
    }
    guard options.isAsync else { return }
    guard let callback = options.callback else {
      throw ValidationError(
        .unsupported, at: offset, "requires the component model async stackful feature")
    }
    let function = try scope.coreFunction(callback, at: offset)
    let isFitting =
      types.core.parameters(ofFunction: function) == [.i32, .i32, .i32]
      && types.core.results(ofFunction: function) == [.i32]
    guard isFitting else {
      throw invalid(
        "canonical option `callback` uses a core function with an incorrect signature", at: offset)
    }
  }

  private func checkAsync(
    _ options: CanonicalOptions, _ function: Int, at offset: Int
  ) throws(ValidationError) {
    guard !options.isAsync || types.functions[function].type.isAsync else {
      throw invalid("the `async` canonical option requires an async function type", at: offset)
    }
  }

  private func signature(
    lifting function: ResolvedFunctionType, _ options: CanonicalOptions, at offset: Int
  ) throws(ValidationError) -> CoreSignature {
    var signature = CoreSignature()
    let parameters = CanonicalLayout.record(function.parameters.map { types.layout(of: $0.type) })
    if parameters.containsPointer || parameters.flat == nil { try options.requireRealloc(at: offset) }
    signature.parameters = parameters.flat ?? [.i32]
    let result = function.result.map { types.layout(of: $0) }
    if options.isAsync {
      if let result, result.containsPointer || result.flat == nil { try options.requireMemory(at: offset) }
      if options.callback != nil { signature.results = [.i32] }
      return signature
    }
    guard let result else { return signature }
    if let flat = result.flat, flat.count <= CanonicalLayout.maximumFlatResults {
      signature.results = flat
    } else {
      try options.requireMemory(at: offset)
      signature.results = [.i32]
    }
    return signature
  }

  /// The core signature for a lowered function.
  func signature(
    lowering function: ResolvedFunctionType, _ options: CanonicalOptions, at offset: Int
  ) throws(ValidationError) -> CoreSignature {
    let most =
      options.isAsync ? CanonicalLayout.maximumFlatAsyncParameters : CanonicalLayout.maximumFlatParameters
    var signature = CoreSignature()
    let parameters = CanonicalLayout.record(function.parameters.map { types.layout(of: $0.type) })
    if let flat = parameters.flat, flat.count <= most {
      if parameters.containsPointer { try options.requireMemory(at: offset) }
      signature.parameters = flat
    } else {
      try options.requireMemory(at: offset)
      signature.parameters = [.i32]
    }
    let result = function.result.map { types.layout(of: $0) }
    if let result, result.containsPointer { try options.requireRealloc(at: offset) }
    if options.isAsync {
      if result != nil {
        try options.requireMemory(at: offset)
        signature.parameters.append(.i32)
      }
      signature.results = [.i32]
      return signature
    }
    guard let result else { return signature }
    if let flat = result.flat, flat.count <= CanonicalLayout.maximumFlatResults {
      signature.results = flat
    } else {
      try options.requireMemory(at: offset)
      signature.parameters.append(.i32)
    }
    return signature
  }

  private func text(_ types: [ValueType]) -> String {
    "[\(types.map { $0.shortText.uppercased() }.joined(separator: ", "))]"
  }
}
