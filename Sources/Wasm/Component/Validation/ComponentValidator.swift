/// Checks the definitions of a component, one after the other, and those of the components in it.
///
/// It keeps a scope for each component and each component or instance type that is open; outer aliases reach into
/// the scopes around.
struct ComponentValidator: Sendable {
  var types = ComponentTypes()
  /// The innermost scope. While nothing is open it is not used.
  var scope = ComponentScope(.component)
  /// The scopes around it, from the outermost; the first is the unused one.
  var enclosing: [ComponentScope] = []
  /// The module type that is open.
  var moduleType: ModuleTypeScope?
  var features: FeatureGate
  /// What the outermost component needs and offers, once it has ended.
  private(set) var outermost: ComponentInterface?

  init(features: Features) { self.features = FeatureGate(allowed: features) }

  /// Opens a component, or a component or instance type.
  mutating func open(_ kind: ComponentScope.Kind) {
    enclosing.append(scope)
    scope = ComponentScope(kind)
  }

  /// Ends the innermost component and adds it to the one around it, if there is one.
  mutating func closeComponent(at offset: Int) throws(ValidationError) {
    let interface = try componentInterface(at: offset)
    leaveScope()
    if enclosing.isEmpty {
      outermost = interface
    } else {
      scope.components.append(types.add(interface))
    }
  }

  /// Ends the innermost component type and adds it to the types around it.
  mutating func closeComponentType(at offset: Int) throws(ValidationError) {
    let interface = try componentInterface(at: offset)
    leaveScope()
    scope.types.append(.component(types.add(interface)))
  }

  /// Ends the innermost instance type and adds it to the types around it.
  mutating func closeInstanceType() {
    let interface = InstanceInterface(
      summary: scope.summary, exports: scope.exports,
      definedResources: scope.definedResources.map(\.resource),
      explicitResources: scope.explicitResources.entries)
    leaveScope()
    scope.types.append(.instance(types.add(interface)))
  }

  /// Adds a core module that the innermost component holds.
  mutating func addModule(_ interface: ModuleInterface) {
    scope.coreModules.append(types.add(interface))
  }

  private mutating func leaveScope() {
    scope = enclosing.removeLast()
  }

  private func componentInterface(at offset: Int) throws(ValidationError) -> ComponentInterface {
    var interface = ComponentInterface(
      summary: scope.summary, imports: scope.imports, exports: scope.exports,
      importedResources: scope.importedResources, explicitResources: scope.explicitResources.entries)
    var resources = types.freeResources(of: scope.imports)
    guard !scope.definedResources.contains(where: { resources.contains($0.resource) }) else {
      throw ValidationError(.invalid, at: offset, "local resource type found in imports")
    }
    resources = types.freeResources(of: scope.exports)
    for (resource, _) in scope.definedResources where resources.contains(resource) {
      guard let positions = scope.explicitResources[resource] else {
        throw ValidationError(
          .invalid, at: offset, "local resource type found in export but not exported itself")
      }
      interface.definedResources.append(ResourcePath(resource: resource, positions: positions))
    }
    return interface
  }

  /// Checks that `count` more items may be added to those of a kind.
  func checkLimit(
    _ known: Int, adding count: Int = 1, upTo limit: Int, _ subject: String, at offset: Int
  ) throws(ValidationError) {
    guard known + count <= limit else {
      throw ValidationError(.limit, at: offset, "\(subject) count exceeds limit of \(limit)")
    }
  }

  func invalid(_ message: String, at offset: Int) -> ValidationError {
    ValidationError(.invalid, at: offset, message)
  }
}
