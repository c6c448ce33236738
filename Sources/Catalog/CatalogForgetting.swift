public import Identifiers
public import SQLite

extension ModuleCatalog {
  /// Drops the rows of what was deleted. A row that stays does no harm: what it is about is looked for before it counts.
  ///
  /// - Parameters:
  ///   - commits: Commits that are gone; the rows of those that came after them go too.
  ///   - blobs: Blobs that are gone.
  /// - Throws: `DatabaseError`.
  public func forget(
    commits: some Sequence<ObjectID>, blobs: some Sequence<ObjectID>
  ) throws(DatabaseError) {
    try transaction { () throws(DatabaseError) in
      var firsts: [Int: Int] = [:]
      for commit in commits {
        guard let place = try place(ofCommit: commit) else { continue }
        firsts[place.segment] = min(firsts[place.segment] ?? .max, place.position)
      }
      for (segment, position) in firsts { try forget(segment: segment, from: position) }
      // One look at all changes costs less than a search for those of each commit.
      try database.run(
        """
        DELETE FROM change WHERE NOT EXISTS (
          SELECT 1 FROM revision WHERE revision.segment = change.segment AND revision.position = change.position)
        """, [])
      for blob in blobs {
        try database.run(
          "DELETE FROM raw_copy WHERE digest = (SELECT digest FROM module WHERE blob = ?1)", [.name(blob)])
        try database.run("DELETE FROM module WHERE blob = ?1", [.name(blob)])
        try database.run("DELETE FROM unread WHERE blob = ?1", [.name(blob)])
      }
      try database.run("DELETE FROM path WHERE id NOT IN (SELECT path FROM change)", [])
      try database.run("DELETE FROM segment WHERE id NOT IN (SELECT segment FROM revision)", [])
    }
  }

  /// Drops the rows of a run from a place on, and those of runs that follow such a place.
  private func forget(segment: Int, from position: Int) throws(DatabaseError) {
    let place: [SQLValue] = [.integer(segment), .integer(position)]
    try database.run(
      """
      WITH RECURSIVE later(id) AS (
        SELECT id FROM segment WHERE parent = ?1 AND parent_position >= ?2
        UNION SELECT segment.id FROM segment JOIN later ON segment.parent = later.id)
      DELETE FROM revision WHERE segment IN later
      """, place)
    try database.run("DELETE FROM revision WHERE segment = ?1 AND position >= ?2", place)
  }
}
