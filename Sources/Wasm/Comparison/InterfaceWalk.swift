/// Goes through two lists of imports or exports side by side and notes what differs.
struct InterfaceWalk {
  /// Where the lists stand.
  struct Place {
    var subject: InterfaceChange.Subject
    /// Whether the module offers what is listed; else it needs it.
    var isOffered: Bool
    var encoding: Encoding
    /// Whether a package holds what is listed.
    var isPackage = false
    /// What the names begin with, which tells what they are inside of.
    var prefix = ""
  }

  private(set) var changes: [InterfaceChange] = []
  private var names = InterfaceNames()

  /// The most types of one import that a further one is held against; past it the answer is not certain.
  private static let duplicateLimit = 100

  /// Compares the imports and exports of two modules of one encoding.
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

  /// Compares the interfaces and worlds of two packages. An interface is a promise, like an export. A world is one to
  /// components that are made for it: that it has the imports, and asks for no more than the exports.
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

  /// Compares the interfaces of other packages that an interface uses types of. Nothing depends on which these are, but
  /// on what the types are.
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

  /// Begins a component that a host offers the imports of.
  mutating func enterHost() { names.enterComponent() }

  /// What keeps a component from taking something of the offered type for an import: the first change that would be
  /// major; nil if it can take it. The types of earlier imports have the names that `noteHost` was told.
  mutating func obstacle(to needed: InterfaceItem, offered: ExternalType) -> InterfaceChange? {
    var offer = needed
    offer.type = offered
    changes = []
    compareTypes(needed, offer, in: Place(subject: .import, isOffered: true, encoding: .component))
    return changes.first { $0.severity == .major }
  }

  /// Notes by which name the host offers an import, and in which type, if that is known.
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

  /// A host that offers an import in several types offers one thing that has them all.
  private func severity(ofAdding type: ExternalType, to known: [ExternalType], in place: Place)
    -> ChangeSeverity
  {
    place.isOffered || known.contains { $0.isSubtype(of: type) } ? .minor : .major
  }

  /// Compares the versions of an interface that only one of two components has beside one that both have.
  ///
  /// Whoever offers a later version offers an earlier one too, if that holds nothing else.
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

  /// Whether a version of an interface does wherever another one is asked for: the offered one is the new module's if
  /// the module offers it, else the old module's.
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

  /// What it means that an instance implements another interface than before; nil if it is the same one.
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

  /// Compares what a nested module or component exports, and the other way round what it imports.
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
  /// The items in order, one for each type that is not among `others`.
  fileprivate func uniqueTypes(without others: Set<ExternalType>) -> [InterfaceItem] {
    var seen = others
    return filter { seen.insert($0.type).inserted }
  }
}
