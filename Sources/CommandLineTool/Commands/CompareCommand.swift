internal import ArgumentParser
internal import Identifiers
internal import ModuleStore
internal import StoreJSON
internal import Wasm

/// `compare`: the changes in a new module for users and hosts of an old one.
struct CompareCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .compare, "Compares the interfaces of two modules and prints a verdict.",
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
      The verdict is patch, minor or major. major means that users or hosts of the old module may fail with the new \
      one. An argument that begins with ./ or ../ is a file; - is standard input. With --base, all modules that differ \
      between two revisions are compared. With --require, the command exits with 5 if a verdict is above it.
      """)

  /// The verdicts that can be required.
  enum Required: String, CaseIterable, ArgumentValue {
    case patch, minor
  }

  @Argument(
    "module", help: "The old and the new module, as in 'find', or ./FILE, ../FILE or -; with --base, paths.",
    completion: .custom(StoreCompletion.modules))
  var modules: [String] = []
  @Option(
    "base", value: "rev", help: "Compare the modules of this revision with those of the branch.",
    completion: .custom(StoreCompletion.revisions))
  var base: String?
  @Option(
    "rev", value: "rev", help: "With --base: compare with this revision instead of the branch.",
    completion: .custom(StoreCompletion.revisions))
  var revision: String?
  @Option("require", value: "verdict", help: "The highest verdict that is allowed.") var require: Required?
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    if let base { return try compareAll(with: base, session) }
    guard revision == nil else { throw Failure.usage("--rev requires --base") }
    guard modules.count == 2 else {
      throw Failure.usage("compare requires OLD and NEW, or --base REV")
    }
    guard modules != ["-", "-"] else { throw Failure.usage("standard input (-) can be given only once") }
    let (old, new) = (try session.inspect(modules[0]), try session.inspect(modules[1]))
    let report = ComparisonReport(
      old: old, new: new, comparison: InterfaceComparison(old: try old.valid, new: try new.valid))
    try session.console.emit(report)
    guard let require, let limit = ChangeSeverity(rawValue: require.rawValue), report.verdict > limit else {
      return
    }
    throw Failure(
      .incompatible,
      "compare: the change is \(report.verdict.rawValue); at most \(require.rawValue) is allowed")
  }

  /// Compares all modules that differ between two revisions and exist in both.
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
