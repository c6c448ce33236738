internal import SQLite
internal import Catalog
internal import Git
internal import Identifiers

extension StoreSession {
  /// Finds the modules of a branch or revision that meet conditions, ordered by path; for the same path, the newest
  /// first.
  ///
  /// - Throws: `StoreError.branchNotFound`, `.unknownRevision`, `.invalidPath`.
  public func search(_ request: SearchRequest) throws(StoreError) -> [FoundModule] {
    let filters = try PathChoice(request)
    var (places, head) = try self.places(request, below: filters.prefix)
    places.removeAll { $0.file.mode != .file || !filters.mayMatch($0.file.path) }
    var matching: [ObjectID: (facts: ModuleFacts, alternatives: [Bool])] = [:]
    var unknown: Set<ObjectID> = []
    try forEachFacts(ofBlobs: Set(places.map(\.file.id)), request.detail) { blob, facts in
      guard let match = request.matches(facts) else { return false }
      var alternatives: [Bool] = []
      var mayMatch = request.alternatives.isEmpty
      for alternative in request.alternatives {
        guard let match = alternative.matches(facts) else { return false }
        alternatives.append(match == .yes)
        if match == .unknown { mayMatch = true }
      }
      if match == .yes, alternatives.isEmpty || alternatives.contains(true) {
        var kept = facts
        // Descriptions of thousands of modules are long.
        if !request.hasHits { kept.description = nil }
        matching[blob] = (kept, alternatives)
      } else if match != .no, mayMatch || alternatives.contains(true) {
        unknown.insert(blob)
      }
      return true
    }
    if let place = places.first(where: { unknown.contains($0.file.id) }) {
      work.note(.incompletelyKnown(unknown.count, example: RawPath(place.file.path)))
    }
    places.removeAll { place in
      matching[place.file.id].map { !filters.matches(place.file.path, $0.alternatives) } ?? true
    }
    let commits =
      request.coversHistory
      ? try head.map { head throws(StoreError) in
        try self.commits(atDepths: Set(places.map(\.lastDepth)), upTo: head)
      } ?? [:] : [:]
    var hits: [ObjectID: [SearchHit]] = [:]
    var found: [FoundModule] = []
    for place in places {
      let facts = matching[place.file.id]?.facts
      let entry = try listEntry(place.file, facts)
      guard entry.digest != nil else { continue }
      if request.hasHits, hits[place.file.id] == nil { hits[place.file.id] = facts.map(request.hits) }
      let commit = place.commit ?? commits[place.lastDepth]
      found.append(
        FoundModule(entry: entry, commit: commit.map { CommitID($0) }, hits: hits[place.file.id]))
    }
    return found
  }

  /// The files to search, and the commit from which they are searched, if there is one.
  private func places(_ request: SearchRequest, below filter: PathFilter?) throws(StoreError) -> (
    [Place], head: ObjectID?
  ) {
    guard !request.coversAllReferences else { return (try placesOfAllReferences(), nil) }
    var commit = try request.revision.map { text throws(StoreError) in try resolve(text) }
    if request.revision == nil { commit = try head() }
    guard let commit else { return ([], nil) }
    guard request.coversHistory else {
      return (
        try files(of: commit, below: filter).map { Place(file: $0, lastDepth: 0) }, commit.object
      )
    }
    return (try pastPlaces(upTo: commit.object).sorted { $0.precedes($1) }, commit.object)
  }

  /// The files that commits of branches and tags put at paths, each once, with the newest commit that did so.
  private func placesOfAllReferences() throws(StoreError) -> [Place] {
    let heads = try branches().compactMap { $0.head?.object } + tags().map(\.commit.object)
    var order: [TreeFile: Place] = [:]
    try translated { () throws(GitError) in
      var depth = 0
      try repository.walk(from: heads) { (id) throws(GitError) in
        depth += 1
        let link = try repository.link(id)
        let before = try link.firstParent.map { parent throws(GitError) in try repository.link(parent).tree }
        try repository.compare(before, link.tree) { (difference) throws(GitError) in
          guard let new = difference.new else { return }
          let path = [0x2f] + Array(difference.path.joined(separator: [0x2f]))
          let file = TreeFile(path: path, mode: new.mode, id: new.id)
          if order[file] == nil { order[file] = Place(file: file, lastDepth: -depth, commit: id) }
        }
        return true
      }
    }
    return order.values.sorted { $0.precedes($1) }
  }

  /// The restriction of a search to paths: to all of the request's, and to all of those of an alternative.
  private struct PathChoice {
    private let own: [PathFilter]
    private let alternatives: [[PathFilter]]

    init(_ request: SearchRequest) throws(StoreError) {
      own = try request.paths.map { text throws(StoreError) in try PathFilter(text) }
      alternatives = try request.alternatives.map { alternative throws(StoreError) in
        try alternative.paths.map { text throws(StoreError) in try PathFilter(text) }
      }
    }

    /// A filter that every match passes.
    var prefix: PathFilter? { own.first ?? (alternatives.count == 1 ? alternatives[0].first : nil) }

    func mayMatch(_ path: [UInt8]) -> Bool {
      own.allSatisfy { $0.matches(path) }
        && (alternatives.isEmpty || alternatives.contains { $0.allSatisfy { $0.matches(path) } })
    }

    /// Whether a path matches the request and an alternative whose other conditions are met.
    func matches(_ path: [UInt8], _ isMet: [Bool]) -> Bool {
      own.allSatisfy { $0.matches(path) }
        && (alternatives.isEmpty
          || zip(alternatives, isMet).contains { $1 && $0.allSatisfy { $0.matches(path) } })
    }
  }

  /// A file, and the number of first parents before the newest commit that contains it.
  private struct Place {
    let file: TreeFile
    let lastDepth: Int
    /// The commit that put it there, if that is reported.
    var commit: ObjectID?

    func precedes(_ other: Place) -> Bool {
      if file.path == other.file.path { return lastDepth > other.lastDepth }
      // Components are compared one by one: the end of one sorts before every byte.
      return file.path.lexicographicallyPrecedes(other.file.path) {
        ($0 == 0x2f ? 0 : $0) < ($1 == 0x2f ? 0 : $1)
      }
    }
  }

  /// The files that every path had along the first parents of `head`, each once.
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

  /// The commits on the way to `head` with these numbers of first parents before them.
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

  /// The spans of all paths without a catalog, by comparing every commit with its first parent.
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
