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
    case .resource, .type: true
    case .function, .table, .memory, .global, .tag, .module, .component, .instance: false
    }
  }

  /// The name as part of another: `env.log`.
  var joinedName: String { (module.map { $0 + "." } ?? "") + name }
}

/// The items of one name: several only where a core module imports a name more than once.
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
    if encoding == .component { joinCompatibleVersions() }
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
}
