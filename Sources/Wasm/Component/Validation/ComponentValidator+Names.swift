/// The names of imports and exports, and the entities that they allow.
extension ComponentValidator {
  /// Checks the form of a name and that the entity matches it: constructors, methods and static functions belong to
  /// resources in `resources`.
  func checkName(
    _ externName: ComponentExternName, _ direction: Direction, _ entity: ComponentEntity,
    _ resources: ResourceNames, at offset: Int
  ) throws(ValidationError) -> ExternName {
    let text = externName.name
    let subject = "\(direction.rawValue) name `\(text.quotedName)`"
    let name = try parse(text, "\(subject) is not a valid extern name", at: offset)
    if let implements = externName.implements {
      try check(implements: implements, name, entity, at: offset)
    }
    try inContext("\(subject) is not valid") { () throws(ValidationError) in
      try check(name, fits: entity, resources, at: offset)
    }
    return name
  }

  private func parse(
    _ text: String, _ context: @autoclosure () -> String, at offset: Int
  ) throws(ValidationError) -> ExternName {
    do throws(ValidationError) {
      return try ExternName(text, at: offset)
    } catch {
      throw invalid("\(context()): \(error.message)", at: offset)
    }
  }

  private func check(
    implements interface: String, _ name: ExternName, _ entity: ComponentEntity, at offset: Int
  ) throws(ValidationError) {
    guard case .label = name.kind else {
      throw invalid("name `\(name.text.quotedName)` is not valid with `implements`", at: offset)
    }
    guard case .instance = entity else {
      throw invalid("only instances can have an `implements`", at: offset)
    }
    let implemented = try parse(interface, "`\(interface.quotedName)` is not a valid name", at: offset)
    guard case .interface = implemented.kind else {
      throw invalid("name `\(interface.quotedName)` must be an interface", at: offset)
    }
    try checkVersion(of: implemented, at: offset)
  }

  private func checkVersion(of interface: ExternName, at offset: Int) throws(ValidationError) {
    guard let version = interface.version, let problem = SemanticVersion.problem(in: version) else { return }
    throw invalid("invalid interface version: \(problem)", at: offset)
  }

  private func check(
    _ name: ExternName, fits entity: ComponentEntity, _ resources: ResourceNames, at offset: Int
  ) throws(ValidationError) {
    switch name.kind {
    case .label: break
    case .interface: try checkVersion(of: name, at: offset)
    case .constructor(let resource):
      try resources.check(
        try constructed(by: try function(entity, at: offset), at: offset), isNamed: resource, at: offset)
    case .method(let resource, _):
      try resources.check(
        try receiver(of: try function(entity, at: offset), at: offset), isNamed: resource, at: offset)
    case .staticMethod(let resource, _):
      _ = try function(entity, at: offset)
      guard resources.contains(resource) else {
        throw invalid("static resource name is not known in this context", at: offset)
      }
    }
  }

  private func function(
    _ entity: ComponentEntity, at offset: Int
  ) throws(ValidationError) -> ResolvedFunctionType {
    guard case .function(let id) = entity else { throw invalid("item is not a func", at: offset) }
    return types.functions[id].type
  }

  private func constructed(
    by function: ResolvedFunctionType, at offset: Int
  ) throws(ValidationError) -> ResourceID {
    guard !function.isAsync else { throw invalid("constructor function cannot be async", at: offset) }
    guard let result = function.result else {
      throw invalid("function should return one value", at: offset)
    }
    switch definition(of: result) {
    case .own(let id): return id
    case .result(let ok?, _):
      if case .own(let id) = definition(of: ok) { return id }
    default: break
    }
    throw invalid("function should return `(own $T)` or `(result (own $T))`", at: offset)
  }

  private func receiver(
    of function: ResolvedFunctionType, at offset: Int
  ) throws(ValidationError) -> ResourceID {
    guard let first = function.parameters.first else {
      throw invalid("function should have at least one argument", at: offset)
    }
    guard first.name == "self" else {
      throw invalid("function should have a first argument called `self`", at: offset)
    }
    guard case .borrow(let id) = definition(of: first.type) else {
      throw invalid("function should take a first argument of `(borrow $T)`", at: offset)
    }
    return id
  }

  private func definition(of type: ResolvedValueType) -> ResolvedDefinedType? {
    guard case .defined(let id) = type else { return nil }
    return types.defined[id.index].type
  }
}
