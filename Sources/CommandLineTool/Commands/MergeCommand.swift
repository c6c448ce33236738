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
                      [--ff-only | --no-ff] [-m MSG] [--dry-run]
      """,
    examples: """
        wasmstore merge test --dry-run
        wasmstore merge test --no-ff -m 'Release 42'
        wasmstore merge test --pick /b.wasm=theirs
        wasmstore merge test --branch stable
      """,
    notes: """
      A path that both sides changed is a conflict: conflicts are listed, nothing is merged, and the exit status is 4. If this \
      branch has no commits of its own, it is only moved forward, unless --no-ff is given.
      """)

  @Argument(
    "name", help: "The branch or revision to merge.",
    completion: .custom(StoreCompletion.revisions))
  var name: String
  @Flag("ours", help: "If both sides changed a path, take this branch's module.") var ours = false
  @Flag("theirs", help: "If both sides changed a path, take the other branch's module.") var theirs = false
  @Option("pick", value: "path=side", help: "Take this side for this path; may be repeated.")
  var pick: [Pick] = []
  @Flag("ff-only", help: "Only move the branch forward; fail if a merge commit is needed.") var ffOnly = false
  @Flag("no-ff", help: "Make a merge commit even if the branch could be moved forward.") var noFF = false
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
        (
          "\(store.branch) already has all commits of \(name)",
          "not change \(store.branch), which already has all commits of \(name)"
        )
      case .fastForward:
        ("moved \(store.branch) forward to \(name)", "move \(store.branch) forward to \(name)")
      case .merged: ("merged \(name) into \(store.branch)", "merge \(name) into \(store.branch)")
      }
    let rolledBack = result.rolledBack
    let report = WriteReport(
      summary: past, branch: store.branch, commit: result.commit, changes: result.changes,
      isDryRun: dryRun.dryRun, prelude: "would \(infinitive): \(result.changes.tally)",
      members: [("rolled_back", rolledBack?.json ?? .null)])
    try session.console.emit(written: report)
    if let rolledBack { session.console.warn(rolledBack.warning(about: name)) }
    if result.kind == .fastForward, message.message != nil {
      session.console.warn(
        "\(store.branch) is only moved forward, so the message is not used; --no-ff makes a merge commit")
    }
  }

  private var strategy: MergeStrategy {
    get throws {
      guard !(ours && theirs) else { throw Failure.usage("--ours and --theirs cannot be used together") }
      guard !(ffOnly && noFF) else { throw Failure.usage("--ff-only and --no-ff cannot be used together") }
      var strategy = MergeStrategy()
      strategy.favor = ours ? .ours : theirs ? .theirs : nil
      strategy.isFastForwardOnly = ffOnly
      strategy.alwaysCommits = noFF
      for pick in pick { strategy.picks[try ModulePath(pick.path)] = pick.side }
      return strategy
    }
  }
}

extension RolledBackMerge {
  /// Returns a warning about the revert, with the way to apply the changes again.
  ///
  /// - Parameter name: The name of the merged branch or revision.
  /// - Returns: The warning.
  fileprivate func warning(about name: String) -> String {
    let shown = paths.prefix(3).map(\.spelled).joined(separator: " ")
    let command = "wasmstore rollback --to \(name) \(shown)" + (paths.count > 3 ? " ..." : "")
    let (count, them) = paths.count == 1 ? ("1 path", "it") : ("\(paths.count) paths", "them")
    return "\(name) was merged before, and \(commit.abbreviated()) rolled back \(count) of that merge; "
      + "'\(command)' restores \(them)"
  }

  /// The commit and the paths, as an object.
  fileprivate var json: JSONValue {
    .object([("commit", .text(commit.hex)), ("paths", .array(paths.map(\.json)))])
  }
}

/// A path with the side from which its module is taken.
struct Pick: ArgumentValue {
  let path: String
  let side: MergeSide

  static let expected = "PATH=ours or PATH=theirs"

  init?(argument: String) {
    // A path may contain an equals sign; a side never does.
    guard let equals = argument.lastIndex(of: "="),
      let side = MergeSide(rawValue: String(argument[argument.index(after: equals)...]))
    else { return nil }
    path = String(argument[..<equals])
    self.side = side
  }
}

/// A path that both sides of a merge changed, in the list of a failure.
struct ConflictLine: Hashable, Sendable {
  let conflict: MergeConflict
  let from: String
  let into: String
}

extension ConflictLine: TableRow {
  func row(_ style: Style) -> [String] {
    let sides = [("base", conflict.base), (into, conflict.ours), (from, conflict.theirs)]
    let modules = sides.map { side, digest in
      style.foreign(side) + " " + (digest.map { style.short($0) } ?? "none")
    }
    let path = [conflict.path.spelled]
    return ["conflict"] + (style.isTerminal ? modules + path : path + modules)
  }

  var json: JSONValue { conflict.json }
}
