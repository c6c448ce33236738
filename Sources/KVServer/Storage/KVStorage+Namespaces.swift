internal import SQLite

extension KVStorage {
  /// The sort order of a list of namespaces.
  enum NamespaceOrder: String, Sendable {
    case id, title
  }

  /// Returns a part of the namespaces.
  ///
  /// - Parameters:
  ///   - order: The sort order.
  ///   - isDescending: Whether the order is descending.
  ///   - offset: The number of namespaces to skip.
  ///   - limit: The maximum number of namespaces.
  /// - Returns: The namespaces.
  /// - Throws: `DatabaseError`.
  func namespaces(
    by order: NamespaceOrder, isDescending: Bool, offset: Int, limit: Int
  ) throws(DatabaseError) -> [KVNamespace] {
    var found: [KVNamespace] = []
    try database.run(
      """
      SELECT number, id, title FROM namespaces ORDER BY \(order.rawValue) \(isDescending ? "DESC" : "ASC")
      LIMIT ? OFFSET ?
      """, [.integer(limit), .integer(offset)]
    ) { row in found.append(KVNamespace(row)) }
    return found
  }

  /// Returns the number of namespaces.
  func namespaceCount() throws(DatabaseError) -> Int {
    try database.first("SELECT count(*) FROM namespaces") { $0.integer(0) } ?? 0
  }

  /// Returns the namespace with an id; nil if there is none.
  func namespace(id: String) throws(DatabaseError) -> KVNamespace? {
    try database.first("SELECT number, id, title FROM namespaces WHERE id = ?", [.text(id)]) {
      KVNamespace($0)
    }
  }

  /// Returns the namespace with a title; nil if there is none.
  func namespace(title: String) throws(DatabaseError) -> KVNamespace? {
    try database.first("SELECT number, id, title FROM namespaces WHERE title = ?", [.text(title)]) {
      KVNamespace($0)
    }
  }

  /// Creates a namespace.
  ///
  /// - Returns: The namespace; nil if another one has the title.
  func createNamespace(title: String) throws(DatabaseError) -> KVNamespace? {
    try database.transaction { () throws(DatabaseError) in
      try database.run(
        "INSERT INTO namespaces (id, title) VALUES (?, ?) ON CONFLICT (title) DO NOTHING",
        [.text(KVNamespace.newID()), .text(title)])
      return database.changedRows == 1 ? try namespace(title: title) : nil
    }
  }

  /// The result of a change of a title.
  enum Renaming: Hashable, Sendable {
    case renamed(KVNamespace)
    case missing
    /// Another namespace has the title.
    case titleTaken
  }

  /// Changes the title of a namespace.
  func renameNamespace(id: String, to title: String) throws(DatabaseError) -> Renaming {
    try database.transaction { () throws(DatabaseError) in
      guard let renamed = try namespace(id: id) else { return .missing }
      if let other = try namespace(title: title), other.id != id { return .titleTaken }
      try database.run("UPDATE namespaces SET title = ? WHERE id = ?", [.text(title), .text(id)])
      return .renamed(KVNamespace(number: renamed.number, id: id, title: title))
    }
  }

  /// Removes a namespace with all its content.
  ///
  /// - Returns: Whether the namespace existed.
  func removeNamespace(id: String) throws(DatabaseError) -> Bool {
    try database.transaction { () throws(DatabaseError) in
      guard let number = try namespace(id: id)?.number else { return false }
      let ofNamespace = [SQLValue.integer(number)]
      try removeContents("SELECT content FROM entries WHERE namespace = ?", ofNamespace)
      for table in ["entries", "heads", "log"] {
        try database.run("DELETE FROM \(table) WHERE namespace = ?", ofNamespace)
      }
      try database.run("DELETE FROM namespaces WHERE number = ?", ofNamespace)
      return true
    }
  }
}

extension KVNamespace {
  fileprivate init(_ row: Statement) {
    self.init(number: row.integer(0), id: row.text(1) ?? "", title: row.text(2) ?? "")
  }
}
