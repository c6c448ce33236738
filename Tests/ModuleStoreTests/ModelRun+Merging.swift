import Identifiers
import ModuleStore
import Support
import Testing

extension ModelRun {
  /// Merges another branch, or any commit, into a branch.
  mutating func merge(into branch: String) throws {
    guard let ours = model.head(branch) else { return }
    let ancestor = pick(ours.ancestors.sorted())
    for name in [branch, ancestor] {
      let result = try store.open(branch: branch).merge(name)
      #expect(result.kind == .upToDate && result.changes.isEmpty, "seed \(seed)")
    }
    let other = pick(ModelTests.branches)
    let name = Bool.random(using: &generator) ? pick(model.nodes.keys.sorted()) : other
    guard let theirs = model.head(name) ?? model.nodes[name] else { return }
    try merge(theirs, named: name, into: branch)
  }

  /// Merges two branches into each other at once, as two people may do: from then on they have two best common
  /// ancestors.
  mutating func crossMerge(_ branch: String) throws {
    let other = pick(ModelTests.branches.filter { $0 != branch })
    guard let ours = model.head(branch), let theirs = model.head(other) else { return }
    try merge(theirs, named: theirs.id, into: branch)
    try merge(ours, named: ours.id, into: other)
  }

  private mutating func merge(_ theirs: StoreModel.Node, named name: String, into branch: String) throws {
    guard let ours = model.head(branch) else { return }
    let opened = try store.open(branch: branch)
    if ours.ancestors.contains(theirs.id) {
      #expect(try opened.merge(name).kind == .upToDate, "seed \(seed)")
      return
    }
    if theirs.ancestors.contains(ours.id) {
      let result = try opened.merge(name)
      #expect(result.kind == .fastForward && result.commit?.hex == theirs.id, "seed \(seed)")
      model.heads[branch] = theirs.id
      operations.append((branch, ours.id, theirs.id))
      return
    }
    let expected = MergeModel(ours, theirs)
    try compareMirrored(expected, ours, theirs)
    let strategy = try decisions(for: expected)
    let undecided = expected.conflicts.filter { side(strategy, $0) == nil }.map(\.text)
    let rehearsed = try outcome(of: opened, merging: name, strategy, dryRun: true)
    let outcome = try outcome(of: opened, merging: name, strategy)
    #expect(outcome.conflicts == undecided && rehearsed.conflicts == undecided, "seed \(seed)")
    #expect(rehearsed.result?.changes == outcome.result?.changes, "seed \(seed)")
    try compareWithGit(expected, ours, theirs, merged: outcome.result?.commit)
    let tree = expected.decided { side(strategy, $0) ?? .ours }
    note(outcome.result?.commit, tree: tree, on: branch, before: ours.id, merged: theirs)
  }

  /// The result of a merge, or its conflicts in the model's form.
  private struct Outcome {
    var result: MergeResult?
    var conflicts: [String] = []
  }

  private func outcome(
    of store: StoreSession, merging name: String, _ strategy: MergeStrategy = MergeStrategy(),
    dryRun: Bool = false
  ) throws -> Outcome {
    do {
      return Outcome(result: try store.merge(name, strategy: strategy, dryRun: dryRun))
    } catch StoreError.mergeConflict(let conflicts) {
      return Outcome(conflicts: texts(conflicts))
    }
  }

  /// Resolves none, all, or some of the conflicts.
  private mutating func decisions(for merge: MergeModel) throws -> MergeStrategy {
    var strategy = MergeStrategy()
    strategy.favor = pick([.ours, .theirs, nil])
    guard Bool.random(using: &generator) else { return strategy }
    for conflict in merge.conflicts where Int.random(in: 0..<4, using: &generator) > 0 {
      strategy.picks[try ModulePath(conflict.path)] = pick(MergeSide.allCases)
    }
    return strategy
  }

  private func side(_ strategy: MergeStrategy, _ conflict: MergeModel.Conflict) -> MergeSide? {
    strategy.picks.first { $0.key.description == "/" + conflict.path }?.value ?? strategy.favor
  }

  private func texts(_ conflicts: MergeConflicts) -> [String] {
    conflicts.conflicts.map { conflict in
      ([String(conflict.path.spelled.dropFirst())]
        + [conflict.base, conflict.ours, conflict.theirs].map { $0?.hex ?? "-" }).joined(separator: " ")
    }
  }

  /// The same merge from the other side must have the same tree, or the same conflicts.
  private func compareMirrored(
    _ expected: MergeModel, _ ours: StoreModel.Node, _ theirs: StoreModel.Node
  ) throws {
    guard let branch = model.heads.first(where: { $0.value == theirs.id })?.key else { return }
    let outcome = try outcome(of: store.open(branch: branch), merging: ours.id, dryRun: true)
    let mirrored = expected.conflicts.map {
      MergeModel.Conflict(path: $0.path, base: $0.base, ours: $0.theirs, theirs: $0.ours).text
    }
    #expect(outcome.conflicts == mirrored, "seed \(seed)")
    guard let result = outcome.result else { return }
    var tree = theirs.tree
    for change in result.changes { tree[String(change.path.spelled.dropFirst())] = change.new }
    let same = expected.decided { _ in .ours }
    #expect(tree == same, "seed \(seed)")
  }

  /// A merge without conflicts has the same tree in git. Every conflict in git is one here; more conflicts are only
  /// allowed if ancestors disagree, or between a file and a directory.
  private mutating func compareWithGit(
    _ expected: MergeModel, _ ours: StoreModel.Node, _ theirs: StoreModel.Node, merged: CommitID?
  ) throws {
    guard expected.isDisputed || Int.random(in: 0..<3, using: &generator) == 0 else { return }
    if git == nil { git = try GitMerge(of: store) }
    guard let git else { return }
    let paths = Set(expected.conflicts.map(\.path))
    switch try git.merge(theirs.id, into: ours.id) {
    case .clean(let tree):
      if let merged, paths.isEmpty {
        #expect(try store.git("rev-parse", "\(merged.hex)^{tree}").text == tree, "seed \(seed)")
      }
      let isStricter = expected.isDisputed || expected.conflicts.contains(where: \.isFileAgainstDirectory)
      #expect(paths.isEmpty || isStricter, "seed \(seed): git sees no conflict in \(paths)")
    case .conflicts(let found):
      let covering = Set(
        found.map { path in paths.first { path == $0 || path.hasPrefix($0 + "/") } ?? "none for \(path)" })
      #expect(covering.isSubset(of: paths), "seed \(seed)")
      let isStricter = expected.isDisputed || expected.conflicts.contains(where: \.isFileAgainstDirectory)
      #expect(covering == paths || isStricter, "seed \(seed)")
    }
  }
}
