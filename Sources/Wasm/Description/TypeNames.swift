/// The names that imports, exports and interfaces give to types, those of the innermost interface first.
struct TypeNames {
  /// The name of a type, and the interface that gives it; nil where the component itself does.
  private struct Name {
    var interface: String?
    var name: String
    /// Whether an import of the component has the name as well.
    var isSecond = false
  }

  /// What is named by a component, or by an interface.
  private struct Scope {
    var names: [ComponentTypeID: Name] = [:]
    /// The names of types that need no interface before them here.
    var bare: Set<ExactName> = []
    /// The interfaces of a component, those inside of others too.
    var interfaces: Set<ExactName> = []
    /// The interface that is described; nil stands for a component.
    var interface: String?
    /// The names of a component's imports.
    var imported: Set<ExactName> = []
    /// Whether a component's exports are looked at.
    var isExporting = false

    /// Whether an export has the name of an import.
    func isSecond(_ name: ExactName) -> Bool { isExporting && imported.contains(name) }
  }

  private var scopes: [Scope] = []

  /// How many more items of interfaces are looked at for names: a few hundred bytes can stand for a million.
  private var rest = 100_000

  /// Whether no name was passed over.
  private(set) var isComplete = true

  /// Begins a component, whose imports and exports name types, also those of instances among them.
  mutating func enterComponent(_ interface: ComponentInterface, _ types: ComponentTypes) {
    var scope = Scope()
    add(interface.imports, of: nil, types, to: &scope)
    scope.isExporting = true
    add(interface.exports, of: nil, types, to: &scope)
    scope.isExporting = false
    scopes.append(scope)
  }

  /// Goes from the imports of the component to its exports.
  mutating func beginExports() { scopes[scopes.count - 1].isExporting = true }

  /// Begins an instance that is imported or exported under this name.
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

  /// Ends what was begun last.
  mutating func leave() { scopes.removeLast() }

  /// What a type is called here: its bare name, or `INTERFACE.{NAME}` if another interface gives the name. The type
  /// that has the name `own` here is not called by that.
  ///
  /// Different types have different names: `export` stands before that of an export which an import has as well,
  /// `$outer.{NAME}` is a name of the component around that the interface gives to something else,
  /// `$outer.INTERFACE.{NAME}` is that of an interface of the component around where the inner one has an interface of
  /// the same name, both with one `$outer.` for each that has it, and a name that is a word of WIT has a percent sign, as there.
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

  /// What stands before a name that so many of the components and interfaces inside give to something else.
  private static func outer(_ count: Int) -> String { String(repeating: "$outer.", count: count) }

  private static func path(_ outer: String?, _ name: String, isSecond: Bool) -> String {
    outer.map { "\($0).\(name)" } ?? (isSecond ? "export " : "") + name
  }

  private static func spelled(_ name: String) -> String { words.contains(name) ? "%" + name : name }

  /// The words that begin a type in WIT, which a name has a percent sign before.
  static let words: Set<String> = [
    "bool", "s8", "s16", "s32", "s64", "u8", "u16", "u32", "u64", "float32", "float64", "f32", "f64", "char",
    "string",
    "error-context", "list", "option", "result", "tuple", "record", "variant", "enum", "flags", "own",
    "borrow",
    "resource", "stream", "future", "map", "func", "async", "interface", "component", "core", "type",
    "export",
  ]
}
