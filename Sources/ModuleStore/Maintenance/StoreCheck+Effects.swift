internal import Git
internal import Identifiers

extension StoreCheck {
  /// Determines which paths of which commits cannot be read because objects are damaged.
  ///
  /// All trees are read once more for that, so it is done only if there is damage.
  mutating func addEffects(_ survey: ObjectSurvey) throws(StoreError) {
    var wanted: Set<ObjectID> = []
    for damage in report.damage {
      if case .object(let id, nil) = damage.subject { wanted.insert(id) }
    }
    guard !wanted.isEmpty else { return }
    var search = try EffectSearch(survey, wanted)
    try search.run(session.work)
    for index in report.damage.indices {
      guard case .object(let id, nil) = report.damage[index].subject else { continue }
      report.damage[index].effect = search.effect(of: id)
    }
  }
}

/// Searches all commits for the paths of some objects.
private struct EffectSearch: ~Copyable {
  /// A path that leads to a wanted object.
  private struct Hit: Hashable {
    let object: ObjectID
    let path: [UInt8]
  }

  private struct Use {
    var commit: ObjectID
    var count = 0
  }

  private let survey: ObjectSurvey
  private let wanted: Set<ObjectID>
  private var reader: InventoryReader
  /// The results for each tree that was read.
  private var hits: [ObjectID: [Hit]] = [:]
  private var uses: [ObjectID: [[UInt8]: Use]] = [:]
  private var commitCounts: [ObjectID: Int] = [:]
  private var sources: [ObjectID: String] = [:]

  /// The maximum number of paths reported for an object.
  private static let toldPaths = 5
  /// The maximum number of paths followed below one tree, so that an object at very many paths does not cost more.
  private static let followedPaths = 1000

  init(_ survey: ObjectSurvey, _ wanted: Set<ObjectID>) throws(StoreError) {
    self.survey = survey
    self.wanted = wanted
    let inventory = survey.inventory
    reader = try translated { () throws(GitError) in try InventoryReader(inventory) }
  }

  mutating func run(_ work: Work) throws(StoreError) {
    let commits = survey.reached.current.commits
    let owners = owners(of: commits)
    for (commit, owner) in zip(commits, owners) {
      try work.check()
      var found: Set<ObjectID> = []
      for hit in try hits(below: commit.tree) {
        uses[hit.object, default: [:]][hit.path, default: Use(commit: commit.id)].count += 1
        found.insert(hit.object)
      }
      for parent in commit.parents where wanted.contains(parent) {
        uses[parent, default: [:]][[], default: Use(commit: commit.id)].count += 1
        found.insert(parent)
      }
      for id in found {
        commitCounts[id, default: 0] += 1
        if sources[id] == nil { sources[id] = owner }
      }
    }
    for root in survey.reachability.roots where wanted.contains(root.object) && sources[root.object] == nil {
      sources[root.object] = root.source.description
    }
    for root in survey.reachability.recorded where wanted.contains(root.object) && sources[root.object] == nil
    {
      sources[root.object] = root.source.description
    }
  }

  /// The first source from which each commit is reachable.
  private func owners(of commits: [ReachedCommit]) -> [String] {
    var places: [ObjectID: Int] = [:]
    for (place, commit) in commits.enumerated() { places[commit.id] = place }
    var owners = [String](repeating: "", count: commits.count)
    for root in survey.reachability.roots {
      let source = root.source.description
      var pending = [root.object]
      while let id = pending.popLast() {
        guard let place = places[id], owners[place].isEmpty else { continue }
        owners[place] = source
        pending += commits[place].parents
      }
    }
    // The target of a tag object.
    return owners.map { $0.isEmpty ? "a tag" : $0 }
  }

  private mutating func hits(below root: ObjectID) throws(StoreError) -> [Hit] {
    if wanted.contains(root) { return [Hit(object: root, path: [0x2f])] }
    var pending = [root]
    while let tree = pending.last {
      guard hits[tree] == nil else {
        pending.removeLast()
        continue
      }
      let entries = entries(of: tree)
      let open = entries.filter { $0.mode == .directory && !wanted.contains($0.id) && hits[$0.id] == nil }
      if open.isEmpty {
        hits[tree] = found(in: entries)
        pending.removeLast()
      } else {
        pending += open.map(\.id)
      }
    }
    return hits[root] ?? []
  }

  private func found(in entries: [TreeEntry]) -> [Hit] {
    var found: [Hit] = []
    for entry in entries where found.count < EffectSearch.followedPaths {
      let isDirectory = entry.mode == .directory
      if wanted.contains(entry.id) {
        found.append(Hit(object: entry.id, path: [0x2f] + entry.name + (isDirectory ? [0x2f] : [])))
      } else if isDirectory {
        found += (hits[entry.id] ?? []).map { Hit(object: $0.object, path: [0x2f] + entry.name + $0.path) }
      }
    }
    return found
  }

  /// The entries of a tree; empty if it cannot be read, which is reported for the tree itself.
  private mutating func entries(of tree: ObjectID) -> [TreeEntry] {
    do throws(GitError) {
      guard let object = try reader.object(tree, verifying: false), object.kind == .tree else { return [] }
      return try Tree(bytes: object.bytes).entries()
    } catch {
      return []
    }
  }

  func effect(of id: ObjectID) -> Damage.Effect? {
    guard let source = sources[id] else { return nil }
    let paths = (uses[id] ?? [:]).sorted { $0.key.lexicographicallyPrecedes($1.key) }
    return Damage.Effect(
      source: source,
      paths: paths.prefix(EffectSearch.toldPaths).map { path, use in
        Damage.Path(path: RawPath(path), commit: CommitID(use.commit), commitCount: use.count)
      }, pathCount: paths.count, commitCount: commitCounts[id] ?? 0)
  }
}
