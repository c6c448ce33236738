internal import Catalog
internal import Git
internal import Identifiers
internal import SQLite

extension StoreSession {
  /// Records a new commit, if its first parent is recorded, and the facts about its modules.
  func record(_ result: TransactionResult, modules: [StoredModule] = []) {
    withCatalog { (catalog) throws(DatabaseError) in
      guard catalog.isWritable else { return }
      try catalog.transaction { () throws(DatabaseError) in
        for module in modules { try catalog.record(module) }
        guard let commit = result.commit else { return }
        var place: HistoryPlace?
        if let parent = result.parent {
          place = try catalog.place(ofCommit: parent)
          guard place != nil else { return }
        }
        let changes = CommitChanges(id: commit, changes: result.differences.map { PathEntry($0) })
        _ = try catalog.record([changes], after: place)
      }
    }
  }

  /// The maximum number of commits that a look-up records; if more are missing, it reads the current tree instead.
  static let catchUpLimit = 1_000

  /// The position of a commit in the catalog, after the history before it was recorded; nil if no catalog can be
  /// written, or if more than `limit` commits are missing.
  func historyPlace(of head: ObjectID, limit: Int = .max) throws(StoreError) -> HistoryPlace? {
    // The changes of a commit at the boundary cannot be determined, and the boundary can move.
    if try isShallow { return nil }
    let known = withCatalog { (catalog) throws(DatabaseError) in try catalog.place(ofCommit: head) }
    if let known { return known }
    guard withCatalog({ (catalog) throws(DatabaseError) in catalog.isWritable }) ?? false else { return nil }
    let hasHistory = withCatalog { (catalog) throws(DatabaseError) in try catalog.hasHistory() } ?? false
    var missing: [FirstParentStep] = []
    var place: HistoryPlace?
    try translated { () throws(GitError) in
      try repository.walkFirstParents(from: head) { (step) throws(GitError) in
        if hasHistory {
          place = withCatalog { (catalog) throws(DatabaseError) in try catalog.place(ofCommit: step.id) }
        }
        if place == nil { missing.append(step) }
        return place == nil && missing.count <= limit
      }
    }
    let total = missing.count
    guard total <= limit else { return nil }
    if total > StoreSession.catchUpLimit {
      withCatalog { (catalog) throws(DatabaseError) in try catalog.expectManyRows() }
    }
    while !missing.isEmpty {
      try work.check()
      let batch = missing.suffix(max(StoreSession.historyBatch, (total - missing.count) / 4))
      missing.removeLast(batch.count)
      place = withCatalog { (catalog) throws(DatabaseError) in
        try record(batch.reversed(), after: place, in: catalog)
      }
      guard place != nil else { return nil }
      work.progress(
        Progress(.readingHistory, done: total - missing.count, total: total, bytes: 0))
    }
    return place
  }

  /// Whether the store is a shallow clone.
  var isShallow: Bool {
    get throws(StoreError) { try translated { () throws(GitError) in try repository.isShallow } }
  }

  /// The minimum number of commits recorded in one transaction of the catalog. Each transaction writes most of the
  /// catalog's pages, because ids have no order; so the number also grows with the size of the catalog.
  private static let historyBatch = 20_000

  /// Records commits, each of which is the first parent of the next. Their trees are read before the catalog is locked.
  private func record(
    _ steps: some Sequence<FirstParentStep>, after place: HistoryPlace?, in catalog: ModuleCatalog
  ) throws(DatabaseError) -> HistoryPlace? {
    var commits: [CommitChanges] = []
    var parent: FirstParentStep?
    for step in steps {
      commits.append(try changes(by: step, after: parent))
      parent = step
    }
    return try catalog.transaction { () throws(DatabaseError) in try catalog.record(commits, after: place) }
  }

  /// The changes of a commit compared with its first parent, which is read unless it is given.
  private func changes(
    by step: FirstParentStep, after parent: FirstParentStep?
  ) throws(DatabaseError) -> CommitChanges {
    var changes: [PathEntry] = []
    do throws(GitError) {
      var parentTree = parent?.tree
      if parentTree == nil, let id = step.parent { parentTree = try repository.link(id).tree }
      try repository.compare(parentTree, step.tree) { changes.append(PathEntry($0)) }
    } catch {
      throw DatabaseError(code: .unavailable, message: error.message)
    }
    return CommitChanges(id: step.id, changes: changes)
  }

  /// The changes of one path along the first parents of `head`, oldest first.
  func changes(of path: ModulePath, upTo head: ObjectID) throws(StoreError) -> [PathChange] {
    if let place = try historyPlace(of: head) {
      let changes = withCatalog { (catalog) throws(DatabaseError) in
        try catalog.changes(of: path.key, upTo: place)
      }
      if let changes { return changes }
    }
    return try walkedChanges(of: path.names, upTo: head)
  }

  /// The commits that last changed each path along the first parents of `head`, in the order of the paths.
  func lastCommits(changing paths: [[UInt8]], upTo head: ObjectID) throws(StoreError) -> [CommitID?] {
    if let place = try historyPlace(of: head) {
      let commits = withCatalog { (catalog) throws(DatabaseError) in
        try catalog.lastCommits(changing: paths, upTo: place)
      }
      if let commits { return commits.map { $0.map { CommitID($0) } } }
    }
    return try paths.map { path throws(StoreError) in
      let names = path.split(separator: 0x2f).map { Array($0) }
      return try walkedChanges(of: names, upTo: head).last.map { CommitID($0.commit) }
    }
  }

  /// The same without a catalog, by reading every commit.
  private func walkedChanges(
    of names: [[UInt8]], upTo head: ObjectID
  ) throws(StoreError) -> [PathChange] {
    try translated { () throws(GitError) in
      var steps: [(step: FirstParentStep, entry: TreeEntry?)] = []
      try repository.walkFirstParents(from: head) { (step) throws(GitError) in
        steps.append((step, try repository.entry(at: names, in: step.tree)))
        return true
      }
      var changes: [PathChange] = []
      var before: TreeEntry?
      for (depth, item) in steps.reversed().enumerated() {
        let entry = item.entry.flatMap { $0.mode == .directory ? nil : $0 }
        if entry != before {
          changes.append(
            PathChange(
              commit: item.step.id, depth: depth, object: entry?.id,
              mode: entry?.mode.rawValue ?? 0))
        }
        before = entry
      }
      return changes
    }
  }
}

extension PathEntry {
  /// Converts a difference to the change of its path.
  fileprivate init(_ difference: TreeDifference) {
    self.init(
      path: Array(difference.path.joined(separator: [0x2f])), object: difference.new?.id,
      mode: difference.new?.mode.rawValue ?? 0, isFile: difference.new?.mode == .file)
  }
}
