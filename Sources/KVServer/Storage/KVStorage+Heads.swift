internal import SQLite

extension KVStorage {
  // MARK: Reading

  /// Returns the current head of a branch.
  func head(_ name: HeadName, in namespace: KVNamespace, now: Int) throws(DatabaseError) -> Head {
    try database.readTransaction { () throws(DatabaseError) in
      try HeadRows(database, namespace, name).head(now: now)
    }
  }

  /// Returns all heads, sorted by store and branch.
  func heads(in namespace: KVNamespace) throws(DatabaseError) -> [HeadSummary] {
    var found: [HeadSummary] = []
    try database.run(
      "SELECT store, branch, revision FROM heads WHERE namespace = ? ORDER BY store, branch",
      [.integer(namespace.number)]
    ) { row in
      found.append(
        HeadSummary(
          name: HeadName(store: row.text(0) ?? "", branch: row.text(1) ?? ""), revision: row.integer(2)))
    }
    return found
  }

  /// Returns a part of a head's log, newest first.
  ///
  /// - Parameters:
  ///   - name: The name of the head.
  ///   - namespace: The namespace.
  ///   - revision: The revision before which to start; nil to start at the newest one.
  ///   - limit: The maximum number of entries.
  /// - Returns: The entries, and the head's floor.
  /// - Throws: `DatabaseError`.
  func log(
    of name: HeadName, in namespace: KVNamespace, before revision: Int?, limit: Int
  ) throws(DatabaseError) -> (entries: [HeadEntry], floor: Int) {
    try database.readTransaction { () throws(DatabaseError) in
      let rows = HeadRows(database, namespace, name)
      return (try rows.entries(before: revision ?? .max, from: 0, limit: limit), try rows.state().floor)
    }
  }

  // MARK: Changing

  /// Changes a head in one transaction.
  ///
  /// The conditions are checked in the order of the protocol: whether a request with this id was already executed,
  /// whether the newest revision is the expected one, whether a prune has started in between, and whether the revision
  /// of a rollback exists.
  func change(
    _ name: HeadName, _ change: HeadChange, in namespace: KVNamespace, now: Int
  ) throws(DatabaseError) -> HeadOutcome {
    try database.transaction { () throws(DatabaseError) in
      let rows = HeadRows(database, namespace, name)
      let state = try rows.state()
      let prune = try pruneState(of: namespace)
      if let id = change.id, let entry = try rows.entry(id: id) {
        return .done(try rows.head(now: now), entry)
      }
      func refuse(_ refusal: HeadRefusal) throws(DatabaseError) -> HeadOutcome {
        .refused(refusal, try rows.head(now: now))
      }
      guard change.expect == state.revision else { return try refuse(.moved) }
      let revision = state.revision + 1
      var entry: HeadEntry?
      switch change {
      case .publish(let publish):
        guard publish.epoch == prune.epoch, prune.until <= now else { return try refuse(.pruned) }
        entry = HeadEntry(
          revision: revision, id: publish.id, kind: .publish, manifest: publish.manifest,
          commit: publish.commit, tree: publish.tree, from: revision, barrier: publish.barrier,
          by: publish.by, at: now)
      case .rollback(let rollback):
        guard rollback.to >= state.floor else { return try refuse(.belowFloor) }
        guard let old = try rows.entry(revision: rollback.to) else { return try refuse(.unknownRevision) }
        entry = HeadEntry(
          revision: revision, id: rollback.id, kind: .rollback, manifest: old.manifest, commit: old.commit,
          tree: old.tree, from: old.from, barrier: true, by: rollback.by, at: now)
      case .floor(let change):
        guard change.floor <= state.revision else { return try refuse(.floorAboveNewest) }
        if change.floor > state.floor { try rows.raiseFloor(to: change.floor) }
      }
      if let entry { try rows.append(entry) }
      return .done(try rows.head(now: now), entry)
    }
  }

  // MARK: Prunes

  /// Returns the state of prunes in a namespace.
  func pruneState(of namespace: KVNamespace) throws(DatabaseError) -> PruneState {
    try database.pruneState(of: namespace)
  }

  /// Starts, extends or ends a prune in one transaction.
  ///
  /// A lease that has expired is not extended, because content published since then may refer to values that the prune
  /// would delete.
  func prune(
    _ request: PruneRequest, in namespace: KVNamespace, now: Int
  ) throws(DatabaseError) -> PruneOutcome {
    try database.transaction { () throws(DatabaseError) in
      var state = try database.pruneState(of: namespace)
      let isRunning = state.until > now
      switch (isOwn: state.id == request.id, ends: request.seconds == 0) {
      case (true, true):
        state.until = 0
      case (true, false):
        guard isRunning else { return .refused(state) }
        state.until = now + request.seconds
      case (false, true):
        return .refused(state)
      case (false, false):
        guard !isRunning, request.epoch == state.epoch else { return .refused(state) }
        state = PruneState(epoch: state.epoch + 1, id: request.id, until: now + request.seconds)
      }
      try database.run(
        "UPDATE namespaces SET epoch = ?, prune = ?, prune_until = ? WHERE number = ?",
        [
          .integer(state.epoch), state.id.map { .text($0) } ?? .null, .integer(state.until),
          .integer(namespace.number),
        ])
      return .done(state)
    }
  }
}

extension Database {
  fileprivate func pruneState(of namespace: KVNamespace) throws(DatabaseError) -> PruneState {
    let state = try first(
      "SELECT epoch, prune, prune_until FROM namespaces WHERE number = ?", [.integer(namespace.number)]
    ) { row in PruneState(epoch: row.integer(0), id: row.text(1), until: row.integer(2)) }
    return state ?? PruneState(epoch: 0, id: nil, until: 0)
  }
}

/// The rows of one head.
private struct HeadRows {
  private let database: Database
  private let namespace: KVNamespace
  private let key: [SQLValue]

  private static let columns =
    "revision, id, kind, manifest, git_commit, tree, origin, barrier, author, at"
  private static let isOfHead = "namespace = ? AND store = ? AND branch = ?"

  init(_ database: Database, _ namespace: KVNamespace, _ name: HeadName) {
    self.database = database
    self.namespace = namespace
    key = [.integer(namespace.number), .text(name.store), .text(name.branch)]
  }

  /// Returns the newest revision, 0 if there is none, and the floor.
  func state() throws(DatabaseError) -> (revision: Int, floor: Int) {
    try database.first("SELECT revision, floor FROM heads WHERE \(HeadRows.isOfHead)", key) {
      ($0.integer(0), $0.integer(1))
    } ?? (0, 0)
  }

  func head(now: Int) throws(DatabaseError) -> Head {
    let floor = try state().floor
    let prune = try database.pruneState(of: namespace)
    return Head(
      entries: try entries(before: .max, from: floor, limit: Head.entryLimit), epoch: prune.epoch,
      floor: floor, now: now, pruneUntil: prune.until)
  }

  func entries(before: Int, from floor: Int, limit: Int) throws(DatabaseError) -> [HeadEntry] {
    var found: [HeadEntry] = []
    try database.run(
      """
      SELECT \(HeadRows.columns) FROM log
      WHERE \(HeadRows.isOfHead) AND revision < ? AND revision >= ? ORDER BY revision DESC LIMIT ?
      """, key + [.integer(before), .integer(floor), .integer(limit)]
    ) { row in found.append(HeadEntry(row)) }
    return found
  }

  func entry(id: String) throws(DatabaseError) -> HeadEntry? {
    try database.first(
      "SELECT \(HeadRows.columns) FROM log WHERE \(HeadRows.isOfHead) AND id = ?", key + [.text(id)]
    ) { HeadEntry($0) }
  }

  func entry(revision: Int) throws(DatabaseError) -> HeadEntry? {
    try database.first(
      "SELECT \(HeadRows.columns) FROM log WHERE \(HeadRows.isOfHead) AND revision = ?",
      key + [.integer(revision)]
    ) { HeadEntry($0) }
  }

  func append(_ entry: HeadEntry) throws(DatabaseError) {
    try database.run(
      """
      INSERT INTO log (namespace, store, branch, \(HeadRows.columns))
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      key + [
        .integer(entry.revision), .text(entry.id), .text(entry.kind.rawValue), .text(entry.manifest),
        entry.commit.map { .text($0) } ?? .null, entry.tree.map { .text($0) } ?? .null, .integer(entry.from),
        .integer(entry.barrier ? 1 : 0), .text(entry.by), .integer(entry.at),
      ])
    try database.run(
      """
      INSERT INTO heads (namespace, store, branch, revision, floor) VALUES (?, ?, ?, ?, 0)
      ON CONFLICT (namespace, store, branch) DO UPDATE SET revision = excluded.revision
      """, key + [.integer(entry.revision)])
  }

  func raiseFloor(to floor: Int) throws(DatabaseError) {
    try database.run(
      "UPDATE heads SET floor = ? WHERE \(HeadRows.isOfHead)", [.integer(floor)] + key)
  }
}

extension HeadEntry {
  fileprivate init(_ row: Statement) {
    self.init(
      revision: row.integer(0), id: row.text(1) ?? "", kind: Kind(rawValue: row.text(2) ?? "") ?? .publish,
      manifest: row.text(3) ?? "", commit: row.text(4), tree: row.text(5), from: row.integer(6),
      barrier: row.integer(7) != 0, by: row.text(8) ?? "", at: row.integer(9))
  }
}
