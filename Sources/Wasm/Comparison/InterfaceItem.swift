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

  /// The name as part of another: `env.log`.
  var joinedName: String { (module.map { $0 + "." } ?? "") + name }
}

/// The items of one name: several only where a core module imports a name more than once.
struct InterfaceItemGroup {
  var old: [InterfaceItem] = []
  var new: [InterfaceItem] = []
}
