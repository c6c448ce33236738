/// The names that imports, exports and interfaces give to types; those of the innermost interface have priority.
struct TypeNames {
  /// The path of an interface in a component.
  private struct Path: Hashable {
    /// The names of the interfaces.
    var names: [ExactName]
    /// Whether it begins with the name of an export that an import also has.
    var isSecond: Bool

    /// The path of an interface in `outer`, or in the component.
    init(_ outer: Path?, _ name: String, isSecond: Bool) {
      names = (outer?.names ?? []) + [ExactName(name)]
      self.isSecond = outer?.isSecond ?? isSecond
    }
  }

  /// The name of a type, and the interface that defines it; nil for the component itself.
  private struct Name {
    var interface: Path?
    var name: String
    /// Whether an import of the component also has the name.
    var isSecond = false
  }

  /// The names defined in a component or interface.
  private struct Scope {
    var names: [ComponentTypeID: Name] = [:]
    /// The names of types that need no interface before them here.
    var bare: Set<ExactName> = []
    /// The interfaces of a component, including nested ones.
    var interfaces: Set<Path> = []
    /// The interface being described; nil for a component.
    var interface: Path?
    /// The names of a component's imports.
    var imported: Set<ExactName> = []
    /// Whether the component's exports are being described.
    var isExporting = false

    /// Whether an export has the name of an import.
    func isSecond(_ name: ExactName) -> Bool { isExporting && imported.contains(name) }
  }

  private var scopes: [Scope] = []
  /// The types that the innermost component or interface uses, and the sizes of their names. They are kept because most
  /// types are used repeatedly.
  private var used: [ComponentTypeID: (type: ValueTypeDescription, size: Int)] = [:]

  /// How many more items of interfaces are searched for names: a few hundred bytes can mean a million.
  private var rest = 100_000

  /// Whether no name was skipped.
  private(set) var isComplete = true

  /// Begins a component; its imports and exports name types, and so do instances among them.
  mutating func enterComponent(_ interface: ComponentInterface, _ types: ComponentTypes) {
    var scope = Scope()
    add(interface.imports, of: nil, types, to: &scope)
    scope.isExporting = true
    add(interface.exports, of: nil, types, to: &scope)
    scope.isExporting = false
    begin(scope)
  }

  /// Switches from the imports of the component to its exports.
  mutating func beginExports() { scopes[scopes.count - 1].isExporting = true }

  /// Begins an instance that is imported or exported with this name.
  mutating func enterInstance(_ items: NamedItems<ExactName, ComponentEntity>, named name: String) {
    let outer = scopes.last
    let isSecond = outer?.isSecond(ExactName(name)) == true
    var scope = Scope(interface: Path(outer?.interface, name, isSecond: isSecond))
    for entry in items.entries {
      guard case .type(let created, _) = entry.item, scope.names[created] == nil else { continue }
      scope.names[created] = Name(interface: scope.interface, name: entry.name.text)
      scope.bare.insert(entry.name)
    }
    begin(scope)
  }

  private mutating func begin(_ scope: Scope) {
    scopes.append(scope)
    used.removeAll()
  }

  /// Ends the innermost component or instance.
  mutating func leave() {
    scopes.removeLast()
    used.removeAll()
  }

  /// Describes a type by its name here, and returns the size of the name; nil if it has none.
  mutating func described(_ type: ComponentTypeID) -> (type: ValueTypeDescription, size: Int)? {
    if let known = used[type] { return known }
    guard let reference = reference(to: type) else { return nil }
    let described = (type: ValueTypeDescription.named(reference), size: reference.size)
    used[type] = described
    return described
  }

  /// The name of a type here, with the interface if another one defines it. The name `own` is not used for the type
  /// that has it here. Different types have different names.
  func reference(to type: ComponentTypeID, otherThan own: String? = nil) -> TypeReference? {
    let here = scopes.last?.interface
    for (index, scope) in scopes.enumerated().reversed() {
      guard let known = scope.names[type] else { continue }
      let inner = scopes[(index + 1)...]
      guard let interface = known.interface, interface != here else {
        if known.interface == here && known.name == own { continue }
        let name = ExactName(known.name)
        return TypeReference(
          outerCount: inner.count { $0.bare.contains(name) }, isExport: known.isSecond, name: name)
      }
      return TypeReference(
        outerCount: inner.count { $0.interfaces.contains(interface) }, interface: interface.names,
        isExport: interface.isSecond, name: ExactName(known.name))
    }
    return nil
  }

  private mutating func add(
    _ items: NamedItems<ExactName, ComponentEntity>, of interface: Path?, _ types: ComponentTypes,
    to scope: inout Scope
  ) {
    for entry in items.entries {
      guard rest > 0 else {
        isComplete = false
        return
      }
      rest -= 1
      let isSecond = interface == nil && scope.isSecond(entry.name)
      if interface == nil, !scope.isExporting { scope.imported.insert(entry.name) }
      switch entry.item {
      case .type(let created, _):
        if interface == nil { scope.bare.insert(entry.name) }
        guard scope.names[created] == nil else { continue }
        scope.names[created] = Name(interface: interface, name: entry.name.text, isSecond: isSecond)
      case .instance(let id):
        let path = Path(interface, entry.name.text, isSecond: isSecond)
        scope.interfaces.insert(path)
        add(types.instances[id].exports, of: path, types, to: &scope)
      case .module, .function, .component: break
      }
    }
  }
}
