/// Compares two lists of imports or exports and records the differences.
struct InterfaceDiff {
  /// The position of the lists.
  struct Place {
    var subject: InterfaceChange.Subject
    /// Whether the module offers the items; otherwise it requires them.
    var isOffered: Bool
    var encoding: Encoding
    /// Whether the items are those of a package.
    var isPackage = false
    /// The prefix of names, which names the enclosing items.
    var prefix = ""
  }

  private(set) var changes: [InterfaceChange] = []
  private var names = InterfaceNames()

  /// The maximum number of types of one import with which another is compared; with more, the result is uncertain.
  private static let duplicateLimit = 100

  /// Compares the imports and exports of two modules with the same encoding.
  mutating func compare(_ old: ModuleDescription, _ new: ModuleDescription) {
    let before = InterfaceItems(old.imports, old.exports)
    let after = InterfaceItems(new.imports, new.exports)
    if let old = old.package, let new = new.package { return compare(old, new) }
    if old.encoding == .component { names.enterComponent(before, after) }
    compare(
      before.exports, after.exports, in: Place(subject: .export, isOffered: true, encoding: old.encoding))
    compare(
      before.imports, after.imports, in: Place(subject: .import, isOffered: false, encoding: old.encoding))
    if old.encoding == .component { names.leaveComponent() }
  }

  /// Compares the interfaces and worlds of two packages. An interface is a promise, like an export. A world is a
  /// promise to components made for it: it has the imports, and requires no more than the exports.
  private mutating func compare(_ old: PackageDescription, _ new: PackageDescription) {
    func uses(_ package: PackageDescription) -> [ExactName: [InterfaceItem]] {
      let own = Set(package.items.map { ExactName($0.name) })
      return Dictionary(
        package.items.map { item in
          let imports = item.imports.filter { !own.contains(ExactName($0.name)) }
          return (ExactName(item.name), imports.map(InterfaceItem.init))
        }, uniquingKeysWith: { $1 })
    }
    func items(_ package: PackageDescription) -> [InterfaceItem] {
      package.items.map { InterfaceItem(ModuleExport(name: $0.name, type: $0.type)) }
    }
    func wrapped(_ items: [InterfaceItem], _ package: PackageDescription) -> InterfaceItems {
      let imports = package.items.filter { item in items.contains { $0.name == item.name } }.flatMap(
        \.imports)
      return InterfaceItems(imports, items.map { ModuleExport(name: $0.name, type: $0.type) })
    }
    let (oldUses, newUses) = (uses(old), uses(new))
    let place = Place(subject: .export, isOffered: true, encoding: .component, isPackage: true)
    for group in [InterfaceItemGroup](items(old), items(new), in: .component) {
      names.enterComponent(wrapped(group.old, old), wrapped(group.new, new))
      compare(group, in: place)
      if let before = group.old.first, let after = group.new.first {
        compareUsed(
          oldUses[ExactName(before.name)] ?? [], newUses[ExactName(after.name)] ?? [])
      }
      names.leaveComponent()
    }
  }

  /// Compares the interfaces of other packages whose types an interface uses. Only the types matter, not which
  /// interfaces these are.
  private mutating func compareUsed(_ old: [InterfaceItem], _ new: [InterfaceItem]) {
    let place = Place(subject: .import, isOffered: true, encoding: .component)
    for group in [InterfaceItemGroup](old, new, in: .component) {
      guard let before = group.old.first, let after = group.new.first else { continue }
      let known = Set(changes)
      let start = changes.endIndex
      noteVersion(before, after, in: place)
      compareTypes(before, after, in: place)
      let found = changes[start...].filter { !known.contains($0) }
      changes.replaceSubrange(start..., with: found)
    }
  }

  /// Begins a component whose imports a host offers.
  mutating func enterHost() { names.enterComponent() }

  /// Returns why a component cannot import an item of the offered type: the first change that would be major; nil if it
  /// can. The types of earlier imports have the names given to `noteHost`.
  mutating func obstacle(to needed: InterfaceItem, offered: ExternalType) -> InterfaceChange? {
    var offer = needed
    offer.type = offered
    changes = []
    compareTypes(needed, offer, in: Place(subject: .import, isOffered: true, encoding: .component))
    return changes.first { $0.severity == .major }
  }

  /// Records the name under which the host offers an import, and its type if it is known.
  mutating func noteHost(_ name: String, offers needed: InterfaceItem, as type: ExternalType?) {
    names.addImport(needed, named: name, as: type)
  }

  private mutating func compare(_ old: [InterfaceItem], _ new: [InterfaceItem], in place: Place) {
    for group in [InterfaceItemGroup](old, new, in: place.encoding) { compare(group, in: place) }
  }

  private mutating func compare(_ group: InterfaceItemGroup, in place: Place) {
    if let old = group.old.first, let new = group.new.first,
      place.encoding == .component || group.old.count == 1 && group.new.count == 1
    {
      noteVersion(old, new, in: place)
      compareTypes(old, new, in: place)
      return compareFurther(group, old, new, in: place)
    }
    let oldTypes = Set(group.old.map(\.type))
    let newTypes = Set(group.new.map(\.type))
    let removed = group.old.uniqueTypes(without: newTypes)
    let added = group.new.uniqueTypes(without: oldTypes)
    let known = group.old.uniqueTypes(without: []).prefix(Self.duplicateLimit).map(\.type)
    for (old, new) in zip(removed, added) {
      note(.changed, old, new, severity(ofAdding: new.type, to: known, in: place), in: place)
    }
    for new in added.dropFirst(removed.count) {
      note(.added, nil, new, severity(ofAdding: new.type, to: known, in: place), in: place)
    }
    for old in removed.dropFirst(added.count) {
      note(.removed, old, nil, place.isOffered ? .major : .minor, in: place)
    }
  }

  /// A host that offers an import with several types offers one item that has all of them.
  private func severity(ofAdding type: ExternalType, to known: [ExternalType], in place: Place)
    -> ChangeSeverity
  {
    place.isOffered || known.contains { $0.isSubtype(of: type) } ? .minor : .major
  }

  /// Compares the versions of an interface that only one of two components has, next to one that both have.
  ///
  /// A component that offers a later version also offers an earlier one, if that contains nothing else.
  private mutating func compareFurther(
    _ group: InterfaceItemGroup, _ old: InterfaceItem, _ new: InterfaceItem, in place: Place
  ) {
    for further in group.old.dropFirst() {
      let isKept = !place.isOffered || stands(new, for: further, isOffered: true)
      note(.removed, further, nil, isKept ? .minor : .major, in: place)
    }
    for further in group.new.dropFirst() {
      let isMet = place.isOffered || stands(old, for: further, isOffered: false)
      note(.added, nil, further, isMet ? .minor : .major, in: place)
    }
  }

  /// Whether a version of an interface can be used where another one is required: the offered one is in the new module
  /// if the module offers it, else in the old module.
  private mutating func stands(_ item: InterfaceItem, for other: InterfaceItem, isOffered: Bool) -> Bool {
    let before = changes
    defer { changes = before }
    changes = []
    let place = Place(
      subject: isOffered ? .export : .import, isOffered: isOffered, encoding: .component)
    let (old, new) = isOffered ? (other, item) : (item, other)
    noteVersion(old, new, in: place)
    compareTypes(old, new, in: place)
    return changes.allSatisfy { $0.severity < .major }
  }

  private mutating func noteVersion(_ old: InterfaceItem, _ new: InterfaceItem, in place: Place) {
    guard ExactName(old.name) != ExactName(new.name), let before = InterfaceVersion(of: old.name),
      let after = InterfaceVersion(of: new.name)
    else { return }
    let isCompatible = place.isOffered ? before.isAtMost(after) : after.isAtMost(before)
    changes.append(
      InterfaceChange(
        subject: place.subject, action: .version, name: place.prefix + before.base, old: before.text,
        new: after.text, severity: isCompatible ? .minor : .major))
  }

  private mutating func compareTypes(_ old: InterfaceItem, _ new: InterfaceItem, in place: Place) {
    var inner = place
    inner.isPackage = false
    inner.prefix += old.joinedName + "#"
    switch (old.type, new.type) {
    case (.instance(let before, let oldInterface), .instance(let after, let newInterface)):
      if let severity = severity(ofImplementing: newInterface, insteadOf: oldInterface, in: place) {
        note(.changed, old, new, severity, in: place)
      }
      let (before, after) = (before.map(InterfaceItem.init), after.map(InterfaceItem.init))
      inner.encoding = .component
      names.enterInterface(before, after)
      compare(before, after, in: inner)
      names.leaveInterface()
    case (.component(let oldImports, let oldExports), .component(let newImports, let newExports)):
      let (before, after) = (InterfaceItems(oldImports, oldExports), InterfaceItems(newImports, newExports))
      inner.encoding = .component
      if place.isPackage { inner.isOffered.toggle() }
      names.enterComponent(before, after)
      compareNested(before, after, in: inner)
      names.leaveComponent()
    case (.module(let oldImports, let oldExports), .module(let newImports, let newExports)):
      inner.encoding = .core
      compareNested(
        InterfaceItems(oldImports, oldExports), InterfaceItems(newImports, newExports), in: inner)
    case (let before, let after) where place.encoding == .component:
      if !names.areEqual(before, after) { note(.changed, old, new, .major, in: place) }
    case (let before, let after) where before != after:
      let isCompatible = place.isOffered ? after.isSubtype(of: before) : before.isSubtype(of: after)
      note(.changed, old, new, isCompatible ? .minor : .major, in: place)
    default: break
    }
  }

  /// The severity of a change of the interface that an instance implements; nil if it is the same.
  private func severity(ofImplementing new: String?, insteadOf old: String?, in place: Place)
    -> ChangeSeverity?
  {
    guard new.map({ ExactName($0) }) != old.map({ ExactName($0) }) else { return nil }
    let (promised, kept) = place.isOffered ? (old, new) : (new, old)
    guard let promised else { return .minor }
    guard let kept, let before = InterfaceVersion(of: promised), let after = InterfaceVersion(of: kept),
      before.track == after.track
    else { return .major }
    return before.isAtMost(after) ? .minor : .major
  }

  /// Compares the exports of a nested module or component, and its imports with the roles reversed.
  private mutating func compareNested(_ old: InterfaceItems, _ new: InterfaceItems, in place: Place) {
    compare(old.exports, new.exports, in: place)
    var reversed = place
    reversed.isOffered.toggle()
    reversed.prefix += "import "
    compare(old.imports, new.imports, in: reversed)
  }

  private mutating func note(
    _ action: InterfaceChange.Action, _ old: InterfaceItem?, _ new: InterfaceItem?,
    _ severity: ChangeSeverity,
    in place: Place
  ) {
    guard let item = old ?? new else { return }
    let isNested = !place.prefix.isEmpty
    changes.append(
      InterfaceChange(
        subject: place.subject, action: action, module: isNested ? nil : item.module,
        name: isNested ? place.prefix + item.joinedName : item.name,
        old: old?.type.summary(in: place.encoding), new: new?.type.summary(in: place.encoding),
        severity: severity))
  }
}

extension [InterfaceItem] {
  /// The items in order, one for each type that is not in `others`.
  fileprivate func uniqueTypes(without others: Set<ExternalType>) -> [InterfaceItem] {
    var seen = others
    return filter { seen.insert($0.type).inserted }
  }
}
