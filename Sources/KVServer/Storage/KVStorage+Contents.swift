internal import SQLite

/// The bytes of values.
///
/// They are separate from the keys, so that a list of keys reads no values. Values can also be written before their
/// keys: a call with many values then becomes visible at once, and does not block other calls while it writes.
extension KVStorage {
  /// The maximum number of pieces of a content. The row number of its first piece is its id times this number.
  private static let piecesPerContent = 64

  /// Writes contents that no key refers to yet.
  ///
  /// The disk is not waited for: the transaction that writes the keys waits for all that the log has.
  func stage(_ contents: [[[UInt8]]]) throws(DatabaseError) -> [StagedContent] {
    try unsynchronized { () throws(DatabaseError) in
      var staged: [StagedContent] = []
      for pieces in contents {
        staged.append(
          StagedContent(
            id: try insert(pieces, isStaged: true), size: pieces.reduce(0) { $0 + $1.count }))
      }
      return staged
    }
  }

  /// Removes contents that no key will refer to.
  func discard(_ staged: [StagedContent]) throws(DatabaseError) {
    try database.transaction { () throws(DatabaseError) in
      for content in staged { try removeContent(content.id) }
    }
  }

  /// Removes the contents that an earlier process staged, but did not assign to a key.
  func discardStaged() throws(DatabaseError) {
    try database.transaction { () throws(DatabaseError) in
      try removeContents("SELECT id FROM contents WHERE staged", [])
    }
  }

  /// Writes a content, or marks a staged one as used, for a key that is written in the same transaction.
  func take(_ content: KVContent) throws(DatabaseError) -> Int {
    switch content {
    case .pieces(let pieces): return try insert(pieces, isStaged: false)
    case .staged(let staged):
      try database.run("UPDATE contents SET staged = 0 WHERE id = ?", [.integer(staged.id)])
      return staged.id
    }
  }

  private func insert(_ pieces: [[UInt8]], isStaged: Bool) throws(DatabaseError) -> Int {
    try database.run("INSERT INTO contents (staged) VALUES (?)", [.integer(isStaged ? 1 : 0)])
    let id = Int(database.lastRow)
    var row = id * KVStorage.piecesPerContent
    for piece in pieces {
      try database.run("INSERT INTO pieces (id, bytes) VALUES (?, ?)", [.integer(row), .bytes(piece)])
      row += 1
    }
    return id
  }

  /// Returns the bytes of a content.
  func bytes(ofContent id: Int, size: Int) throws(DatabaseError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    let first = id * KVStorage.piecesPerContent
    try database.run(
      "SELECT bytes FROM pieces WHERE id >= ? AND id < ? ORDER BY id",
      [.integer(first), .integer(first + KVStorage.piecesPerContent)]
    ) { row in bytes += row.bytes(0) }
    return bytes
  }

  /// Removes a content.
  func removeContent(_ id: Int) throws(DatabaseError) {
    let first = id * KVStorage.piecesPerContent
    try database.run(
      "DELETE FROM pieces WHERE id >= ? AND id < ?",
      [.integer(first), .integer(first + KVStorage.piecesPerContent)])
    try database.run("DELETE FROM contents WHERE id = ?", [.integer(id)])
  }

  /// Removes the contents whose ids a query returns.
  func removeContents(_ query: String, _ values: [SQLValue]) throws(DatabaseError) {
    var ids: [Int] = []
    try database.run(query, values) { ids.append($0.integer(0)) }
    for id in ids { try removeContent(id) }
  }
}
