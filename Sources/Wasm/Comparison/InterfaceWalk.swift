/// Goes through two lists of imports or exports side by side and notes what differs.
struct InterfaceWalk {
  /// Where the lists stand.
  struct Place {
    var subject: InterfaceChange.Subject
    /// Whether the module offers what is listed; else it needs it.
    var isOffered: Bool
    var encoding: Encoding
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
    if old.encoding == .component { names.enterComponent(before, after) }
    compare(
      before.exports, after.exports, in: Place(subject: .export, isOffered: true, encoding: old.encoding))
    compare(
      before.imports, after.imports, in: Place(subject: .import, isOffered: false, encoding: old.encoding))
    if old.encoding == .component { names.leaveComponent() }
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
    if group.old.count == 1, group.new.count == 1 {
      noteVersion(group.old[0], group.new[0], in: place)
      compareTypes(group.old[0], group.new[0], in: place)
      return
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
