internal import SQLite

extension KVStorage {
  /// The maximum number of expired values that a write removes.
  private static let expiredAtATime = 100

  /// Stores values in one transaction: all or none.
  ///
  /// If a key occurs twice, the last value is stored.
  ///
  /// - Returns: False if the namespace does not exist. In this case nothing is stored.
  func put(_ entries: [KVNewEntry], in namespace: KVNamespace, now: Int) throws(DatabaseError) -> Bool {
    try database.transaction { () throws(DatabaseError) in
      guard try self.namespace(id: namespace.id) != nil else { return false }
      for entry in entries {
        let key: [SQLValue] = [.integer(namespace.number), .bytes(entry.key)]
        let previous = try database.first(
          "SELECT content FROM entries WHERE namespace = ? AND key = ?", key
        ) { $0.integer(0) }
        if let previous { try removeContent(previous) }
        try database.run(
          """
          INSERT OR REPLACE INTO entries (namespace, key, content, size, metadata, expiration)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
          key + [
            .integer(try take(entry.value)), .integer(entry.value.size), .optional(entry.metadata),
            entry.expiration.map { .integer($0) } ?? .null,
          ])
      }
      try removeExpired(now)
      return true
    }
  }

  /// Returns the entry of a key; nil if there is none.
  func entry(_ key: [UInt8], in namespace: KVNamespace, now: Int) throws(DatabaseError) -> KVEntry? {
    try database.first(
      """
      SELECT key, metadata, expiration, size FROM entries
      WHERE namespace = ? AND key = ? AND (expiration IS NULL OR expiration > ?)
      """, [.integer(namespace.number), .bytes(key), .integer(now)]
    ) { KVEntry($0) }
  }

  /// Returns the entry and the bytes of a value; nil if there is none.
  func value(
    _ key: [UInt8], in namespace: KVNamespace, now: Int
  ) throws(DatabaseError) -> (entry: KVEntry, bytes: [UInt8])? {
    try database.readTransaction { () throws(DatabaseError) in
      guard let entry = try entry(key, in: namespace, now: now) else { return nil }
      let content = try database.first(
        "SELECT content FROM entries WHERE namespace = ? AND key = ?",
        [.integer(namespace.number), .bytes(key)]
      ) { $0.integer(0) }
      return (entry, try bytes(ofContent: content ?? 0, size: entry.size))
    }
  }

  /// Removes values.
  ///
  /// Missing keys are ignored.
  func remove(_ keys: [[UInt8]], in namespace: KVNamespace) throws(DatabaseError) {
    try database.transaction { () throws(DatabaseError) in
      for key in keys {
        let key: [SQLValue] = [.integer(namespace.number), .bytes(key)]
        try removeContents("SELECT content FROM entries WHERE namespace = ? AND key = ?", key)
        try database.run("DELETE FROM entries WHERE namespace = ? AND key = ?", key)
      }
    }
  }

  /// Returns a part of the entries, in the byte order of their keys.
  ///
  /// - Parameters:
  ///   - namespace: The namespace.
  ///   - prefix: The prefix of the keys.
  ///   - last: The key after which to start; nil to start at the first one.
  ///   - limit: The maximum number of entries.
  ///   - now: The current time, in seconds since 1970.
  /// - Returns: The entries that have not expired.
  /// - Throws: `DatabaseError`.
  func entries(
    in namespace: KVNamespace, prefix: [UInt8], after last: [UInt8]?, limit: Int, now: Int
  ) throws(DatabaseError) -> [KVEntry] {
    var found: [KVEntry] = []
    var values: [SQLValue] = [.integer(namespace.number), .bytes(prefix), .bytes(last ?? []), .integer(now)]
    var end = ""
    if let bound = KVStorage.end(ofPrefix: prefix) {
      end = "AND key < ?"
      values.append(.bytes(bound))
    }
    try database.run(
      """
      SELECT key, metadata, expiration, size FROM entries
      WHERE namespace = ? AND key >= ? AND key > ? AND (expiration IS NULL OR expiration > ?) \(end)
      ORDER BY key LIMIT ?
      """, values + [.integer(limit)]
    ) { row in found.append(KVEntry(row)) }
    return found
  }

  /// Returns the smallest key that is greater than all keys with a prefix; nil if there is none.
  private static func end(ofPrefix prefix: [UInt8]) -> [UInt8]? {
    var bound = prefix
    while let last = bound.popLast() {
      if last < .max { return bound + [last + 1] }
    }
    return nil
  }

  private func removeExpired(_ now: Int) throws(DatabaseError) {
    var expired: [(namespace: Int, key: [UInt8], content: Int)] = []
    try database.run(
      "SELECT namespace, key, content FROM entries WHERE expiration <= ? LIMIT ?",
      [.integer(now), .integer(KVStorage.expiredAtATime)]
    ) { row in expired.append((row.integer(0), row.bytes(1), row.integer(2))) }
    for entry in expired {
      try removeContent(entry.content)
      try database.run(
        "DELETE FROM entries WHERE namespace = ? AND key = ?", [.integer(entry.namespace), .bytes(entry.key)])
    }
  }
}

extension KVEntry {
  fileprivate init(_ row: Statement) {
    self.init(
      key: row.bytes(0), metadata: row.isNull(1) ? nil : row.bytes(1),
      expiration: row.isNull(2) ? nil : row.integer(2), size: row.integer(3))
  }
}
