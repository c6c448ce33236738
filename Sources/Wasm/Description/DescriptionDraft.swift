/// What is found for a description while the input is decoded.
struct DescriptionDraft: Sendable {
  private var name: String?
  private var sections: [SectionDescription] = []
  private var producers: [Producer] = []
  private var knownProducers: Set<Producer> = []
  private var targetFeatures: [String] = []
  /// The bounds on what sections, custom sections and types take, apart from each other: nobody can hide imports
  /// behind a great many sections.
  private var sectionBudget = DescriptionBudget(byteCount: 1 << 20)
  private var customBudget = DescriptionBudget(byteCount: 1 << 20)
  var typeBudget = DescriptionBudget(byteCount: 1 << 24)

  /// Adds a section of the outermost module or component.
  mutating func addSection(_ name: String, isCustom: Bool, from start: Int, to end: Int) {
    guard sectionBudget.take(name) else { return }
    sections.append(
      SectionDescription(name: name, isCustom: isCustom, offset: start, size: end - start, count: nil))
  }

  /// Notes how many entries the section added last has.
  mutating func setSectionCount(_ count: Int) {
    guard !sectionBudget.isExceeded else { return }
    sections[sections.count - 1].count = count
  }

  /// Takes what it can from the bytes of a custom section.
  mutating func read(_ contents: ByteReader, of section: CustomSection) {
    var contents = contents
    switch section {
    case .name:
      if let found = try? contents.moduleName() { name = name ?? found }
    case .producers:
      try? contents.producers { producer in
        guard knownProducers.insert(producer).inserted else { return }
        if customBudget.take(producer.field, producer.name, producer.version) { producers.append(producer) }
      }
    case .targetFeatures:
      try? contents.targetFeatures { feature in
        if customBudget.take(feature) { targetFeatures.append(feature) }
      }
    }
  }

  /// Describes what a core module needs and offers.
  mutating func describe(_ module: CoreModule, types: CoreTypes, in description: inout ModuleDescription) {
    var describer = CoreTypeDescriber(types: types)
    for entry in module.imports {
      let type = describer.describe(entry.type)
      guard typeBudget.take(entry.module, entry.name) && typeBudget.take(type) else { break }
      description.imports.append(ModuleImport(module: entry.module, name: entry.name, type: type))
    }
    for entry in module.exports {
      let type = describer.describe(entry.type)
      guard typeBudget.take(entry.name) && typeBudget.take(type) else { break }
      description.exports.append(ModuleExport(name: entry.name, type: type))
    }
    description.memories = module.memories.map { MemoryDescription($0) }
    for table in module.tables {
      let type = describer.describe(table)
      guard typeBudget.take(type.element) else { break }
      description.tables.append(type)
    }
    description.definedFunctions = module.functions.count - module.importedFunctions
    description.start = module.start
  }

  /// Adds to a description what was found besides imports and exports.
  func finish(_ description: inout ModuleDescription) {
    description.name = name
    description.sections = sections
    description.producers = producers
    description.targetFeatures = targetFeatures
    description.isComplete = [sectionBudget, customBudget, typeBudget].allSatisfy(\.isKept)
  }
}

/// A bound on the size of a part of a description. Once something does not fit, nothing more does.
struct DescriptionBudget: Sendable {
  private var rest: Int
  private(set) var isExceeded = false
  private var isCut = false

  /// Whether everything is there, and whole.
  var isKept: Bool { !isExceeded && !isCut }

  init(byteCount: Int) { rest = byteCount }

  /// Notes that a text was cut because of a bound of its own.
  mutating func noteCut() { isCut = true }

  /// Takes the room of an item with these texts; false if there is not enough left.
  mutating func take(_ texts: String...) -> Bool { take(texts) }

  /// Takes the room of a core type.
  mutating func take(_ type: ExternalType) -> Bool {
    switch type {
    case .function(let signature):
      take(signature.parameters.map(\.type)) && take(signature.results)
    case .tag(let parameters): take(parameters)
    default: take([])
    }
  }

  /// Takes the room of an item with these texts, 16 bytes for the item and 4 for each text included.
  mutating func take(_ texts: [String]) -> Bool {
    var size = 16
    for text in texts { size += 4 + text.utf8.count }
    isExceeded = isExceeded || size > rest
    if !isExceeded { rest -= size }
    return !isExceeded
  }
}
