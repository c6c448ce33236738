/// The names that imports, exports and interfaces give to types, those of the innermost interface first.
struct TypeNames {
  /// The name of a type, and the interface that gives it; nil where the component itself does.
  private struct Name {
    var interface: String?
    var name: String
  }

  private var scopes: [[ComponentTypeID: Name]] = []
  /// The interface that is described, and those around it; nil stands for a component.
  private var interfaces: [String?] = []

  /// How many more items of interfaces are looked at for names: a few hundred bytes can stand for a million.
  private var rest = 100_000

  /// Whether no name was passed over.
  var isComplete: Bool { rest > 0 }

  /// Begins a component, whose imports and exports name types, also those of instances among them.
  mutating func enterComponent(_ interface: ComponentInterface, _ types: ComponentTypes) {
    var scope: [ComponentTypeID: Name] = [:]
    for items in [interface.imports, interface.exports] {
      add(items, of: nil, types, to: &scope)
    }
    scopes.append(scope)
    interfaces.append(nil)
  }

  /// Begins an instance that is imported or exported under this name.
  mutating func enterInstance(_ items: NamedItems<ExactName, ComponentEntity>, named name: String) {
    let interface = TypeNames.path(interfaces.last ?? nil, name)
    var scope: [ComponentTypeID: Name] = [:]
    for entry in items.entries {
      guard case .type(let created, _) = entry.item, scope[created] == nil else { continue }
      scope[created] = Name(interface: interface, name: entry.name.text)
    }
    scopes.append(scope)
    interfaces.append(interface)
  }

  /// Ends what was begun last.
  mutating func leave() {
    scopes.removeLast()
    interfaces.removeLast()
  }

  /// What a type is called here: its bare name, or `INTERFACE.{NAME}` if another interface gives the name. The type
  /// that has the name `own` here is not called by that.
  func text(of type: ComponentTypeID, otherThan own: String? = nil) -> String? {
    let here = interfaces.last ?? nil
    for scope in scopes.reversed() {
      guard let known = scope[type] else { continue }
      guard let interface = known.interface, interface != here else {
        if known.interface == here && known.name == own { continue }
        return known.name
      }
      return "\(interface).{\(known.name)}"
    }
    return nil
  }

  private mutating func add(
    _ items: NamedItems<ExactName, ComponentEntity>, of interface: String?, _ types: ComponentTypes,
    to scope: inout [ComponentTypeID: Name]
  ) {
    for entry in items.entries {
      guard rest > 0 else { return }
      rest -= 1
      switch entry.item {
      case .type(let created, _):
        if scope[created] == nil { scope[created] = Name(interface: interface, name: entry.name.text) }
      case .instance(let id):
        add(types.instances[id].exports, of: TypeNames.path(interface, entry.name.text), types, to: &scope)
      case .module, .function, .component: break
      }
    }
  }

  private static func path(_ outer: String?, _ name: String) -> String {
    outer.map { "\($0).\(name)" } ?? name
  }
}
