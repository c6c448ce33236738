public import Identifiers
public import SQLite

extension ModuleCatalog {
  /// Deletes the rows of deleted objects. A remaining row does no harm, because its object is looked up before the
  /// row is used.
  ///
  /// - Parameters:
  ///   - commits: Commits that no longer exist; the rows of their descendants are deleted too.
  ///   - blobs: Blobs that no longer exist.
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
      // One scan of all changes costs less than a search for the changes of each commit.
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

  /// Deletes the rows of a run from a place on, and those of runs that follow such a place.
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
