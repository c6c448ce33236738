/// The names that imports, exports and interfaces give to types; those of the innermost interface have priority.
struct TypeNames {
  /// The name of a type, and the interface that defines it; nil for the component itself.
  private struct Name {
    var interface: String?
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
    var interfaces: Set<ExactName> = []
    /// The interface being described; nil for a component.
    var interface: String?
    /// The names of a component's imports.
    var imported: Set<ExactName> = []
    /// Whether the component's exports are being described.
    var isExporting = false

    /// Whether an export has the name of an import.
    func isSecond(_ name: ExactName) -> Bool { isExporting && imported.contains(name) }
  }

  private var scopes: [Scope] = []

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
    scopes.append(scope)
  }

  /// Switches from the imports of the component to its exports.
  mutating func beginExports() { scopes[scopes.count - 1].isExporting = true }

  /// Begins an instance that is imported or exported with this name.
  mutating func enterInstance(_ items: NamedItems<ExactName, ComponentEntity>, named name: String) {
    let outer = scopes.last
    let isSecond = outer?.isSecond(ExactName(name)) == true
    var scope = Scope(interface: TypeNames.path(outer?.interface, name, isSecond: isSecond))
    for entry in items.entries {
      guard case .type(let created, _) = entry.item, scope.names[created] == nil else { continue }
      scope.names[created] = Name(interface: scope.interface, name: entry.name.text)
      scope.bare.insert(entry.name)
    }
    scopes.append(scope)
  }

  /// Ends the innermost component or instance.
  mutating func leave() { scopes.removeLast() }

  /// The name of a type here: the bare name, or `INTERFACE.{NAME}` if another interface defines it. The name `own` is
  /// not used for the type that has it here.
  ///
  /// Different types have different names: `export` precedes the name of an export if an import has the same name;
  /// `$outer.{NAME}` is a name of the enclosing component if the interface uses it for another type;
  /// `$outer.INTERFACE.{NAME}` is that of an interface of the enclosing component if the inner one has an interface of
  /// the same name. Both have one `$outer.` for each that uses the name. A name that is a WIT keyword has a percent
  /// sign, as in WIT.
  func text(of type: ComponentTypeID, otherThan own: String? = nil) -> String? {
    let here = scopes.last?.interface
    for (index, scope) in scopes.enumerated().reversed() {
      guard let known = scope.names[type] else { continue }
      guard let interface = known.interface, interface != here else {
        if known.interface == here && known.name == own { continue }
        let name = (known.isSecond ? "export " : "") + TypeNames.spelled(known.name)
        let outer = TypeNames.outer(scopes[(index + 1)...].count { $0.bare.contains(ExactName(known.name)) })
        return outer.isEmpty ? name : "\(outer){\(name)}"
      }
      let hiding = scopes[(index + 1)...].count { $0.interfaces.contains(ExactName(interface)) }
      return "\(TypeNames.outer(hiding))\(interface).{\(known.name)}"
    }
    return nil
  }

  private mutating func add(
    _ items: NamedItems<ExactName, ComponentEntity>, of interface: String?, _ types: ComponentTypes,
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
        let path = TypeNames.path(interface, entry.name.text, isSecond: isSecond)
        scope.interfaces.insert(ExactName(path))
        add(types.instances[id].exports, of: path, types, to: &scope)
      case .module, .function, .component: break
      }
    }
  }

  /// The prefix of a name that this number of inner components and interfaces use for other items.
  private static func outer(_ count: Int) -> String { String(repeating: "$outer.", count: count) }

  private static func path(_ outer: String?, _ name: String, isSecond: Bool) -> String {
    outer.map { "\($0).\(name)" } ?? (isSecond ? "export " : "") + name
  }

  private static func spelled(_ name: String) -> String { words.contains(name) ? "%" + name : name }

  /// The keywords that begin a type in WIT; names that are equal to them get a percent sign.
  static let words: Set<String> = [
    "bool", "s8", "s16", "s32", "s64", "u8", "u16", "u32", "u64", "float32", "float64", "f32", "f64", "char",
    "string",
    "error-context", "list", "option", "result", "tuple", "record", "variant", "enum", "flags", "own",
    "borrow",
    "resource", "stream", "future", "map", "func", "async", "interface", "component", "core", "type",
    "export",
  ]
}
