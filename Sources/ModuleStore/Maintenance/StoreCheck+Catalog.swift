internal import Catalog
internal import FileSystem
internal import Git
internal import Identifiers
internal import SQLite
internal import SystemPackage

extension StoreCheck {
  /// Opens the catalog of the highest generation for reading; nil if there is none that can be read.
  mutating func openCatalog() -> ModuleCatalog? {
    do throws(FileError) {
      guard let generation = try session.connection.store.catalogGenerations().max() else { return nil }
      let path = session.layout.catalog(generation: generation)
      let (catalog, damage) = reading(path) { () throws(DatabaseError) in
        try ModuleCatalog(at: path, writable: false)
      }
      report.damage += damage
      return catalog
    } catch {
      session.work.note(.catalogUnavailable(error.description))
      return nil
    }
  }

  /// The facts about blobs in the catalog. If they cannot be read, the catalog is ignored.
  mutating func knownFacts(in catalog: inout ModuleCatalog?) -> [ObjectID: ModuleFacts] {
    guard let open = catalog else { return [:] }
    let (facts, damage) = reading(open.path) { () throws(DatabaseError) in
      let problems = try open.integrityProblems()
      if let problem = problems.first { throw DatabaseError(code: .damaged, message: problem) }
      var facts: [ObjectID: ModuleFacts] = [:]
      try open.forEachFacts { facts[$0.blob] = $0.facts }
      return facts
    }
    report.damage += damage
    if facts == nil { catalog = nil }
    return facts ?? [:]
  }

  /// Compares the catalog with the objects: the facts about blobs, the order of commits, and in a deep check the
  /// changes of each commit.
  mutating func checkCatalog(_ catalog: inout ModuleCatalog?, _ survey: ObjectSurvey) {
    guard let open = catalog else { return }
    var problems = survey.wrongFacts.sorted { $0.key < $1.key }.map { "it has for \($0.key) \($0.value)" }
    // The catalog's history is not used in a shallow clone.
    if survey.reachability.boundary.isEmpty {
      let commits = survey.reached.current.commits + survey.reached.former.commits
      let (wrong, damage) = reading(open.path) { () throws(DatabaseError) in
        let revisions = try wrongRevisions(in: open, commits)
        return depth == .deep ? revisions + (try wrongChanges(in: open, commits)) : revisions
      }
      report.damage += damage
      guard let wrong else {
        catalog = nil
        return
      }
      problems += wrong
    }
    guard let problem = problems.first else { return }
    let rest = problems.count == 1 ? "" : ", and \(problems.count - 1) more"
    report.damage.append(Damage(.catalog(open.path), problem + rest, isRepairable: true))
  }

  private func wrongRevisions(
    in catalog: ModuleCatalog, _ commits: [ReachedCommit]
  ) throws(DatabaseError) -> [String] {
    let parents = Dictionary(commits.map { ($0.id, $0.parents.first) }, uniquingKeysWith: { one, _ in one })
    var problems: [String] = []
    try catalog.forEachRevision { row in
      // Unreachable objects are never looked up.
      guard let parent = parents[row.id] else { return }
      if row.parent != parent || row.depth != (row.parentDepth.map { $0 + 1 } ?? 0) {
        problems.append("it has the wrong parent for \(row.id)")
      }
    }
    return problems
  }

  private func wrongChanges(
    in catalog: ModuleCatalog, _ commits: [ReachedCommit]
  ) throws(DatabaseError) -> [String] {
    var recorded = ObjectIDSet()
    try catalog.forEachRevision { recorded.insert($0.id) }
    // Read last, so that commits that are recorded meanwhile have their changes.
    let sums = try catalog.changeSums()
    let trees = Dictionary(commits.map { ($0.id, $0.tree) }, uniquingKeysWith: { one, _ in one })
    var problems: [String] = []
    for commit in commits where recorded.contains(commit.id) {
      var sum = ChangeSum()
      do throws(GitError) {
        try session.repository.compare(commit.parents.first.flatMap { trees[$0] }, commit.tree) {
          difference in
          sum.add(
            path: Array(difference.path.joined(separator: [0x2f])), object: difference.new?.id,
            mode: difference.new?.mode.rawValue ?? 0)
        }
      } catch {
        // Damage of objects is reported elsewhere.
        continue
      }
      if sum != sums[commit.id, default: ChangeSum()] {
        problems.append("it has the wrong changes for \(commit.id)")
      }
    }
    return problems
  }

  /// Runs code that reads the catalog; returns the problem if that fails.
  private func reading<Result>(
    _ path: FilePath, _ body: () throws(DatabaseError) -> Result
  ) -> (result: Result?, damage: [Damage]) {
    do throws(DatabaseError) { return (try body(), []) } catch {
      switch error.code {
      case .damaged, .failed: return (nil, [Damage(.catalog(path), error.message, isRepairable: true)])
      // The next command creates another one.
      case .otherVersion: break
      case .busy, .unavailable: session.work.note(.catalogUnavailable(error.message))
      }
      return (nil, [])
    }
  }
}
