internal import SQLite
internal import Catalog
internal import Git
internal import Identifiers

extension StoreSession {
  /// Finds the modules of a branch or revision that meet conditions, in the order of their paths; of one path the
  /// newest first.
  ///
  /// - Throws: `StoreError.branchNotFound`, `.unknownRevision`, `.invalidPath`.
  public func search(_ request: SearchRequest) throws(StoreError) -> [FoundModule] {
    var commit = try request.revision.map { text throws(StoreError) in try resolve(text) }
    if request.revision == nil { commit = try head() }
    guard let commit else { return [] }
    let filters = try request.paths.map { text throws(StoreError) in try PathFilter(text) }
    var places: [Place]
    if request.coversHistory {
      places = try pastPlaces(upTo: commit.object).sorted { $0.precedes($1) }
    } else {
      places = try files(of: commit, below: filters.first).map { Place(file: $0, lastDepth: 0) }
    }
    places.removeAll { place in
      place.file.mode != .file || !filters.allSatisfy { $0.matches(place.file.path) }
    }
    var matching: [ObjectID: BlobFacts] = [:]
    var unknown: Set<ObjectID> = []
    try forEachFacts(ofBlobs: Set(places.map(\.file.id)), request.detail) { blob, facts in
      guard let match = request.matches(facts) else { return false }
      if match == .yes { matching[blob] = facts }
      if match == .unknown { unknown.insert(blob) }
      return true
    }
    if let place = places.first(where: { unknown.contains($0.file.id) }) {
      work.note(.incompletelyKnown(unknown.count, example: RawPath(place.file.path)))
    }
    places.removeAll { !matching.keys.contains($0.file.id) }
    let commits =
      request.coversHistory
      ? try self.commits(atDepths: Set(places.map(\.lastDepth)), upTo: commit.object) : [:]
    var found: [FoundModule] = []
    for place in places {
      let entry = try listEntry(place.file, matching[place.file.id])
      guard entry.digest != nil else { continue }
      found.append(FoundModule(entry: entry, commit: commits[place.lastDepth].map { CommitID($0) }))
    }
    return found
  }

  /// A file, and how many first parents stand before the newest commit that has it.
  private struct Place {
    let file: TreeFile
    let lastDepth: Int

    func precedes(_ other: Place) -> Bool {
      if file.path == other.file.path { return lastDepth > other.lastDepth }
      // Steps are compared one by one: their end comes before every byte.
      return file.path.lexicographicallyPrecedes(other.file.path) {
        ($0 == 0x2f ? 0 : $0) < ($1 == 0x2f ? 0 : $1)
      }
    }
  }

  /// What every path held along the first parents of `head`, each once.
  private func pastPlaces(upTo head: ObjectID) throws(StoreError) -> [Place] {
    var newest: [TreeFile: Int] = [:]
    func note(_ span: PathSpan) {
      guard let mode = EntryMode(rawValue: span.mode) else { return }
      let file = TreeFile(path: [0x2f] + span.path, mode: mode, id: span.object)
      newest[file] = max(newest[file] ?? 0, span.lastDepth)
    }
    let place = try historyPlace(of: head)
    let isRead = withCatalog { (catalog) throws(DatabaseError) -> Bool? in
      guard let place else { return nil }
      try catalog.forEachSpan(upTo: place, note)
      return true
    }
    if isRead == nil { for span in try walkedSpans(upTo: head) { note(span) } }
    return newest.map { Place(file: $0.key, lastDepth: $0.value) }
  }

  /// The commits on the way to `head` that have so many first parents before them.
  private func commits(
    atDepths depths: Set<Int>, upTo head: ObjectID
  ) throws(StoreError) -> [Int: ObjectID] {
    let place = try historyPlace(of: head)
    let known = withCatalog { (catalog) throws(DatabaseError) -> [Int: ObjectID]? in
      guard let place else { return nil }
      return try catalog.commits(atDepths: depths, upTo: place)
    }
    if let known { return known }
    var commits: [Int: ObjectID] = [:]
    for (depth, step) in try firstParents(of: head).enumerated() where depths.contains(depth) {
      commits[depth] = step.id
    }
    return commits
  }

  /// The spans of all paths without a catalog: by comparing every commit with its first parent.
  private func walkedSpans(upTo head: ObjectID) throws(StoreError) -> [PathSpan] {
    let steps = try firstParents(of: head)
    var open: [[UInt8]: TreeDifference.Side] = [:]
    var spans: [PathSpan] = []
    func close(_ path: [UInt8], at depth: Int) {
      guard let side = open.removeValue(forKey: path) else { return }
      spans.append(PathSpan(path: path, object: side.id, mode: side.mode.rawValue, lastDepth: depth))
    }
    try translated { () throws(GitError) in
      var before: ObjectID?
      for (depth, step) in steps.enumerated() {
        try repository.compare(before, step.tree) { (difference) throws(GitError) in
          let path = Array(difference.path.joined(separator: [0x2f]))
          close(path, at: depth - 1)
          open[path] = difference.new
        }
        before = step.tree
      }
    }
    for path in Array(open.keys) { close(path, at: steps.count - 1) }
    return spans
  }

  /// The commits along first parents, the oldest first.
  private func firstParents(of head: ObjectID) throws(StoreError) -> [FirstParentStep] {
    var steps: [FirstParentStep] = []
    try translated { () throws(GitError) in
      try repository.walkFirstParents(from: head) { (step) throws(GitError) in
        steps.append(step)
        return true
      }
    }
    return steps.reversed()
  }
}
