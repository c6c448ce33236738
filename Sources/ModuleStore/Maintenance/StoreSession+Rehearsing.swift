internal import Catalog
internal import FileSystem
internal import Git
internal import Identifiers

extension StoreSession {
  /// Determines what a collection would remove; nothing is changed, and no lock is taken.
  ///
  /// - Parameters:
  ///   - history: What would be done with the branch's history.
  ///   - grace: How long objects of unknown origin are kept, in nanoseconds.
  ///   - endsRecords: Whether former states of references are dropped.
  /// - Returns: What would be removed.
  /// - Throws: As `collectGarbage`.
  func rehearse(
    _ history: HistoryPolicy, grace: Int64, endsRecords: Bool
  ) throws(StoreError) -> CollectionReport {
    var report = CollectionReport()
    let (former, inventory) = try reached(.all)
    var reachability = try reachability(endsRecords ? [] : .all)
    if let count = history.keptCount {
      let (squash, holders) = try squash(keeping: count)
      report.holders = holders
      if let squash {
        if try isProtected(branch) { throw .branchProtected(branch) }
        try refuseCheckedOut(branch)
        report.squashed = squashedHistory(squash)
        reachability.replace(branch.reference, by: squash)
      }
    }
    if endsRecords { reachability.dropKept() }
    let live = try reachability.walk(in: inventory, work)
    let start = Timestamp.now.seconds * 1_000_000_000
    let dead = try deadObjects(in: inventory, live: live, former: former, olderThan: start - grace, &report)
    let earlier = try squashCommits(among: former, live: live)
    report.removedObjects = dead.count - earlier.count { dead.contains($0) }
    report.modules = try modules(among: dead, former: former)
    report.freedBytes = report.modules.reduce(0) { $0 + Int64($1.size) }
    return report
  }

  private func squashedHistory(_ squash: HistorySquash) -> SquashedHistory {
    let times = squash.dropped.map(\.committer.seconds)
    return SquashedHistory(
      branch: branch, commitCount: squash.dropped.count, oldest: Timestamp(seconds: times.min() ?? 0),
      before: CommitID(squash.head), after: nil, rewritten: [:])
  }

  private func deadObjects(
    in inventory: ObjectInventory, live: Reachability.Reached, former: Reachability.Reached,
    olderThan limit: Int64, _ report: inout CollectionReport
  ) throws(StoreError) -> ObjectIDSet {
    var dead = ObjectIDSet()
    guard let folder = inventory.folders.first else { return dead }
    for id in folder.loose where !live.contains(id) {
      let path = layout.objects.looseObject(id)
      let status = try translated { () throws(FileError) in try FileStatus(path, followingLinks: false) }
      guard former.contains(id) || status?.modified ?? .max <= limit else {
        report.waitingObjects += 1
        continue
      }
      dead.insert(id)
    }
    for pack in folder.packs {
      let path = pack.packPath
      let status = try translated { () throws(FileError) in try FileStatus(path) }
      let gone = (0..<pack.count).map { pack.id(at: $0) }.filter { !live.contains($0) }
      let isOld = status?.modified ?? .max <= limit
      guard isOld || gone.allSatisfy({ former.contains($0) }) else {
        report.waitingObjects += gone.count
        continue
      }
      for id in gone { dead.insert(id) }
    }
    return dead
  }

  /// The modules among the deleted objects, and the last place of each.
  private func modules(
    among dead: ObjectIDSet, former: Reachability.Reached
  ) throws(StoreError) -> [CollectedModule] {
    let blobs = Set((former.current.blobs + former.former.blobs).filter { dead.contains($0) })
    var places: [ObjectID: CollectedModule.Place] = [:]
    let commits = former.current.commits + former.former.commits
    let trees = Dictionary(commits.map { ($0.id, $0.tree) }, uniquingKeysWith: { first, _ in first })
    for commit in commits where !blobs.isEmpty {
      try work.check()
      for parent in commit.parents {
        guard let before = trees[parent] else { continue }
        try translated { () throws(GitError) in
          try repository.compare(before, commit.tree) { difference in
            guard let old = difference.old?.id, blobs.contains(old), places[old] == nil else { return }
            places[old] = CollectedModule.Place(path: RawPath(difference.path), commit: CommitID(parent))
          }
        }
      }
    }
    var modules: [CollectedModule] = []
    try forEachFacts(ofBlobs: blobs) { blob, facts in
      if let digest = facts.digest {
        modules.append(CollectedModule(digest: digest, size: facts.size, last: places[blob]))
      }
      return true
    }
    return modules.sorted { $0.digest < $1.digest }
  }
}

extension Reachability {
  /// Makes the branch name the result of a squash.
  fileprivate mutating func replace(_ name: String, by squash: HistorySquash) {
    let source = Source.reference(name)
    roots.removeAll { $0.source == source }
    for id in squash.kept.map(\.tree) + [squash.base.tree] + squash.parents {
      roots.append(Root(object: id, source: source))
    }
  }

  /// Leaves out objects that are kept only for `undo`.
  fileprivate mutating func dropKept() {
    roots.removeAll { root in
      if case .reference(let name, nil) = root.source { return name.hasPrefix(StoreSession.keptPrefix) }
      return false
    }
  }
}
