/// The data collected for a description while the input is decoded.
struct DescriptionBuilder: Sendable {
  private var name: String?
  private var sections: [SectionDescription] = []
  private var producers: [Producer] = []
  private var knownProducers: Set<[ExactName]> = []
  private var targetFeatures: [String] = []
  private var worlds: [WorldDescription] = []
  /// The bounds on the size of sections and custom sections. Types have their own bound, so that a large number of
  /// sections cannot hide imports.
  private var sectionBudget = DescriptionBudget(byteCount: 1 << 20)
  private var customBudget = DescriptionBudget(byteCount: 1 << 20)
  /// The bound on the encoded size of the worlds.
  private var worldBudget = DescriptionBudget(byteCount: 1 << 20)

  /// Adds a section of the outermost module or component.
  mutating func addSection(_ name: String, isCustom: Bool, from start: Int, to end: Int) {
    guard !sectionBudget.isExceeded, sectionBudget.take(name) else { return }
    sections.append(
      SectionDescription(name: name, isCustom: isCustom, offset: start, size: end - start, count: nil))
  }

  /// Sets the number of entries of the last added section.
  mutating func setSectionCount(_ count: Int) {
    guard !sectionBudget.isExceeded else { return }
    sections[sections.count - 1].count = count
  }

  /// Reads data for the description from a custom section, as far as possible.
  mutating func read(_ contents: ByteReader, of section: CustomSection) {
    var contents = contents
    switch section {
    case .name:
      if let found = try? contents.moduleName() { name = name ?? found }
    case .producers:
      try? contents.producers { producer in
        let names = [producer.field, producer.name, producer.version].map { ExactName($0) }
        guard !customBudget.isExceeded, knownProducers.insert(names).inserted else { return }
        let size = producer.field.utf8.count + producer.name.utf8.count + producer.version.utf8.count
        if customBudget.take(size: size) { producers.append(producer) }
      }
    case .targetFeatures:
      try? contents.targetFeatures { feature in
        if customBudget.take(feature) { targetFeatures.append(feature) }
      }
    case .componentType:
      guard !worldBudget.isExceeded, let (found, isComplete) = try? contents.worlds(worldBudget) else {
        return
      }
      if !isComplete { worldBudget.noteCut() }
      for world in found where worldBudget.take(size: world.encodedSize) { worlds.append(world) }
    }
  }

  /// Adds the collected data to a description with imports and exports.
  func finish(_ description: inout ModuleDescription) {
    description.name = name
    description.sections = sections
    description.producers = producers
    description.targetFeatures = targetFeatures
    description.worlds = worlds
    description.isComplete =
      description.isComplete && sectionBudget.isKept && customBudget.isKept && worldBudget.isKept
  }
}

extension ModuleDescription {
  /// Adds the imports and exports of a core module.
  mutating func add(_ module: CoreModule, types: CoreTypes) {
    var budget = DescriptionBudget.ofTypes(moduleSize: size)
    var describer = CoreTypeDescriber(types: types)
    imports.reserveCapacity(budget.count(upTo: module.imports.count))
    for entry in module.imports {
      let (type, size) = describer.describe(entry.type)
      let nameSize = entry.module.utf8.count + entry.name.utf8.count
      guard budget.take(size: size + nameSize) else { break }
      imports.append(ModuleImport(module: entry.module, name: entry.name, type: type))
    }
    exports.reserveCapacity(budget.count(upTo: module.exports.count))
    for entry in module.exports {
      let (type, size) = describer.describe(entry.type)
      guard budget.take(size: size + entry.name.utf8.count) else { break }
      exports.append(ModuleExport(name: entry.name, type: type))
    }
    memories = module.memories.map { MemoryDescription($0) }
    for table in module.tables {
      let type = describer.describe(table)
      guard budget.take(type.element.text) else { break }
      tables.append(type)
    }
    definedFunctions = module.functions.count - module.importedFunctions
    start = module.start
    isComplete = budget.isKept
  }
}

/// A bound on the size of a part of a description. After one item does not fit, no more are added.
struct DescriptionBudget: Sendable {
  private var rest: Int
  private(set) var isExceeded = false
  private var isCut = false
  /// The size of an item without its texts.
  private static let itemSize = 20

  /// Whether nothing is missing or cut.
  var isKept: Bool { !isExceeded && !isCut }

  init(byteCount: Int) { rest = byteCount }

  /// The bound on imports, exports and tables, for a module of this size: a few hundred bytes can mean a million types.
  static func ofTypes(moduleSize: Int) -> DescriptionBudget {
    DescriptionBudget(byteCount: min(1 << 24, 1 << 18 + 16 * min(moduleSize, 1 << 24)))
  }

  /// Records that a text was cut because of a bound of its own.
  mutating func noteCut() { isCut = true }

  /// The maximum number of items that fit, up to `count`.
  func count(upTo count: Int) -> Int { min(count, rest / DescriptionBudget.itemSize) }

  /// Reserves the size of a text; false if there is not enough left.
  mutating func take(_ text: String) -> Bool { take(size: text.utf8.count) }

  /// Reserves the size of an item with texts of `size` bytes in total.
  mutating func take(size: Int) -> Bool {
    isExceeded = isExceeded || size + DescriptionBudget.itemSize > rest
    if !isExceeded { rest -= size + DescriptionBudget.itemSize }
    return !isExceeded
  }
}
