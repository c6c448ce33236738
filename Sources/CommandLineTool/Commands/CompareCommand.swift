internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import Wasm

/// `compare`: what a new module changes for the users and hosts of an old one.
struct CompareCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .compare, "Compares the interfaces of two modules, with a verdict.",
    usage: """
      wasmstore compare OLD NEW [--require patch|minor]
      wasmstore compare --base REV [PATH...] [--rev REV] [--require patch|minor]
      """,
    examples: """
        wasmstore compare main~1:app.wasm app.wasm
        wasmstore compare --base main --branch ci/42 --require minor
        wasmstore compare v1:app.wasm ./build/app.wasm --require minor
        wasmstore compare app.wasm - < build/app.wasm
      """,
    notes: """
      The verdict is patch, minor or major: major where users or hosts of the old module may fail with the new \
      one. A word that begins with ./ or ../ is a file, - is standard input. With --base all modules that differ \
      between two revisions are compared. With --require it ends with 5 where a verdict is above it.
      """)

  /// The verdicts that can be asked for.
  enum Required: String, CaseIterable, ArgumentValue {
    case patch, minor
  }

  @Argument(
    "module", help: "The old and the new module, as in find, or ./FILE, ../FILE or -; with --base paths.",
    completion: .custom(StoreCompletion.modules))
  var modules: [String] = []
  @Option(
    "base", value: "rev", help: "Compare the modules of this revision with those of the branch.",
    completion: .custom(StoreCompletion.revisions))
  var base: String?
  @Option(
    "rev", value: "rev", help: "With --base: another revision instead of the branch.",
    completion: .custom(StoreCompletion.revisions))
  var revision: String?
  @Option("require", value: "verdict", help: "The greatest verdict that is fine.") var require: Required?
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    if let base { return try compareAll(with: base, session) }
    guard revision == nil else { throw Failure.usage("--rev goes with --base") }
    guard modules.count == 2 else {
      throw Failure.usage("compare takes OLD and NEW, or --base REV")
    }
    guard modules != ["-", "-"] else { throw Failure.usage("standard input is only one module") }
    let (old, new) = (try session.inspected(modules[0]), try session.inspected(modules[1]))
    let report = ComparisonReport(
      old: old, new: new, comparison: InterfaceComparison(old: try old.valid, new: try new.valid))
    try session.console.emit(report)
    guard let require, let limit = ChangeSeverity(rawValue: require.rawValue), report.verdict > limit else {
      return
    }
    throw Failure(.incompatible, "compare: \(report.verdict.rawValue) change, \(require.rawValue) required")
  }

  /// Compares all modules that two revisions have at a path and that differ.
  private func compareAll(with base: String, _ session: Session) throws {
    let store = try session.store
    let (old, new) = (try store.resolve(base), try store.resolve(revision ?? "@"))
    let paths = try modules.map { path throws(StoreError) in try ModulePath(path) }
    var changes: [Change] = []
    for path in paths.isEmpty ? [nil] : paths.map(Optional.some) {
      changes += try store.diff(from: old.hex, to: new.hex, below: path)
    }
    let lines = try changes.filter { $0.old != nil || $0.new != nil }.map { change in
      try PathComparison(change, between: old, and: new, in: store)
    }
    try session.console.emit(list: lines)
    guard let require, let limit = ChangeSeverity(rawValue: require.rawValue) else { return }
    let count = lines.count { $0.verdict > limit }
    guard count > 0 else { return }
    throw Failure(
      .incompatible,
      "compare: \(count) of \(lines.count) changes \(count == 1 ? "is" : "are") above \(require.rawValue)")
  }
}

/// What became of the module at a path between two revisions.
private struct PathComparison: Presentable {
  let change: Change
  /// Nil where only one of the revisions has the module.
  let report: ComparisonReport?

  init(_ change: Change, between old: CommitID, and new: CommitID, in store: StoreSession) throws {
    self.change = change
    guard change.old != nil, change.new != nil else {
      report = nil
      return
    }
    let modules = try [old, new].map { commit in
      try store.inspected("\(commit.hex):\(change.path)")
    }
    report = ComparisonReport(
      old: modules[0], new: modules[1],
      comparison: InterfaceComparison(old: try modules[0].valid, new: try modules[1].valid))
  }

  /// A module that is gone fails whoever used it.
  var verdict: ChangeSeverity { report?.verdict ?? (change.new == nil ? .major : .minor) }

  func text(_ style: Style) -> String {
    let summary = report?.summary ?? (change.new == nil ? "the module is gone" : "the module is new")
    return "\(verdict.rawValue)\t\(change.path.spelled)\t\(summary)\n"
      + (report?.comparison.changes.map { "  \($0.fields)" }.joined() ?? "")
  }

  var json: JSONValue {
    .object([
      ("path", change.path.json), ("verdict", .text(verdict.rawValue)),
      ("action", .text(change.kind.rawValue)),
      ("comparison", report?.json ?? .null),
    ])
  }
}

extension InspectedModule {
  /// The description of a module that has to be valid.
  fileprivate var valid: ModuleDescription {
    get throws {
      if let description { return description }
      throw Failure(.invalidModule, "\(name): invalid module: \(problem ?? "not described")")
    }
  }
}

/// The answer of `compare`.
private struct ComparisonReport: Presentable {
  let old: InspectedModule
  let new: InspectedModule
  let comparison: InterfaceComparison

  var verdict: ChangeSeverity { comparison.verdict(of: old, and: new) }

  func text(_ style: Style) -> String {
    guard style.isTerminal else {
      let features = comparison.newFeatures.featureNames.map { "added\tfeature\t\($0)\tminor\n" }
      return "\(verdict.rawValue)\t\(summary)\n" + comparison.changes.map(\.fields).joined()
        + features.joined()
    }
    let features = comparison.newFeatures.featureNames.map {
      "minor  " + style.added("+feature \($0)") + "\n"
    }
    return "\(verdict.rawValue): \(summary)\n" + comparison.changes.map { $0.line(style) }.joined()
      + features.joined()
  }

  /// How many things changed and how, such as `1 export removed, 2 imports added`.
  var summary: String {
    var parts: [String] = []
    if !comparison.isComplete, old.digest != new.digest {
      parts.append("not all of the interfaces is known")
    }
    if comparison.changes.contains(where: { $0.subject == .kind }) { parts.append("another kind of module") }
    for subject in [InterfaceChange.Subject.export, .import] {
      for action in [InterfaceChange.Action.removed, .changed, .version, .added] {
        let count = comparison.changes.count { $0.subject == subject && $0.action == action }
        guard count > 0 else { continue }
        parts.append("\(count) \(subject.rawValue)\(count == 1 ? "" : "s") \(action.participle)")
      }
    }
    let features = comparison.newFeatures.featureNames.count
    if features > 0 { parts.append("\(features) new feature\(features == 1 ? "" : "s") needed") }
    return parts.isEmpty ? "the interface is the same" : parts.joined(separator: ", ")
  }

  var json: JSONValue { comparison.json(of: old, and: new) }
}

extension InterfaceChange {
  /// The types or versions, one or two.
  private var types: String { [old, new].compactMap(\.self).joined(separator: " → ") }

  /// The line for programs.
  fileprivate var fields: String {
    [action.rawValue, subject.rawValue, shownName, severity.rawValue, types].joined(separator: "\t") + "\n"
  }

  /// The line for people.
  fileprivate func line(_ style: Style) -> String {
    let what = subject == .kind ? "kind" : "\(subject.rawValue) \(shownName)"
    let line =
      switch action {
      case .added: style.added("+\(what): \(types)")
      case .removed: style.removed("-\(what): \(types)")
      case .changed: style.identifier("~\(what): \(types)")
      case .version: style.identifier("~\(what): version \(types)")
      }
    return "\(severity.rawValue)  \(line)\n"
  }
}

extension InterfaceChange.Action {
  fileprivate var participle: String {
    switch self {
    case .added, .removed, .changed: rawValue
    case .version: "of another version"
    }
  }
}
