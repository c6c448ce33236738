/// An import or export, as comparisons match it with another.
struct InterfaceItem {
  /// The names that have to be the same.
  struct Key: Hashable {
    var module: ExactName?
    var name: ExactName
  }

  var module: String?
  var name: String
  var type: ExternalType

  init(_ entry: ModuleImport) {
    module = entry.module
    name = entry.name
    type = entry.type
  }

  init(_ entry: ModuleExport) {
    name = entry.name
    type = entry.type
  }

  var key: Key { Key(module: module.map { ExactName($0) }, name: ExactName(name)) }

  /// Whether it is a type.
  var isType: Bool {
    switch type {
    case .resource, .type, .typeOf: true
    case .function, .table, .memory, .global, .tag, .module, .component, .instance: false
    }
  }

  /// What it is defined as, if it is a type of values.
  var definition: String? {
    if case .type(let definition) = type { definition } else { nil }
  }

  /// The name as part of another: `env.log`.
  var joinedName: String { (module.map { $0 + "." } ?? "") + name }
}

/// The items of one name: several only where a core module imports a name more than once, or a component has more than
/// one version of an interface. Then the first of each side belong together.
struct InterfaceItemGroup {
  var old: [InterfaceItem] = []
  var new: [InterfaceItem] = []
}

/// The imports and exports of a module.
struct InterfaceItems {
  var imports: [InterfaceItem]
  var exports: [InterfaceItem]

  init(_ imports: [ModuleImport], _ exports: [ModuleExport]) {
    self.imports = imports.map(InterfaceItem.init)
    self.exports = exports.map(InterfaceItem.init)
  }
}

extension [InterfaceItemGroup] {
  /// Puts together the items that have the same name, and in a component those whose versions are compatible.
  init(_ old: [InterfaceItem], _ new: [InterfaceItem], in encoding: Encoding) {
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
    self = groups
    if encoding == .component {
      joinCompatibleVersions()
      joinVersionsSideBySide()
    }
  }

  /// Puts an item that only the old module has together with one of a compatible version that only the new one has.
  private mutating func joinCompatibleVersions() {
    var raised: [ExactName: ArraySlice<Int>] = [:]
    for (index, group) in enumerated() where group.old.isEmpty {
      guard let name = group.new.first?.name, let version = InterfaceVersion(of: name) else { continue }
      raised[version.track, default: []].append(index)
    }
    guard !raised.isEmpty else { return }
    var joined: Set<Int> = []
    for index in indices where self[index].new.isEmpty {
      guard let name = self[index].old.first?.name, let track = InterfaceVersion(of: name)?.track,
        let partner = raised[track]?.popFirst()
      else { continue }
      self[index].new = self[partner].new
      joined.insert(partner)
    }
    self = enumerated().filter { !joined.contains($0.offset) }.map(\.element)
  }
  /// Puts a version that only one of the modules has beside the latest compatible one that both have.
  private mutating func joinVersionsSideBySide() {
    var latest: [ExactName: (index: Int, version: InterfaceVersion)] = [:]
    for (index, group) in enumerated() {
      guard let old = group.old.first, group.new.first != nil, let version = InterfaceVersion(of: old.name),
        latest[version.track].map({ $0.version.isAtMost(version) }) ?? true
      else { continue }
      latest[version.track] = (index, version)
    }
    guard !latest.isEmpty else { return }
    var joined: Set<Int> = []
    for (index, group) in enumerated() where group.old.isEmpty || group.new.isEmpty {
      guard let item = group.old.first ?? group.new.first, let version = InterfaceVersion(of: item.name),
        let partner = latest[version.track]?.index
      else { continue }
      self[partner].old += group.old
      self[partner].new += group.new
      joined.insert(index)
    }
    self = enumerated().filter { !joined.contains($0.offset) }.map(\.element)
  }
}
