public import Identifiers
public import SQLite

/// A place in the history along first parents: a run of commits, and a position in that run.
///
/// A commit whose first parent is the last of a run continues this run; any other commit starts a new run, which
/// names its parent's place. So a branch of any length consists of a few runs.
public struct HistoryPlace: Hashable, Sendable {
  let segment: Int
  let position: Int
  /// The number of first parents before the commit.
  public let depth: Int

  /// The next place in the same run.
  var next: HistoryPlace { HistoryPlace(segment: segment, position: position + 1, depth: depth + 1) }
}

/// One change of one path by one commit, compared with the commit's first parent.
public struct PathChange: Hashable, Sendable {
  /// The commit.
  public let commit: ObjectID
  /// The number of first parents before the commit.
  public let depth: Int
  /// The object at the path after the commit; nil if the path was removed.
  public let object: ObjectID?
  /// The entry's git mode; 0 if the path was removed.
  public let mode: UInt32

  /// Creates a change from its parts.
  public init(commit: ObjectID, depth: Int, object: ObjectID?, mode: UInt32) {
    self.commit = commit
    self.depth = depth
    self.object = object
    self.mode = mode
  }
}

/// The content of a path during a run of commits along first parents.
public struct PathSpan: Hashable, Sendable {
  /// The path's bytes, its segments joined by slashes.
  public let path: [UInt8]
  /// The object.
  public let object: ObjectID
  /// The entry's git mode.
  public let mode: UInt32
  /// The number of first parents before the last commit that has the object at the path.
  public let lastDepth: Int

  /// Creates a span from its parts.
  public init(path: [UInt8], object: ObjectID, mode: UInt32, lastDepth: Int) {
    self.path = path
    self.object = object
    self.mode = mode
    self.lastDepth = lastDepth
  }
}

extension ModuleCatalog {
  /// Returns whether any commit is recorded.
  public func hasHistory() throws(DatabaseError) -> Bool {
    try database.first("SELECT 1 FROM segment LIMIT 1", row: { _ in true }) ?? false
  }

  /// The place of a commit in the recorded history; nil if it is not recorded yet.
  public func place(ofCommit id: ObjectID) throws(DatabaseError) -> HistoryPlace? {
    try database.first("SELECT segment, position, depth FROM revision WHERE id = ?1", [.name(id)]) { row in
      HistoryPlace(segment: row.integer(0), position: row.integer(1), depth: row.integer(2))
    }
  }

  /// The changes of one path up to `head`, oldest first.
  public func changes(of path: [UInt8], upTo head: HistoryPlace) throws(DatabaseError) -> [PathChange] {
    guard
      let row = try database.first(
        "SELECT id FROM path WHERE name = ?1", [.bytes(path)], row: { $0.integer(0) })
    else { return [] }
    var changes: [PathChange] = []
    for run in try runs(to: head) {
      try database.run(
        """
        SELECT revision.id, revision.depth, change.blob, change.mode FROM change
        JOIN revision USING (segment, position)
        WHERE change.path = ?1 AND change.segment = ?2 AND change.position <= ?3 ORDER BY change.position
        """, [.integer(row), .integer(run.segment), .integer(run.last)]
      ) { (row) throws(DatabaseError) in changes.append(try PathChange(row: row)) }
    }
    return changes
  }

  /// The ids of the commits that last changed each path up to `head`, in the order of the paths; nil for paths that
  /// never changed.
  public func lastCommits(
    changing paths: [[UInt8]], upTo head: HistoryPlace
  ) throws(DatabaseError) -> [ObjectID?] {
    try database.readTransaction { () throws(DatabaseError) in
      let runs = Array(try runs(to: head).reversed())
      let change = try database.prepared(
        """
        SELECT position FROM change WHERE path = (SELECT id FROM path WHERE name = ?1)
        AND segment = ?2 AND position <= ?3 ORDER BY position DESC LIMIT 1
        """)
      // A commit changes many paths.
      var known: [RevisionKey: ObjectID] = [:]
      var commits: [ObjectID?] = []
      commits.reserveCapacity(paths.count)
      for path in paths {
        var last: RevisionKey?
        for run in runs where last == nil {
          last = try database.first(
            change, [.bytes(path), .integer(run.segment), .integer(run.last)],
            row: { RevisionKey(segment: run.segment, position: $0.integer(0)) })
        }
        if let last, known[last] == nil { known[last] = try commit(last) }
        commits.append(last.flatMap { known[$0] })
      }
      return commits
    }
  }

  private struct RevisionKey: Hashable {
    let segment: Int
    let position: Int
  }

  private func commit(_ key: RevisionKey) throws(DatabaseError) -> ObjectID? {
    try database.first(
      "SELECT id FROM revision WHERE segment = ?1 AND position = ?2",
      [.integer(key.segment), .integer(key.position)]
    ) { (row) throws(DatabaseError) in try row.objectID(0) }
  }

  /// Passes the contents of all paths up to `head`, path by path, the oldest first.
  public func forEachSpan(
    upTo head: HistoryPlace, _ body: (PathSpan) -> Void
  ) throws(DatabaseError) {
    var lasts: [Int: (position: Int, depth: Int)] = [:]
    for run in try runs(to: head) {
      let first = try database.first(
        "SELECT depth - position FROM revision WHERE segment = ?1 LIMIT 1", [.integer(run.segment)],
        row: { $0.integer(0) })
      guard let first else { continue }
      lasts[run.segment] = (run.last, first)
    }
    // A run's parent was recorded before it and has a lower number, so the order of the key is the order of the
    // history.
    var open: PathSpan?
    var openRow = -1
    func close(_ depth: Int) {
      guard let span = open else { return }
      body(PathSpan(path: span.path, object: span.object, mode: span.mode, lastDepth: depth))
    }
    try database.run(
      """
      SELECT change.path, path.name, change.segment, change.position, change.blob, change.mode
      FROM change JOIN path ON path.id = change.path
      ORDER BY change.path, change.segment, change.position
      """
    ) { (row) throws(DatabaseError) in
      guard let last = lasts[row.integer(2)], row.integer(3) <= last.position else { return }
      let depth = last.depth + row.integer(3)
      close(row.integer(0) == openRow ? depth - 1 : head.depth)
      openRow = row.integer(0)
      open = try row.optionalObjectID(4).map {
        PathSpan(path: row.bytes(1), object: $0, mode: UInt32(row.integer(5)), lastDepth: depth)
      }
    }
    close(head.depth)
  }

  /// The commits up to `head` that have this number of first parents before them.
  public func commits(
    atDepths depths: Set<Int>, upTo head: HistoryPlace
  ) throws(DatabaseError) -> [Int: ObjectID] {
    var commits: [Int: ObjectID] = [:]
    for run in try runs(to: head) {
      try database.run(
        "SELECT depth, id FROM revision WHERE segment = ?1 AND position <= ?2",
        [.integer(run.segment), .integer(run.last)]
      ) { (row) throws(DatabaseError) in
        if depths.contains(row.integer(0)) { commits[row.integer(0)] = try row.objectID(1) }
      }
    }
    return commits
  }

  /// The paths that ever had the object, in any recorded history, in no particular order.
  public func paths(everHolding object: ObjectID) throws(DatabaseError) -> [[UInt8]] {
    var paths: [[UInt8]] = []
    // Each path once, in the order of the index: DISTINCT would create a table in memory first.
    try database.run(
      """
      SELECT path.name FROM change JOIN path ON path.id = change.path WHERE change.blob = ?1
      GROUP BY change.path
      """, [.name(object)]
    ) { paths.append($0.bytes(0)) }
    return paths
  }

  /// The runs that lead to a place, oldest first, each with the last position that belongs to the history.
  private func runs(to head: HistoryPlace) throws(DatabaseError) -> [(segment: Int, last: Int)] {
    var runs = [(segment: head.segment, last: head.position)]
    var segment = head.segment
    while let parent = try database.first(
      "SELECT parent, parent_position FROM segment WHERE id = ?1 AND parent IS NOT NULL", [.integer(segment)],
      row: { (segment: $0.integer(0), last: $0.integer(1)) })
    {
      runs.append(parent)
      segment = parent.segment
    }
    return runs.reversed()
  }
}

extension PathChange {
  fileprivate init(row: Statement) throws(DatabaseError) {
    self.init(
      commit: try row.objectID(0), depth: row.integer(1), object: try row.optionalObjectID(2),
      mode: UInt32(row.integer(3)))
  }
}
