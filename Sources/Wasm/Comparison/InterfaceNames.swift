/// The names that two compared components use for the items that were matched, to decide which types are the same.
///
/// Each named item has a number, which is the same on both sides if the comparison matched the two.
struct InterfaceNames {
  /// A side of the comparison.
  enum Side {
    case old
    case new
  }

  /// The meaning of a name.
  private struct Entry {
    var number: Int
    /// Whether it is a type.
    var isType: Bool
    /// The definition of the type; nil if it is a resource or unknown.
    var definition: ValueTypeDescription?

    init(_ item: InterfaceItem, number: Int) {
      self.number = number
      isType = item.isType
      definition = item.definition
    }
  }

  /// The place of a type, which determines the meaning of the names in it.
  struct Context {
    /// The number of enclosing components whose names are visible, the outermost first.
    fileprivate var scopeCount: Int
    /// The enclosing interface.
    fileprivate var interface: Interface

    fileprivate enum Interface {
      case none
      /// The interface that is being compared.
      case current
      /// An interface with a number.
      case numbered(Int)
    }
  }

  private typealias Table = [ExactName: Entry]

  private struct Pair<Value> {
    var old: Value
    var new: Value

    subscript(side: Side) -> Value { side == .old ? old : new }
  }

  /// The names of types in an interface.
  private struct Interface {
    var types: Pair<[ExactName: ValueTypeDescription?]>
    /// Whether they are the same on both sides.
    var isSame: Bool
  }

  /// The names of a component.
  private struct Scope {
    var imports = Pair(old: Table(), new: Table())
    var exports = Pair(old: Table(), new: Table())
    /// The names of types in the interfaces that are being compared, the innermost last.
    var interfaces: [Interface] = []
    /// Whether each name means the same on both sides.
    var isSame = true
  }

  /// The item with a number, or one in it at a path.
  struct Item: Equatable {
    fileprivate var number: Int
    fileprivate var path: ArraySlice<ExactName> = []
  }

  /// What the name of a type means. Two equal meanings are the same type.
  enum Meaning: Equatable {
    /// A type of the interface that is being compared, or one that nothing here has.
    case name(TypeReference)
    /// An item, or the type with a name in it. If it may be one of several items, all of them are listed.
    case items([Item], type: ExactName? = nil, outerCount: Int = 0)
  }

  /// What is known about the name of a type.
  struct NamedType {
    /// The meaning.
    var meaning: Meaning
    /// The definition and its context; nil for a resource, and if it is unknown or uncertain.
    var definition: (type: ValueTypeDescription, context: Context)?
  }

  private var scopes: [Scope] = []
  /// The items of interfaces by the interface's number.
  private var items = Pair(old: [Int: Table](), new: [Int: Table]())
  private var count = 0

  /// The remaining number of types that are compared with definitions instead of names.
  var expansionBudget = 1 << 22

  /// Whether each name means the same on both sides.
  var areSame: Bool {
    scopes.allSatisfy { $0.isSame && $0.interfaces.last?.isSame != false }
  }

  /// Begins a component with its imports and exports on both sides.
  mutating func enterComponent(_ old: InterfaceItems, _ new: InterfaceItems) {
    var scope = Scope()
    scope.imports = join(old.imports, new.imports, &scope.isSame)
    scope.exports = join(old.exports, new.exports, &scope.isSame)
    scopes.append(scope)
  }

  /// Begins a component whose imports a host offers; each import is added later.
  mutating func enterComponent() { scopes.append(Scope()) }

  /// Adds an import of the old side that has another name and another or unknown type on the new side. Several imports
  /// may be the same item on the new side.
  mutating func addImport(_ old: InterfaceItem, named name: String, as type: ExternalType?) {
    guard let last = scopes.indices.last else { return }
    let new = ExactName(name)
    let known = scopes[last].imports.new[new]
    count += known == nil ? 1 : 0
    let number = known?.number ?? count
    scopes[last].imports.old[ExactName(old.name)] = Entry(old, number: number)
    if known == nil {
      var offer = old
      offer.type = type ?? (old.isType ? .resource : old.type)
      scopes[last].imports.new[new] = Entry(offer, number: number)
    }
    if ExactName(old.name) != new { scopes[last].isSame = false }
    guard known == nil, case .instance(let before, _) = old.type, case .instance(let after, _)? = type else {
      return
    }
    var isSame = true
    join(before, after, number: number, &isSame)
    if !isSame { scopes[last].isSame = false }
  }

  /// Ends the innermost component.
  mutating func leaveComponent() { scopes.removeLast() }

  /// Begins an interface in the innermost component.
  mutating func enterInterface(_ old: [InterfaceItem], _ new: [InterfaceItem]) {
    func types(_ items: [InterfaceItem]) -> [ExactName: ValueTypeDescription?] {
      Dictionary(
        items.lazy.filter(\.isType).map { (ExactName($0.name), $0.definition) }, uniquingKeysWith: { $1 })
    }
    guard let last = scopes.indices.last else { return }
    let names = Pair(old: types(old), new: types(new))
    scopes[last].interfaces.append(Interface(types: names, isSame: names.old.keys == names.new.keys))
  }

  /// Ends the innermost interface.
  mutating func leaveInterface() {
    guard let last = scopes.indices.last else { return }
    scopes[last].interfaces.removeLast()
  }

  private mutating func join(_ old: [InterfaceItem], _ new: [InterfaceItem], _ isSame: inout Bool)
    -> Pair<Table>
  {
    var names = Pair(old: Table(), new: Table())
    for group in [InterfaceItemGroup](old, new, in: .component) {
      count += 1
      let number = count
      for item in group.old { names.old[ExactName(item.name)] = Entry(item, number: number) }
      for item in group.new { names.new[ExactName(item.name)] = Entry(item, number: number) }
      if group.old.count > 1 || group.new.count > 1 { isSame = false }
      guard let old = group.old.first, let new = group.new.first else {
        isSame = false
        continue
      }
      isSame = isSame && ExactName(old.name) == ExactName(new.name) && old.isType == new.isType
      guard case .instance(let before, _) = old.type, case .instance(let after, _) = new.type else {
        continue
      }
      join(before, after, number: number, &isSame)
    }
    return names
  }

  /// Numbers the items of two matched interfaces with this number.
  private mutating func join(
    _ old: [ModuleExport], _ new: [ModuleExport], number: Int, _ isSame: inout Bool
  ) {
    let inner = join(old.map(InterfaceItem.init), new.map(InterfaceItem.init), &isSame)
    items.old[number] = inner.old
    items.new[number] = inner.new
  }
}

extension InterfaceNames {
  /// The current position of the comparison.
  var context: Context { Context(scopeCount: scopes.count, interface: .current) }

  /// What is known about the name of a type.
  func type(named reference: TypeReference, in context: Context, on side: Side) -> NamedType {
    if !reference.interface.isEmpty { return interfaceType(at: reference, in: context, on: side) }
    if !reference.isExport, reference.outerCount == 0,
      let type = interfaceType(named: reference.name, in: context, on: side)
    {
      return type
    }
    var result = NamedType(meaning: .name(reference))
    var found: [Item] = []
    for (index, scope) in scopes.prefix(context.scopeCount).enumerated().reversed() {
      let imported = reference.isExport ? nil : scope.imports[side][reference.name]
      guard let entry = imported ?? scope.exports[side][reference.name], entry.isType else { continue }
      found.append(Item(number: entry.number))
      result.meaning = .items(found)
      guard reference.outerCount == 0 else { continue }
      let context = Context(scopeCount: index + 1, interface: .none)
      result.definition = entry.definition.map { ($0, context) }
      break
    }
    return result
  }

  /// What is known about the name of a type of the enclosing interface; nil if that has no such type.
  private func interfaceType(named name: ExactName, in context: Context, on side: Side) -> NamedType? {
    switch context.interface {
    case .none: return nil
    case .current:
      guard let definition = scopes.last?.interfaces.last?.types[side][name] else { return nil }
      return NamedType(
        meaning: .name(TypeReference(name: name)), definition: definition.map { ($0, context) })
    case .numbered(let number):
      guard let entry = items[side][number]?[name], entry.isType else { return nil }
      return NamedType(
        meaning: .items([Item(number: number)], type: name),
        definition: entry.definition.map { ($0, context) })
    }
  }

  /// What is known about a type of the interface at a path, which may be in any of the enclosing components.
  private func interfaceType(at reference: TypeReference, in context: Context, on side: Side) -> NamedType {
    var result = NamedType(meaning: .name(reference))
    var found: [Item] = []
    for (index, scope) in scopes.prefix(context.scopeCount).enumerated().reversed() {
      let path = reference.interface[...]
      let imported = reference.isExport ? nil : item(at: path, in: scope.imports[side], on: side)
      guard let item = imported ?? item(at: path, in: scope.exports[side], on: side) else { continue }
      found.append(item)
      result.meaning = .items(found, type: reference.name, outerCount: reference.outerCount)
      let isCertain = found.count == 1 && item.path.isEmpty && reference.outerCount == 0
      let definition = isCertain ? items[side][item.number]?[reference.name]?.definition : nil
      let context = Context(scopeCount: index + 1, interface: .numbered(item.number))
      result.definition = definition.map { ($0, context) }
    }
    return result
  }

  /// The item at a path from the items of a component; nil if there is none that begins the path.
  private func item(at path: ArraySlice<ExactName>, in table: Table, on side: Side) -> Item? {
    guard let first = path.first, let entry = table[first] else { return nil }
    let rest = path.dropFirst()
    let inner = items[side][entry.number].flatMap { item(at: rest, in: $0, on: side) }
    return inner ?? Item(number: entry.number, path: rest)
  }
}
