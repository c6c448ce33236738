internal import Catalog
public import Wasm

/// A request for a search of modules. All conditions must be met.
public struct SearchRequest: Sendable {
  /// Paths and patterns as in a `ListRequest`; each must match a module's path.
  public var paths: [String] = []
  /// Patterns of imports; the module must have an import for each: by the first of its two names, by both joined by a
  /// dot, or in a component by its only name or by the interface that it implements.
  public var imports: [GlobPattern] = []
  /// Patterns of exports; the module must have an export for each: by its name or by the interface that it implements.
  public var exports: [GlobPattern] = []
  /// Features that the module must use.
  public var features: Features = []
  /// Patterns of producers; the module must name one for each: by its name, or by name, space and version.
  public var producers: [GlobPattern] = []
  /// The required kinds of the module; more than one can never be met.
  public var kinds: Set<EntryKind> = []
  /// The size in bytes that the module must exceed.
  public var largerThan: Int?
  /// The size in bytes that the module must be below.
  public var smallerThan: Int?
  /// The revision to search; nil for the branch's head.
  public var revision: String?
  /// Whether to search all files that the paths had along the first parents, not only the last tree.
  public var coversHistory = false
  /// Whether to search all files in commits of any branch or tag, instead of a revision.
  public var coversAllReferences = false
  /// Whether to find the names that met conditions too.
  public var findsHits = true
  /// Alternatives, if there are any: all conditions of one of them must be met too. Only their conditions are used.
  public var alternatives: [SearchRequest] = []

  /// Creates a request for all modules of the branch.
  public init() {}
}

/// A module that a search found.
public struct FoundModule: Hashable, Sendable {
  /// The module and its path.
  public let entry: ListEntry
  /// The newest commit that contains it there; nil unless the history was searched.
  public let commit: CommitID?
  /// The names that met conditions; nil if no condition is on names, and if they were not asked for.
  public let hits: [SearchHit]?
}

/// A name in a module that met a condition of a search.
public struct SearchHit: Hashable, Sendable {
  /// The kinds of named things.
  public enum Subject: String, Sendable {
    case `import`, export, producer
  }

  /// The kind of the named thing.
  public let subject: Subject
  /// The name: `env.log` for a core import, `rustc 1.89.0` for a producer.
  public let name: String
}

extension SearchRequest {
  /// The part of a module's facts that the conditions need.
  var detail: FactsDetail {
    let own: FactsDetail =
      imports.isEmpty && exports.isEmpty && features.isEmpty && producers.isEmpty ? .summary : .description
    return alternatives.contains { $0.detail == .description } ? .description : own
  }

  /// Whether a condition is on names.
  private var asksForNames: Bool {
    !imports.isEmpty || !exports.isEmpty || !producers.isEmpty || alternatives.contains(where: \.asksForNames)
  }

  /// Whether the result has the names that met conditions.
  var hasHits: Bool { findsHits && asksForNames }

  /// The maximum number of names that one condition reports for a module.
  private static let hitLimit = 100

  /// The names in a module that meet the conditions, each once.
  func hits(in facts: ModuleFacts) -> [SearchHit] {
    guard let description = facts.description.flatMap({ ModuleDescription(encoded: $0) }) else { return [] }
    var hits: [SearchHit] = []
    var known: Set<[UInt8]> = []
    func add(_ subject: SearchHit.Subject, _ name: String) {
      // Compared by bytes, because Swift compares texts by Unicode equivalence.
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

  /// The part of a module's description that the conditions need.
  private var part: DescriptionPart {
    if !producers.isEmpty { return .whole }
    return exports.isEmpty ? .imports : .exports
  }

  /// Whether a module meets the conditions.
  enum Match {
    case yes
    case no
    /// The recorded facts do not show that it does, and are incomplete.
    case unknown
  }

  /// Returns whether a blob is a module that meets the conditions, except those on its path; nil if its description is
  /// needed and cannot be decoded.
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
  /// Returns whether a pattern matches one of the names of an import: in a core module the first of its two names, or
  /// both joined by a dot.
  func matches(_ pattern: GlobPattern) -> Bool {
    guard let module else { return pattern.matches(name) }
    return pattern.matches(module) || pattern.matches("\(module).\(name)")
  }
}

extension Producer {
  /// Returns whether a pattern matches its name, or its name and version.
  fileprivate func matches(_ pattern: GlobPattern) -> Bool {
    pattern.matches(name) || pattern.matches("\(name) \(version)")
  }
}

extension ExternalType {
  /// Whether its annotation names an interface that the pattern matches.
  fileprivate func isImplementation(of pattern: GlobPattern) -> Bool {
    guard case .instance(_, let interface?) = self else { return false }
    return pattern.matches(interface)
  }
}
