internal import Catalog
public import Wasm

/// Which modules are searched for. All conditions must hold.
public struct SearchRequest: Sendable {
  /// Paths and patterns as a `ListRequest` has them; a module's path must be selected by each.
  public var paths: [String] = []
  /// For each of them the module must have an import: by the first of its two names, by both joined by a dot, or
  /// of a component by its one name or by the interface that it implements.
  public var imports: [GlobPattern] = []
  /// For each of them the module must have an export: by its name or by the interface that it implements.
  public var exports: [GlobPattern] = []
  /// Features that the module must use.
  public var features: Features = []
  /// For each of them the module must name a producer: by its name, or by name, space and version.
  public var producers: [GlobPattern] = []
  /// The kinds that the module must have; more than one cannot be met.
  public var kinds: Set<EntryKind> = []
  /// The number of bytes that the module must exceed.
  public var largerThan: Int?
  /// The number of bytes that the module must fall short of.
  public var smallerThan: Int?
  /// The revision to search; nil for the branch's head.
  public var revision: String?
  /// Whether everything is searched that the paths held along the first parents, not the last tree alone.
  public var coversHistory = false

  /// Whether everything is searched that commits of any branch or tag have, instead of a revision.
  public var coversAllReferences = false
  /// Further conditions: all of one of them must hold, if there are any. Of each only the conditions count.
  public var alternatives: [SearchRequest] = []

  /// Asks for all modules of the branch.
  public init() {}
}

/// A module that a search found.
public struct FoundModule: Hashable, Sendable {
  /// The module and its path.
  public let entry: ListEntry
  /// The newest commit that has it there; nil unless the history was searched.
  public let commit: CommitID?
  /// The names that conditions were met by; nil where no condition is on names.
  public let hits: [SearchHit]?
}

/// A name in a module that a condition of a search was met by.
public struct SearchHit: Hashable, Sendable {
  /// What has a name.
  public enum Subject: String, Sendable {
    case `import`, export, producer
  }

  /// What has the name.
  public let subject: Subject
  /// The name: `env.log` for a core import, `rustc 1.89.0` for a producer.
  public let name: String
}

extension SearchRequest {
  /// How much of a module's facts the conditions look at.
  var detail: FactsDetail {
    let own: FactsDetail =
      imports.isEmpty && exports.isEmpty && features.isEmpty && producers.isEmpty ? .summary : .description
    return alternatives.contains { $0.detail == .description } ? .description : own
  }

  /// Whether a condition is on names.
  var asksForNames: Bool {
    !imports.isEmpty || !exports.isEmpty || !producers.isEmpty || alternatives.contains(where: \.asksForNames)
  }

  /// The most names that one condition tells of a module.
  private static let hitLimit = 100

  /// The names in a module that the conditions are met by, each once.
  func hits(in facts: ModuleFacts) -> [SearchHit] {
    guard let description = facts.description.flatMap({ ModuleDescription(encoded: $0) }) else { return [] }
    var hits: [SearchHit] = []
    var known: Set<[UInt8]> = []
    func add(_ subject: SearchHit.Subject, _ name: String) {
      // By bytes: Swift takes texts for equal that Unicode does.
      guard known.insert(Array((subject.rawValue + ":" + name).utf8)).inserted else { return }
      hits.append(SearchHit(subject: subject, name: name))
    }
    for conditions in [self] + alternatives {
      for pattern in conditions.imports {
        let found = description.imports.lazy.filter {
          $0.matches(pattern) || $0.type.isImplementation(of: pattern)
        }
        for item in found.prefix(Self.hitLimit) {
          add(.import, (item.module.map { $0 + "." } ?? "") + item.name)
        }
      }
      for pattern in conditions.exports {
        let found = description.exports.lazy.filter {
          pattern.matches($0.name) || $0.type.isImplementation(of: pattern)
        }
        for item in found.prefix(Self.hitLimit) { add(.export, item.name) }
      }
      for pattern in conditions.producers {
        for item in description.producers.lazy.filter({ $0.matches(pattern) }).prefix(Self.hitLimit) {
          add(.producer, item.version.isEmpty ? item.name : "\(item.name) \(item.version)")
        }
      }
    }
    return hits
  }

  /// How much of a module's description the conditions look at.
  private var part: DescriptionPart {
    if !producers.isEmpty { return .whole }
    return exports.isEmpty ? .imports : .exports
  }

  /// Whether a module meets the conditions.
  enum Match {
    case yes
    case no
    /// What is kept of it does not show that it does, and is not all.
    case unknown
  }

  /// Tells whether a blob is a module that meets the conditions, but for those on its path; nil where its
  /// description is needed and cannot be decoded.
  func matches(_ facts: ModuleFacts) -> Match? {
    guard let kind = EntryKind(facts.kind), kinds.allSatisfy({ $0 == kind }) else { return .no }
    guard facts.size > largerThan ?? -1, facts.size < smallerThan ?? .max else { return .no }
    guard detail == .description else { return .yes }
    guard facts.problem == nil else { return .no }
    guard let encoded = facts.description,
      let description = ModuleDescription(encoded: encoded, through: part)
    else { return nil }
    guard description.features.isSuperset(of: features) else { return .no }
    return hasNames(description) ? .yes : description.isComplete ? .no : .unknown
  }

  private func hasNames(_ description: ModuleDescription) -> Bool {
    imports.allSatisfy { pattern in
      description.imports.contains { $0.matches(pattern) || $0.type.isImplementation(of: pattern) }
    }
      && exports.allSatisfy { pattern in
        description.exports.contains { pattern.matches($0.name) || $0.type.isImplementation(of: pattern) }
      }
      && producers.allSatisfy { pattern in
        description.producers.contains { $0.matches(pattern) }
      }
  }
}

extension ModuleImport {
  /// Tells whether a pattern stands for one of the names by which an import is called: of a core module the first of
  /// its two names, or both joined by a dot.
  func matches(_ pattern: GlobPattern) -> Bool {
    guard let module else { return pattern.matches(name) }
    return pattern.matches(module) || pattern.matches("\(module).\(name)")
  }
}

extension Producer {
  /// Tells whether a pattern stands for its name, or for its name and version.
  fileprivate func matches(_ pattern: GlobPattern) -> Bool {
    pattern.matches(name) || pattern.matches("\(name) \(version)")
  }
}

extension ExternalType {
  /// Whether it is said to implement an interface that the pattern stands for.
  fileprivate func isImplementation(of pattern: GlobPattern) -> Bool {
    guard case .instance(_, let interface?) = self else { return false }
    return pattern.matches(interface)
  }
}
