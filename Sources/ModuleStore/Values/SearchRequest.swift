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

  /// Asks for all modules of the branch.
  public init() {}
}

/// A module that a search found.
public struct FoundModule: Hashable, Sendable {
  /// The module and its path.
  public let entry: ListEntry
  /// The newest commit that has it there; nil unless the history was searched.
  public let commit: CommitID?
}

extension SearchRequest {
  /// How much of a module's facts the conditions look at.
  var detail: FactsDetail {
    imports.isEmpty && exports.isEmpty && features.isEmpty && producers.isEmpty ? .summary : .description
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
  func matches(_ facts: BlobFacts) -> Match? {
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
        description.producers.contains {
          pattern.matches($0.name) || pattern.matches("\($0.name) \($0.version)")
        }
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

extension ExternalType {
  /// Whether it is said to implement an interface that the pattern stands for.
  fileprivate func isImplementation(of pattern: GlobPattern) -> Bool {
    guard case .instance(_, let interface?) = self else { return false }
    return pattern.matches(interface)
  }
}
