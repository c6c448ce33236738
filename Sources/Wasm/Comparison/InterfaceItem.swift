/// An import or export in a comparison.
struct InterfaceItem {
  /// The names that must be equal for two items to match.
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

  /// Its definition, if it is a value type.
  var definition: ValueTypeDescription? {
    if case .type(let definition) = type { definition } else { nil }
  }

  /// The name as a part of a longer name: `env.log`.
  var joinedName: String { (module.map { $0 + "." } ?? "") + name }
}

/// The items with one name. There are several only if a core module imports a name more than once, or a component has
/// more than one version of an interface. Then the first items of each side match.
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
  /// Groups the items with the same name, and in a component also compatible versions.
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

  /// Groups an item that is only in the old module with an item of a compatible version that is only in the new one.
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
  /// Adds a version that is only in one module to the group of the latest compatible version that is in both.
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
