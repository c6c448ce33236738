internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `merge`: bring another branch's changes into this one.
struct MergeCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .merge, "Merges another branch into this one, path by path.",
    usage: """
      wasmstore merge NAME [--ours | --theirs | --pick PATH=ours|theirs ...]
                      [--ff-only] [-m MSG] [--dry-run]
      """,
    examples: """
        wasmstore merge test --dry-run
        wasmstore merge test --pick /b.wasm=theirs
        wasmstore merge test --branch stable
      """,
    notes: "All or nothing: a path that both sides changed is a conflict, listed, and ends with 4.")

  @Argument(
    "name", help: "The branch or revision to merge.",
    completion: .custom(StoreCompletion.revisions))
  var name: String
  @Flag("ours", help: "Where both sides changed a path, take this branch's module.") var ours = false
  @Flag("theirs", help: "Where both sides changed a path, take the other's module.") var theirs = false
  @Option("pick", value: "path=side", help: "Take this side at this path; may be repeated.")
  var pick: [Pick] = []
  @Flag("ff-only", help: "Only move the branch forward; make no merge commit.") var ffOnly = false
  @OptionGroup var message = CommitMessage()
  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let strategy = try strategy
    let store = try session.store
    let result = try store.merge(
      name, strategy: strategy, message: message.message, dryRun: dryRun.dryRun)
    let (past, infinitive) =
      switch result.kind {
      case .upToDate:
        ("\(store.branch) has all of \(name)", "leave \(store.branch), which has all of \(name),")
      case .fastForward:
        ("moved \(store.branch) forward to \(name)", "move \(store.branch) forward to \(name)")
      case .merged: ("merged \(name) into \(store.branch)", "merge \(name) into \(store.branch)")
      }
    let report = WriteReport(
      summary: past, branch: store.branch, commit: result.commit, changes: result.changes,
      isDryRun: dryRun.dryRun, prelude: "would \(infinitive): \(result.changes.tally)")
    try session.console.emit(written: report)
  }

  private var strategy: MergeStrategy {
    get throws {
      guard !(ours && theirs) else { throw Failure.usage("--ours and --theirs exclude each other") }
      var strategy = MergeStrategy()
      strategy.favor = ours ? .ours : theirs ? .theirs : nil
      strategy.isFastForwardOnly = ffOnly
      for pick in pick { strategy.picks[try ModulePath(pick.path)] = pick.side }
      return strategy
    }
  }
}

/// A path with the side that its module is taken from.
struct Pick: ArgumentValue {
  let path: String
  let side: MergeSide

  static let expected = "PATH=ours or PATH=theirs"

  init?(argument: String) {
    // A path may hold an equals sign; a side never does.
    guard let equals = argument.lastIndex(of: "="),
      let side = MergeSide(rawValue: String(argument[argument.index(after: equals)...]))
    else { return nil }
    path = String(argument[..<equals])
    self.side = side
  }
}

/// A path that both sides of a merge changed, as the failure lists it.
struct ConflictLine: Hashable, Sendable {
  let conflict: MergeConflict
  let from: String
  let into: String
}

extension ConflictLine: Presentable {
  func text(_ style: Style) -> String {
    let sides = [("base", conflict.base), (into, conflict.ours), (from, conflict.theirs)]
    let modules = sides.map { side, digest in
      style.foreign(side) + " " + (digest.map { style.short($0) } ?? "none")
    }
    return (["conflict", conflict.path.spelled] + modules).joined(separator: "\t") + "\n"
  }

  var json: JSONValue { conflict.json }
}
