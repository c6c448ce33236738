/// An instance of a core module, or a list of items used as one.
struct ComponentCoreInstance: Sendable {
  /// The source of the exports: instances with the same source have the same exports.
  enum Source: Hashable, Sendable {
    /// A module, by its index in the arena.
    case module(Int)
    /// A list in a component, by its number.
    case exports(Int)
  }

  var source: Source
  var exports: NamedItems<ExactName, CoreExternType>
}

/// An instance that a module receives under one of the module names of its imports.
struct ModuleArgument: Hashable, Sendable {
  var module: Int
  var name: ExactName
  var source: ComponentCoreInstance.Source
}

/// The cached results of instantiations of core modules, so that their time does not grow with the product of their
/// number and the number of imports.
struct CoreInstantiations: Sendable {
  typealias ModuleImports = (name: ExactName, positions: [Int])

  private var fitting: Set<ModuleArgument> = []
  private var imports: [Int: [ModuleImports]] = [:]
  private var listCount = 0

  /// Whether an argument was found to provide all imports under its name.
  func contains(_ argument: ModuleArgument) -> Bool { fitting.contains(argument) }

  mutating func insert(_ argument: ModuleArgument) { fitting.insert(argument) }

  /// The positions of a module's imports by module name, in the order of first use.
  mutating func imports(
    of module: Int, _ interface: ModuleInterface
  ) -> [ModuleImports] {
    if let known = imports[module] { return known }
    var groups: [ModuleImports] = []
    var places: [ExactName: Int] = [:]
    for (position, entry) in interface.imports.entries.enumerated() {
      if let place = places[entry.name.module] {
        groups[place].positions.append(position)
      } else {
        places[entry.name.module] = groups.count
        groups.append((entry.name.module, [position]))
      }
    }
    imports[module] = groups
    return groups
  }

  /// Returns a new number for a list of items used as an instance.
  mutating func makeList() -> Int {
    listCount += 1
    return listCount - 1
  }
}

extension ComponentTypes {
  func isKnown(_ argument: ModuleArgument) -> Bool { instantiations.contains(argument) }

  mutating func note(_ argument: ModuleArgument) { instantiations.insert(argument) }

  mutating func importsByModule(of module: Int) -> [CoreInstantiations.ModuleImports] {
    instantiations.imports(of: module, modules[module])
  }

  mutating func makeListOfExports() -> Int { instantiations.makeList() }
}
