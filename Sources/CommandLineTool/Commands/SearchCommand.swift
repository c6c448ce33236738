internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import Wasm

/// `search`: find modules by imports, exports and other properties.
struct SearchCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .search, "Finds modules by imports, exports, kind or size.",
    usage: """
      wasmstore search [TERM...] [--import GLOB] [--export GLOB] [--feature NAME] [--producer GLOB]
                       [--kind KIND] [--larger SIZE] [--smaller SIZE]
                       [--rev REV] [--all | --all-refs] [-0]
      """,
    examples: """
        wasmstore search 'import:wasi_*' --export run --larger 1MB
        wasmstore search 'plugins/*' feature:simd
        wasmstore search --import 'wasi:http/*' --all
        wasmstore search import:env.log OR 'export:wasi:cli/*' --all-refs
      """,
    notes: """
      All conditions must hold; each may be repeated. A TERM is import:GLOB, export:GLOB, feature:NAME, \
      producer:GLOB, kind:KIND, larger:SIZE, smaller:SIZE or path:PATH, or a path or pattern as in 'list'. With OR \
      between terms, the terms before it or the terms after it must hold. * matches any characters, ? one, [abc] one \
      of them.
      """)

  @Argument("term", help: "A condition.") var terms: [String] = []
  @Option(
    "import", value: "glob", help: "An import, as module, module.name, or the name of a component's import.")
  var `import`: [String] = []
  @Option("export", value: "glob", help: "The name of an export.") var export: [String] = []
  @Option("feature", value: "name", help: "A feature that the module uses, such as simd.")
  var feature: [Feature] = []
  @Option(
    "producer", value: "glob", help: "A tool or language that made the module: its name, or name and version."
  )
  var producer: [String] = []
  @Option("kind", value: "kind", help: "The kind of the module.") var kind: [Kind] = []
  @Option("larger", value: "size", help: "Larger than this: 1000, 64k, 1.5MB, 2MiB.")
  var larger: [ByteSize] = []
  @Option("smaller", value: "size", help: "Smaller than this.") var smaller: [ByteSize] = []
  @Option(
    "rev", value: "rev", help: "Search this revision, not the branch's head.",
    completion: .custom(StoreCompletion.revisions))
  var rev: String?
  @Flag("all", help: "Search all earlier versions of the paths too, and print the newest commit of each.")
  var all = false
  @Flag("all-refs", help: "Search all commits of all branches and tags, including merged branches.")
  var allRefs = false
  @Flag("null", short: "0", help: "Print only paths, each followed by a NUL byte.")
  var null = false
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    guard !allRefs || !all && rev == nil else {
      throw Failure.usage("--all-refs cannot be used with --all or --rev")
    }
    let request = try request(findsHits: session.console.isForPeople || common.json)
    let found = try session.store.search(request)
    if found.isEmpty { noteReading(of: request, session.console) }
    if null {
      try session.console.emit(list: found) { $1 += $0.entry.path.bytes + [0] }
    } else if session.console.isForPeople {
      try session.console.emit(list: found) { Self.table(found, $0) }
    } else {
      try session.console.emit(list: found) { $0.writeLine(to: &$1) }
    }
  }

  /// The search request of the words and options.
  ///
  /// - Parameter findsHits: Whether the names that met conditions are shown.
  /// - Returns: The request.
  /// - Throws: `Failure`, with `.usage`.
  func request(findsHits: Bool = true) throws(Failure) -> SearchRequest {
    var request = SearchRequest()
    request.revision = rev
    request.coversHistory = all
    request.coversAllReferences = allRefs
    request.findsHits = findsHits
    request.imports = `import`.map { GlobPattern($0) }
    request.exports = export.map { GlobPattern($0) }
    request.producers = producer.map { GlobPattern($0) }
    for feature in feature { request.features.formUnion(feature.features) }
    for kind in kind { request.kinds.insert(kind.entryKind) }
    request.largerThan = larger.map(\.bytes).max()
    request.smallerThan = smaller.map(\.bytes).min()
    let alternatives = terms.split(separator: "OR", omittingEmptySubsequences: false)
    guard alternatives.count > 1 else {
      for term in terms { try add(term, to: &request) }
      return request
    }
    for terms in alternatives {
      guard !terms.isEmpty else { throw .usage("OR must be between terms") }
      var alternative = SearchRequest()
      for term in terms { try add(term, to: &alternative) }
      request.alternatives.append(alternative)
    }
    return request
  }

  /// The names of conditions.
  private static let keys = [
    "import", "export", "producer", "feature", "kind", "larger", "smaller", "path",
  ]

  private func add(_ term: String, to request: inout SearchRequest) throws(Failure) {
    let parts = term.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return request.paths.append(term) }
    switch parts[0] {
    case "import": request.imports.append(GlobPattern(parts[1]))
    case "export": request.exports.append(GlobPattern(parts[1]))
    case "producer": request.producers.append(GlobPattern(parts[1]))
    case "feature": request.features.formUnion(try value(Feature.self, parts).features)
    case "kind": request.kinds.insert(try value(Kind.self, parts).entryKind)
    case "larger":
      request.largerThan = max(request.largerThan ?? 0, try value(ByteSize.self, parts).bytes)
    case "smaller":
      request.smallerThan = min(request.smallerThan ?? .max, try value(ByteSize.self, parts).bytes)
    case "path": request.paths.append(parts[1])
    case let key:
      // A word with other characters before the colon was not meant as a condition.
      guard !key.isEmpty, key.utf8.allSatisfy({ (0x61...0x7a).contains($0) || $0 == 0x2d }) else {
        return request.paths.append(term)
      }
      throw .usage(
        "unknown condition '\(key):'" + Suggestion.text(for: key, among: Self.keys),
        hint: "use path:\(term) for a path")
    }
  }

  /// Notes how the words were interpreted if nothing was found.
  private func noteReading(of request: SearchRequest, _ console: Console) {
    for path in request.paths + request.alternatives.flatMap(\.paths) {
      console.note("'\(path)' is used as a path; for a name, use 'import:*\(path)*' or 'export:*\(path)*'")
    }
    if !all, !allRefs {
      console.note("use --all to search earlier versions too, or --all-refs for all branches and tags")
    } else if all {
      console.note("use --all-refs to search merged branches and the other branches and tags too")
    }
  }

  /// The result for people: short ids, and the names that matched in each module.
  private static func table(_ found: [FoundModule], _ style: Style) -> String {
    let digests = ShortNames(found.compactMap { $0.entry.digest?.hex }, atLeast: 8)
    let commits = ShortNames(found.compactMap { $0.commit?.hex }, atLeast: 7)
    var table = Table(style, wraps: true)
    for module in found {
      var row = [style.identifier(module.entry.digest.map { digests.short($0.hex) } ?? "-")]
      if let commit = module.commit { row.append(commits.short(commit.hex)) }
      row.append(module.entry.path.spelled)
      if let hits = module.hits { row.append(summary(hits)) }
      table.append(row)
    }
    return table.text
  }

  /// The first names, and the number of the others.
  private static func summary(_ hits: [SearchHit]) -> String {
    let first = hits.prefix(3).map { "\($0.subject.rawValue) \($0.name.escaped())" }
    let more = hits.count > 3 ? ["\(hits.count - 3) more"] : []
    return (first + more).joined(separator: ", ")
  }

  /// The value of a term with the name and text in `parts`.
  private func value<Value: ArgumentValue>(_ type: Value.Type, _ parts: [String]) throws(Failure) -> Value {
    guard let value = Value(argument: parts[1]) else {
      throw .usage(Value.refusal(of: parts[1], by: "\(parts[0]):"))
    }
    return value
  }

  /// The kinds of modules.
  enum Kind: String, CaseIterable, ArgumentValue {
    case core, component

    fileprivate var entryKind: EntryKind {
      switch self {
      case .core: .core
      case .component: .component
      }
    }
  }

  /// A feature by its name.
  struct Feature: ArgumentValue {
    let features: Features

    static let expected = "the name of a feature"
    static var defaultCompletionKind: CompletionKind { .list(Features.all.featureNames) }

    static func refusal(of text: String, by name: String) -> String {
      "unknown feature '\(text)'" + Suggestion.text(for: text, among: Features.all.featureNames)
    }

    init?(argument: String) {
      // A known name is parsed without error.
      guard Features.all.featureNames.contains(argument),
        let features = try? Features(parsing: "mvp,\(argument)")
      else { return nil }
      self.features = features
    }
  }
}

extension FoundModule: Presentable {
  func text(_ style: Style) -> String {
    guard let commit else { return entry.text(style) }
    return "\(entry.digest?.hex ?? "-")\t\(entry.path)\t\(commit.hex)\n"
  }

  /// Appends the bytes of `text`.
  func writeLine(to bytes: inout [UInt8]) {
    entry.writeFields(to: &bytes)
    if let commit { bytes += "\t\(commit.hex)".utf8 }
    bytes.append(0x0a)
  }
}
