internal import SQLite

extension KVStorage {
  /// What namespaces are listed by.
  enum NamespaceOrder: String, Sendable {
    case id, title
  }

  /// Lists a part of the namespaces.
  ///
  /// - Parameters:
  ///   - order: What they are listed by.
  ///   - isDescending: Whether the greatest comes first.
  ///   - offset: How many are left out before.
  ///   - limit: The most that are answered.
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

  /// How many namespaces there are.
  func namespaceCount() throws(DatabaseError) -> Int {
    try database.first("SELECT count(*) FROM namespaces") { $0.integer(0) } ?? 0
  }

  /// The namespace of an id; nil where there is none.
  func namespace(id: String) throws(DatabaseError) -> KVNamespace? {
    try database.first("SELECT number, id, title FROM namespaces WHERE id = ?", [.text(id)]) {
      KVNamespace($0)
    }
  }

  /// The namespace of a title; nil where there is none.
  func namespace(title: String) throws(DatabaseError) -> KVNamespace? {
    try database.first("SELECT number, id, title FROM namespaces WHERE title = ?", [.text(title)]) {
      KVNamespace($0)
    }
  }

  /// Makes a namespace.
  ///
  /// - Returns: The namespace; nil where another one has the title.
  func createNamespace(title: String) throws(DatabaseError) -> KVNamespace? {
    try database.transaction { () throws(DatabaseError) in
      try database.run(
        "INSERT INTO namespaces (id, title) VALUES (?, ?) ON CONFLICT (title) DO NOTHING",
        [.text(KVNamespace.newID()), .text(title)])
      return database.changedRows == 1 ? try namespace(title: title) : nil
    }
  }

  /// What became of a change of a title.
  enum Renaming: Hashable, Sendable {
    case renamed(KVNamespace)
    case missing
    /// Another namespace has the title.
    case titleTaken
  }

  /// Gives a namespace another title.
  func renameNamespace(id: String, to title: String) throws(DatabaseError) -> Renaming {
    try database.transaction { () throws(DatabaseError) in
      guard let renamed = try namespace(id: id) else { return .missing }
      if let other = try namespace(title: title), other.id != id { return .titleTaken }
      try database.run("UPDATE namespaces SET title = ? WHERE id = ?", [.text(title), .text(id)])
      return .renamed(KVNamespace(number: renamed.number, id: id, title: title))
    }
  }

  /// Removes a namespace with all that is in it.
  ///
  /// - Returns: Whether it was there.
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
