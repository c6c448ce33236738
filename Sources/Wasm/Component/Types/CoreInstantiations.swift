/// An instance of a core module, or a list of items that stands for one.
struct ComponentCoreInstance: Sendable {
  /// Where the exports come from: those of one source are the same.
  enum Source: Hashable, Sendable {
    /// A module, by its place in the arena.
    case module(Int)
    /// A list in a component, by its number.
    case exports(Int)
  }

  var source: Source
  var exports: NamedItems<ExactName, CoreExternType>
}

/// An instance that is given to a module under one of the names that its imports come from.
struct ModuleArgument: Hashable, Sendable {
  var module: Int
  var name: ExactName
  var source: ComponentCoreInstance.Source
}

/// What is known of instantiations of core modules, so that the time for them does not grow with the product of their
/// number and the number of imports.
struct CoreInstantiations: Sendable {
  typealias ModuleImports = (name: ExactName, positions: [Int])

  private var fitting: Set<ModuleArgument> = []
  private var imports: [Int: [ModuleImports]] = [:]
  private var listCount = 0

  /// Whether an argument was found to give all that is imported under its name.
  func contains(_ argument: ModuleArgument) -> Bool { fitting.contains(argument) }

  mutating func insert(_ argument: ModuleArgument) { fitting.insert(argument) }

  /// The positions of a module's imports by the first of their names, in the order of their first use.
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

  /// A number for a list of items that stands for an instance.
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
