public import Identifiers
public import SQLite

/// The place of a commit in the recorded history, for a comparison with the commits themselves.
public struct RecordedRevision: Hashable, Sendable {
  /// The commit.
  public let id: ObjectID
  /// The number of first parents before it.
  public let depth: Int
  /// The commit before it according to the rows; nil for a root.
  public let parent: ObjectID?
  /// The number of first parents before that one.
  public let parentDepth: Int?
}

/// The data for a comparison of the catalog with the objects.
extension ModuleCatalog {
  /// The errors that SQLite finds in the file, at most a few lines.
  ///
  /// - Throws: `damaged` if the file cannot even be checked.
  public func integrityProblems() throws(DatabaseError) -> [String] {
    var problems: [String] = []
    try database.run("PRAGMA integrity_check(5)") { row in
      if let text = row.text(0), text != "ok" { problems.append(text) }
    }
    return problems
  }

  /// Passes all facts about blobs, except descriptions.
  public func forEachFacts(_ body: (StoredModule) -> Void) throws(DatabaseError) {
    try database.run("SELECT blob, digest, size, kind, problem FROM module") { (row) throws(DatabaseError) in
      body(try FactsDetail.summary.module(in: row))
    }
  }

  /// Passes the commits of the recorded history.
  ///
  /// - Throws: `damaged` if a row names a place that does not exist.
  public func forEachRevision(_ body: (RecordedRevision) -> Void) throws(DatabaseError) {
    try database.readTransaction { () throws(DatabaseError) in
      let starts = try runStarts()
      var last: (segment: Int, position: Int, id: ObjectID, depth: Int)?
      try database.run(
        "SELECT segment, position, id, depth FROM revision ORDER BY segment, position"
      ) { (row) throws(DatabaseError) in
        let (segment, position) = (row.integer(0), row.integer(1))
        let (id, depth) = (try row.objectID(2), row.integer(3))
        var parent = last.map { ($0.id, $0.depth) }
        if position == 0 {
          guard let start = starts[segment] else { throw ModuleCatalog.gap }
          parent = start
        } else if last?.segment != segment || last?.position != position - 1 {
          throw ModuleCatalog.gap
        }
        body(RecordedRevision(id: id, depth: depth, parent: parent?.0, parentDepth: parent?.1))
        last = (segment, position, id, depth)
      }
    }
  }

  /// For each run the commit before it; nil for runs that begin with a root.
  private func runStarts() throws(DatabaseError) -> [Int: (ObjectID, Int)?] {
    var starts: [Int: (ObjectID, Int)?] = [:]
    try database.run(
      """
      SELECT segment.id, segment.parent, revision.id, revision.depth FROM segment
      LEFT JOIN revision ON revision.segment = segment.parent AND revision.position = segment.parent_position
      """
    ) { (row) throws(DatabaseError) in
      if row.isNull(1) {
        starts[row.integer(0)] = .some(nil)
      } else {
        guard let id = try row.optionalObjectID(2) else { throw ModuleCatalog.gap }
        starts[row.integer(0)] = (id, row.integer(3))
      }
    }
    return starts
  }

  /// For each commit a sum of its changes, which is independent of their order (`ChangeSum`).
  public func changeSums() throws(DatabaseError) -> [ObjectID: ChangeSum] {
    var sums: [ObjectID: ChangeSum] = [:]
    try database.run(
      """
      SELECT revision.id, path.name, change.blob, change.mode FROM change
      JOIN path ON path.id = change.path LEFT JOIN revision USING (segment, position)
      """
    ) { (row) throws(DatabaseError) in
      // A change whose commit is not recorded has no meaning.
      guard let id = try row.optionalObjectID(0) else { throw ModuleCatalog.gap }
      sums[id, default: ChangeSum()].add(
        path: row.bytes(1), object: try row.optionalObjectID(2),
        mode: UInt32(truncatingIfNeeded: row.integer(3)))
    }
    return sums
  }

  private static var gap: DatabaseError {
    DatabaseError(code: .damaged, message: "the history has a missing part")
  }
}

/// The sum of some changes: equal for equal changes in any order.
public struct ChangeSum: Hashable, Sendable {
  private var sum: UInt64 = 0
  private var count = 0

  /// The sum of no changes.
  public init() {}

  /// Adds a change.
  public mutating func add(path: [UInt8], object: ObjectID?, mode: UInt32) {
    var hasher = Hasher()
    hasher.combine(path)
    hasher.combine(object)
    hasher.combine(object?.bytes)
    hasher.combine(mode)
    sum &+= UInt64(bitPattern: Int64(hasher.finalize()))
    count += 1
  }
}
