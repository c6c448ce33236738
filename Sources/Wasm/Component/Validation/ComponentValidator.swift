/// Validates the definitions of a component in order, and those of its nested components.
///
/// It keeps a scope for each open component and each open component or instance type; outer aliases refer to the
/// enclosing scopes.
struct ComponentValidator: Sendable {
  var types = ComponentTypes()
  /// The innermost scope. It is not used while nothing is open.
  var scope = ComponentScope(.component)
  /// The enclosing scopes, the outermost first; the first is the unused one.
  var enclosing: [ComponentScope] = []
  /// The open module type.
  var moduleType: ModuleTypeScope?
  var features: FeatureGate
  /// The imports and exports of the outermost component, after its end.
  private(set) var outermost: ComponentInterface?

  init(features: Features) { self.features = FeatureGate(allowed: features) }

  /// Opens a component, or a component or instance type.
  mutating func open(_ kind: ComponentScope.Kind) {
    enclosing.append(scope)
    scope = ComponentScope(kind)
  }

  /// Ends the innermost component and adds it to the enclosing one, if there is one.
  mutating func closeComponent(at offset: Int) throws(ValidationError) {
    let interface = try componentInterface(at: offset)
    leaveScope()
    if enclosing.isEmpty {
      outermost = interface
    } else {
      scope.components.append(types.add(interface))
    }
  }

  /// Ends the innermost component type and adds it to the enclosing types.
  mutating func closeComponentType(at offset: Int) throws(ValidationError) {
    let interface = try componentInterface(at: offset)
    leaveScope()
    scope.types.append(.component(types.add(interface)))
  }

  /// Ends the innermost instance type and adds it to the enclosing types.
  mutating func closeInstanceType() {
    let interface = InstanceInterface(
      summary: scope.summary, exports: scope.exports,
      definedResources: scope.definedResources.map(\.resource),
      explicitResources: scope.explicitResources.entries)
    leaveScope()
    scope.types.append(.instance(types.add(interface)))
  }

  /// Adds a core module in the innermost component.
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

  /// Checks that `count` more items may be added to the items of a kind.
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
