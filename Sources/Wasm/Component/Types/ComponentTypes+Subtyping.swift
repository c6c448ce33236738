/// Subtyping: whether one entity can be used where another is required (Component Model, Subtyping.md). Each check
/// throws the first mismatch.
extension ComponentTypes {
  mutating func check(
    _ actual: ComponentEntity, fits expected: ComponentEntity, at offset: Int
  ) throws(ValidationError) {
    switch (actual, expected) {
    case (.module(let actual), .module(let expected)):
      try check(module: actual, fits: expected, at: offset)
    case (.function(let actual), .function(let expected)):
      try check(function: actual, fits: expected, at: offset)
    case (.type(_, let actual), .type(_, let expected)): try check(actual, fits: expected, at: offset)
    case (.instance(let actual), .instance(let expected)):
      try check(instance: actual, fits: expected, at: offset)
    case (.component(let actual), .component(let expected)):
      try check(component: actual, fits: expected, at: offset)
    default:
      throw mismatch("expected \(expected.kindName), found \(actual.kindName)", offset)
    }
  }

  private mutating func check(
    _ actual: ComponentTypeID, fits expected: ComponentTypeID, at offset: Int
  ) throws(ValidationError) {
    switch (actual, expected) {
    case (.resource(let actual), .resource(let expected)):
      guard actual.resource == expected.resource else {
        throw mismatch("resource types are not the same", offset)
      }
    case (.defined(let actual), .defined(let expected)):
      try check(defined: actual, fits: expected, at: offset)
    case (.function(let actual), .function(let expected)):
      try check(function: actual, fits: expected, at: offset)
    case (.instance(let actual), .instance(let expected)):
      try check(instance: actual, fits: expected, at: offset)
    case (.component(let actual), .component(let expected)):
      try check(component: actual, fits: expected, at: offset)
    default:
      throw mismatch("expected \(expected.kindName), found \(actual.kindName)", offset)
    }
  }

  private mutating func check(
    instance actual: Int, fits expected: Int, at offset: Int
  ) throws(ValidationError) {
    if actual == expected { return }
    let pair = SubtypePair(actual: .instance(actual), expected: .instance(expected))
    if isKnown(pair) { return }
    let exports = instances[actual].exports
    for (position, (name, expectedItem)) in instances[expected].exports.entries.enumerated() {
      guard let actualItem = exports.item(name, near: position) else {
        throw mismatch("missing expected export `\(name)`", offset)
      }
      try inContext("type mismatch in instance export `\(name)`") { () throws(ValidationError) in
        try check(actualItem, fits: expectedItem, at: offset)
      }
    }
    note(pair)
  }

  /// A component matches if its imports are satisfied by the imports of the expected one, and if it then exports
  /// everything that the expected one exports.
  private mutating func check(
    component actual: Int, fits expected: Int, at offset: Int
  ) throws(ValidationError) {
    var substitution = try open(
      importsOf: actual, with: components[expected].imports, at: offset)
    let start = beginTemporaryTypes()
    var exports = components[actual].exports
    _ = substitute(&exports, &substitution)
    _ = try open(exportsOf: expected, with: exports, at: offset)
    endTemporaryTypes(start)
  }

  /// Applies a component's arguments to its imports: checks that each matches, and returns which arguments replace the
  /// resources and named types of the component.
  mutating func open(
    importsOf component: Int, with arguments: NamedItems<ExactName, ComponentEntity>, at offset: Int
  ) throws(ValidationError) -> TypeSubstitution {
    let entities = components[component].imports.entries.enumerated().compactMap { position, entry in
      arguments.item(entry.name, near: position)
    }
    let given = ComponentArguments(component: component, entities: entities)
    let isLasting = !hasTemporaryTypes && entities.count == components[component].imports.count
    if isLasting, let known = openings[given] { return known }
    let substitution = try open(
      components[component].imports, binding: components[component].importedResources, with: arguments,
      Opening(kindName: "import", offset: offset))
    if isLasting { openings.insert(substitution, for: given) }
    return substitution
  }

  private mutating func open(
    exportsOf component: Int, with arguments: NamedItems<ExactName, ComponentEntity>, at offset: Int
  ) throws(ValidationError) -> TypeSubstitution {
    try open(
      components[component].exports, binding: components[component].definedResources, with: arguments,
      Opening(kindName: "export", offset: offset))
  }

  private struct Opening {
    var kindName: String
    var offset: Int
  }

  private mutating func open(
    _ items: NamedItems<ExactName, ComponentEntity>, binding resources: [ResourcePath],
    with arguments: NamedItems<ExactName, ComponentEntity>, _ opening: Opening
  ) throws(ValidationError) -> TypeSubstitution {
    var substitution = TypeSubstitution()
    for path in resources {
      if let resource = resource(at: path.positions, in: items, from: arguments) {
        substitution.resources[path.resource] = resource
      }
    }
    for (position, (name, _)) in items.entries.enumerated() where arguments.item(name, near: position) == nil
    {
      throw mismatch("missing \(opening.kindName) named `\(name)`", opening.offset)
    }
    var renamings: [ComponentTypeID: ComponentTypeID] = [:]
    for (position, (name, item)) in items.entries.enumerated() {
      guard let argument = arguments.item(name, near: position) else { continue }
      let start = beginTemporaryTypes()
      var expected = item
      if !substitution.isEmpty { substitute(&expected, &substitution) }
      substitution.types.removeAll(keepingCapacity: true)
      try inContext("type mismatch for \(opening.kindName) `\(name)`") { () throws(ValidationError) in
        try check(argument, fits: expected, at: opening.offset)
      }
      endTemporaryTypes(start)
      noteRenamings(from: item, to: argument, in: &renamings)
    }
    substitution.types = renamings
    return substitution
  }

  /// The resource in the arguments at the position that `items` has for it.
  private func resource(
    at positions: [Int], in items: NamedItems<ExactName, ComponentEntity>,
    from arguments: NamedItems<ExactName, ComponentEntity>
  ) -> UInt32? {
    var items = items
    var arguments = arguments
    for (depth, position) in positions.enumerated() {
      guard position < items.count else { return nil }
      let entry = items.entries[position]
      guard let argument = arguments.item(entry.name, near: position) else { return nil }
      if depth == positions.count - 1 {
        guard case .type(.resource(let id), _) = argument else { return nil }
        return id.resource
      }
      guard case .instance(let inner) = entry.item, case .instance(let given) = argument else { return nil }
      items = instances[inner].exports
      arguments = instances[given].exports
    }
    return nil
  }

  /// Records for each type that `old` names, itself or in an instance, the type with that name in `new`.
  private func noteRenamings(
    from old: ComponentEntity, to new: ComponentEntity,
    in renamings: inout [ComponentTypeID: ComponentTypeID]
  ) {
    switch (old, new) {
    case (.type(let created, _), .type(let actual, _)): renamings[created] = actual
    case (.instance(let old), .instance(let new)):
      let exports = instances[new].exports
      for (position, (name, item)) in instances[old].exports.entries.enumerated() {
        guard let actual = exports.item(name, near: position) else { continue }
        noteRenamings(from: item, to: actual, in: &renamings)
      }
    default: break
    }
  }

  func mismatch(_ message: String, _ offset: Int) -> ValidationError {
    ValidationError(.invalid, at: offset, message)
  }
}

/// Runs a check and adds its context before the message of an error.
func inContext(
  _ context: @autoclosure () -> String, _ check: () throws(ValidationError) -> Void
) throws(ValidationError) {
  do throws(ValidationError) {
    try check()
  } catch {
    throw ValidationError(error.kind, at: error.offset, "\(context()): \(error.message)")
  }
}
