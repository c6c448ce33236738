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

  /// The most types of one import that a further one is held against; past it the answer is not certain.
  private static let duplicateLimit = 100

  mutating func compare(_ old: [InterfaceItem], _ new: [InterfaceItem], in place: Place) {
    var places: [InterfaceItem.Key: Int] = [:]
    var groups: [InterfaceItemGroup] = []
    func index(of item: InterfaceItem) -> Int {
      if let index = places[item.key] { return index }
      places[item.key] = groups.count
      groups.append(InterfaceItemGroup())
      return groups.count - 1
    }
    for item in old { groups[index(of: item)].old.append(item) }
    for item in new { groups[index(of: item)].new.append(item) }
    if place.encoding == .component { joinCompatibleVersions(&groups) }
    for group in groups { compare(group, in: place) }
  }

  /// Puts an item that only the old module has together with one of a compatible version that only the new one has.
  private func joinCompatibleVersions(_ groups: inout [InterfaceItemGroup]) {
    var raised: [ExactName: [Int]] = [:]
    for (index, group) in groups.enumerated() where group.old.isEmpty {
      guard let name = group.new.first?.name, let version = InterfaceVersion(of: name) else { continue }
      raised[version.track, default: []].append(index)
    }
    guard !raised.isEmpty else { return }
    var joined: Set<Int> = []
    for index in groups.indices where groups[index].new.isEmpty {
      guard let name = groups[index].old.first?.name, let track = InterfaceVersion(of: name)?.track,
        let partner = raised[track]?.first
      else { continue }
      raised[track]?.removeFirst()
      groups[index].new = groups[partner].new
      joined.insert(partner)
    }
    groups = groups.enumerated().filter { !joined.contains($0.offset) }.map(\.element)
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
    case (.instance(let before), .instance(let after)):
      inner.encoding = .component
      compare(before.map(InterfaceItem.init), after.map(InterfaceItem.init), in: inner)
    case (.component(let oldImports, let oldExports), .component(let newImports, let newExports)):
      inner.encoding = .component
      compareNested((oldImports, oldExports), (newImports, newExports), in: inner)
    case (.module(let oldImports, let oldExports), .module(let newImports, let newExports)):
      inner.encoding = .core
      compareNested((oldImports, oldExports), (newImports, newExports), in: inner)
    case (let before, let after) where before != after:
      if place.encoding == .component, before.withCanonicalVersions == after.withCanonicalVersions { return }
      let isCompatible = place.isOffered ? after.isSubtype(of: before) : before.isSubtype(of: after)
      note(.changed, old, new, isCompatible ? .minor : .major, in: place)
    default: break
    }
  }

  /// Compares what a nested module or component exports, and the other way round what it imports.
  private mutating func compareNested(
    _ old: (imports: [ModuleImport], exports: [ModuleExport]),
    _ new: (imports: [ModuleImport], exports: [ModuleExport]), in place: Place
  ) {
    compare(old.exports.map(InterfaceItem.init), new.exports.map(InterfaceItem.init), in: place)
    var reversed = place
    reversed.isOffered.toggle()
    reversed.prefix += "import "
    compare(old.imports.map(InterfaceItem.init), new.imports.map(InterfaceItem.init), in: reversed)
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
