internal import ArgumentParser
internal import ModuleStore
internal import Wasm

/// `search`: modules by what they need, offer and are.
struct SearchCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .search, "Finds modules by what they import, export or are.",
    usage: """
      wasmstore search [TERM...] [--import GLOB] [--export GLOB] [--feature NAME] [--producer GLOB]
                       [--kind KIND] [--larger SIZE] [--smaller SIZE] [--rev REV] [--all] [-0]
      """,
    examples: """
        wasmstore search 'import:wasi_*' --export run --larger 1MB
        wasmstore search 'plugins/*' feature:simd
        wasmstore search --import 'wasi:http/*' --all
      """,
    notes: """
      All conditions must hold; each may be repeated. A TERM is import:GLOB, export:GLOB, feature:NAME, \
      producer:GLOB or kind:KIND, or a path or pattern as list takes it. * matches any characters, ? one, \
      [abc] one of them.
      """)

  @Argument(help: ArgumentHelp("A condition.", valueName: "term")) var terms: [String] = []
  @Option(
    help: ArgumentHelp("Imports by module, by module.name, or of a component by name.", valueName: "glob"))
  var `import`: [String] = []
  @Option(help: ArgumentHelp("Exports by name.", valueName: "glob")) var export: [String] = []
  @Option(
    help: ArgumentHelp("A feature that is used, such as simd.", valueName: "name"),
    completion: .list(Features.all.featureNames))
  var feature: [String] = []
  @Option(help: ArgumentHelp("A tool or language, by name or by name and version.", valueName: "glob"))
  var producer: [String] = []
  @Option(
    help: ArgumentHelp("core or component.", valueName: "kind"), completion: .list(["core", "component"]))
  var kind: [String] = []
  @Option(help: ArgumentHelp("More bytes than this: 1000, 64k, 1.5MB, 2MiB.", valueName: "size"))
  var larger: [String] = []
  @Option(help: ArgumentHelp("Fewer bytes than this.", valueName: "size")) var smaller: [String] = []
  @Option(
    help: ArgumentHelp("Search this revision, not the branch's head.", valueName: "rev"),
    completion: .custom(StoreCompletion.revisions))
  var rev: String?
  @Flag(help: "Search everything that the paths have held, and print the newest commit that has it.")
  var all = false
  @Flag(name: [.customShort("0"), .long], help: "Print only paths, each ended by a NUL byte.")
  var null = false
  @OptionGroup(title: "Common options") var common: CommonOptions

  func run(_ session: Session) throws {
    let found = try session.store.search(try request())
    if null {
      try session.console.emit(list: found) { $1 += $0.entry.pathBytes + [0] }
    } else {
      try session.console.emit(list: found) { $0.writeLine(to: &$1) }
    }
  }

  /// What the words and options ask for.
  func request() throws(Failure) -> SearchRequest {
    var request = SearchRequest()
    request.revision = rev
    request.coversHistory = all
    request.imports = `import`.map { GlobPattern($0) }
    request.exports = export.map { GlobPattern($0) }
    request.producers = producer.map { GlobPattern($0) }
    for name in feature { request.features.formUnion(try features(named: name)) }
    for name in kind { request.kinds.insert(try entryKind(named: name)) }
    for text in larger { request.largerThan = max(try size(text), request.largerThan ?? 0) }
    for text in smaller { request.smallerThan = min(try size(text), request.smallerThan ?? .max) }
    for term in terms { try add(term, to: &request) }
    return request
  }

  private func add(_ term: String, to request: inout SearchRequest) throws(Failure) {
    let parts = term.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    switch (parts[0], parts.count) {
    case ("import", 2): request.imports.append(GlobPattern(parts[1]))
    case ("export", 2): request.exports.append(GlobPattern(parts[1]))
    case ("producer", 2): request.producers.append(GlobPattern(parts[1]))
    case ("feature", 2): request.features.formUnion(try features(named: parts[1]))
    case ("kind", 2): request.kinds.insert(try entryKind(named: parts[1]))
    default: request.paths.append(term)
    }
  }

  private func features(named name: String) throws(Failure) -> Features {
    let names = Features.all.featureNames
    guard names.contains(name), let feature = try? Features(parsing: "mvp,\(name)") else {
      throw .usage("unknown feature '\(name)'" + Suggestion.text(for: name, among: names))
    }
    return feature
  }

  private func entryKind(named name: String) throws(Failure) -> EntryKind {
    switch name {
    case "core": return .core
    case "component": return .component
    default: throw .usage("a kind is core or component, not '\(name)'")
    }
  }

  private func size(_ text: String) throws(Failure) -> Int {
    guard let size = ByteSize.parse(text) else {
      throw .usage("a size is a number of bytes, or one with k, MB, GB, KiB, MiB or GiB, not '\(text)'")
    }
    return size
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

  var json: JSONValue {
    guard let commit, case .object(let members) = entry.json else { return entry.json }
    return .object(members + [("commit", .text(commit.hex))])
  }
}
