public import Identifiers
public import SQLite

/// The result of a commit for one path.
public struct PathEntry: Hashable, Sendable {
  /// The path's bytes, its segments joined by slashes.
  public let path: [UInt8]
  /// The object; nil if the path was removed.
  public let object: ObjectID?
  /// The entry's git mode; 0 if the path was removed.
  public let mode: UInt32

  /// Whether the object is a file's bytes, which may be a module.
  public let isFile: Bool

  /// Creates an entry from its parts.
  public init(path: [UInt8], object: ObjectID?, mode: UInt32, isFile: Bool) {
    self.path = path
    self.object = object
    self.mode = mode
    self.isFile = isFile
  }
}

/// A commit, and its changes compared with its first parent, or with an empty tree for a root.
public struct CommitChanges: Hashable, Sendable {
  /// The commit.
  public let id: ObjectID
  /// The paths that it changed.
  public let changes: [PathEntry]

  /// Creates a commit from its parts.
  public init(id: ObjectID, changes: [PathEntry]) {
    self.id = id
    self.changes = changes
  }
}

extension ModuleCatalog {
  /// Records commits. Each is the first parent of the next one. They follow the first one's parent, whose place the
  /// caller knows.
  ///
  /// Call it in a transaction. The rows are inserted table by table, so that the pages of a table stay in memory.
  ///
  /// - Returns: The place of the last commit; `parent` if there are no commits; nil if `parent` is no longer
  ///   recorded.
  public func record(
    _ commits: [CommitChanges], after parent: HistoryPlace?
  ) throws(DatabaseError) -> HistoryPlace? {
    // A gc may have deleted the row since the caller read it.
    if let parent, try !isRecorded(parent) { return nil }
    var last = parent
    var new: [(place: HistoryPlace, changes: [PathEntry])] = []
    for commit in commits {
      let (place, isNew) = try record(commit.id, after: last)
      if isNew { new.append((place, commit.changes)) }
      last = place
    }
    for (place, changes) in new {
      for entry in changes {
        try database.run(
          "INSERT OR REPLACE INTO change (path, segment, position, blob, mode) VALUES (?1, ?2, ?3, ?4, ?5)",
          [
            .integer(try row(ofPath: entry.path)), .integer(place.segment), .integer(place.position),
            .optional(entry.object), .integer(Int(entry.mode)),
          ])
      }
    }
    for (_, changes) in new {
      for entry in changes {
        guard entry.isFile, let blob = entry.object else { continue }
        try database.run(
          "INSERT OR IGNORE INTO unread SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM module WHERE blob = ?1)",
          [.name(blob)])
      }
    }
    return last
  }

  private func isRecorded(_ place: HistoryPlace) throws(DatabaseError) -> Bool {
    try database.first(
      "SELECT 1 FROM revision WHERE segment = ?1 AND position = ?2 AND depth = ?3",
      [.integer(place.segment), .integer(place.position), .integer(place.depth)], row: { _ in true }) ?? false
  }

  /// Assigns a place to a commit, unless it has one.
  private func record(
    _ id: ObjectID, after parent: HistoryPlace?
  ) throws(DatabaseError) -> (place: HistoryPlace, isNew: Bool) {
    if let next = parent?.next, try insert(id, at: next) { return (next, true) }
    if let known = try place(ofCommit: id) { return (known, false) }
    let place = try beginRun(after: parent)
    return (place, try insert(id, at: place))
  }

  /// Records the place of a commit; returns false if the commit is recorded already, or the place is in use.
  private func insert(_ id: ObjectID, at place: HistoryPlace) throws(DatabaseError) -> Bool {
    try database.run(
      "INSERT OR IGNORE INTO revision (segment, position, id, depth) VALUES (?1, ?2, ?3, ?4)",
      [.integer(place.segment), .integer(place.position), .name(id), .integer(place.depth)])
    return database.changedRows > 0
  }

  /// The first place of a new run that follows a place of another run.
  private func beginRun(after parent: HistoryPlace?) throws(DatabaseError) -> HistoryPlace {
    try database.run(
      "INSERT INTO segment (parent, parent_position) VALUES (?1, ?2)",
      [
        parent.map { .integer($0.segment) } ?? .null, parent.map { .integer($0.position) } ?? .null,
      ])
    return HistoryPlace(
      segment: Int(database.lastRow), position: 0, depth: parent.map { $0.depth + 1 } ?? 0)
  }

  /// The number of a path; assigned now if it has none.
  private func row(ofPath path: [UInt8]) throws(DatabaseError) -> Int {
    if let row = try database.first(
      "SELECT id FROM path WHERE name = ?1", [.bytes(path)], row: { $0.integer(0) })
    {
      return row
    }
    try database.run("INSERT INTO path (name) VALUES (?1)", [.bytes(path)])
    return Int(database.lastRow)
  }
}
