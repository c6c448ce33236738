internal import ByteText

extension HeadService {
  /// The state of prunes in the object.
  struct PruneState {
    /// The number of prunes that have started.
    var epoch: Int64
    /// The end of the lease of the last prune, in seconds since 1970; 0 after it was ended.
    var until: Int64
  }

  // MARK: Reading

  /// The newest revision, 0 if there is none, and the floor.
  @inline(never)
  func state(_ name: HeadName) -> (revision: Int64, floor: Int64) {
    var row = statement.begin("SELECT revision, floor FROM heads WHERE store = ? AND branch = ?").with(name)
      .first()
    return (row.number(), row.number())
  }

  func pruneState() -> PruneState {
    var row = statement.begin("SELECT epoch, until FROM prune").first()
    return PruneState(epoch: row.number(), until: row.number())
  }

  /// Writes the members of a head.
  @inline(never)
  func head(_ name: HeadName) {
    let floor = state(name).floor
    body.append("\"entries\":")
    entries(name, before: .max, from: floor, limit: 8)
    let prune = pruneState()
    member("epoch", prune.epoch)
    member("floor", floor)
    member("now", now)
    member("prune_until", prune.until)
  }

  /// Writes a part of a log, the newest first.
  func entries(_ name: HeadName, before: Int64, from floor: Int64, limit: Int64) {
    // A number that is too large for JavaScript is greater than all revisions.
    let rows = statement.begin(
      """
      SELECT at, barrier, author, git_commit, origin, id, kind, manifest, revision, tree FROM log \
      WHERE store = ? AND branch = ? AND revision < ? AND revision >= ? ORDER BY revision DESC LIMIT ?
      """
    ).with(name).with(min(before, 1 << 53)).with(floor).with(limit).run()
    var place = 0
    body.append("[")
    while true {
      let row = Row(rows.next(&place))
      if row.isMissing { break }
      if body.bytes[body.bytes.count &- 1] != 0x5b { body.append(",") }
      entry(row)
    }
    body.append("]")
  }

  private func entry(_ values: Row) {
    var row = values
    func next(_ name: Bytes) { member(name, row.next().spelled) }
    body.append("{\"at\":")
    body.append(row.next().spelled)
    member("barrier", row.number() == 0 ? "false" : "true")
    next("by")
    next("commit")
    next("from")
    next("id")
    next("kind")
    next("manifest")
    next("revision")
    next("tree")
    body.append("}")
  }

  // MARK: Changing

  /// Changes a head. The tests are in the order of the protocol: whether the request was answered before, whether the
  /// head is the one that the client expects, whether a prune ran in between, and whether the target revision of a
  /// rollback exists.
  func change(_ name: HeadName, _ request: HeadRequest) throws(HeadRefusal) {
    let kind = try request.kind()
    let expect = try request.number("expect")
    if kind == "publish" {
      let (id, epoch) = (try request.id(), try request.number("epoch"))
      let (commit, tree) = (try request.objectID("commit"), try request.objectID("tree"))
      let (manifest, author) = (try request.digits("manifest", 64, or: 64), try request.text("by"))
      let isBarrier = try request.isBarrier()
      if tellDone(name, id) { return }
      let revision = try expected(name, expect) + 1
      let prune = pruneState()
      guard epoch == prune.epoch, prune.until <= now else {
        throw conflict(name, "pruned", "a prune runs, or has begun since")
      }
      statement.begin("INSERT INTO log VALUES (?, ?, ?, ?, 'publish', ?, ?, ?, ?, ?, ?, ?)")
        .with(name).with(revision).with(id).with(manifest).with(commit).with(tree).with(revision)
        .with(isBarrier ? 1 : 0).with(author).with(now).run()
      move(name, revision)
      _ = tellDone(name, id)
    } else if kind == "rollback" {
      let (id, to, author) = (try request.id(), try request.number("to"), try request.text("by"))
      if tellDone(name, id) { return }
      let revision = try expected(name, expect) + 1
      guard to >= state(name).floor else {
        throw conflict(name, "below_floor", "the revision is below the floor")
      }
      guard to > 0, to < revision else { throw .notFound("there is no such revision") }
      statement.begin(
        """
        INSERT INTO log SELECT store, branch, ?, ?, 'rollback', manifest, git_commit, tree, origin, 1, ?, ? FROM log \
        WHERE store = ? AND branch = ? AND revision = ?
        """
      ).with(revision).with(id).with(author).with(now).with(name).with(to).run()
      move(name, revision)
      _ = tellDone(name, id)
    } else if kind == "floor" {
      let floor = try request.number("floor")
      guard floor <= (try expected(name, expect)) else {
        throw .malformed("the floor is above the newest revision")
      }
      statement.begin("UPDATE heads SET floor = max(floor, ?) WHERE store = ? AND branch = ?").with(floor)
        .with(name).run()
      body.append("{")
      head(name)
      body.append(",\"entry\":null}")
    } else {
      throw .malformed("kind takes publish, rollback or floor")
    }
  }

  /// The newest revision, if it is the one that the client expects.
  private func expected(_ name: HeadName, _ revision: Int64) throws(HeadRefusal) -> Int64 {
    guard state(name).revision == revision else {
      throw conflict(name, "moved", "another revision is the newest one")
    }
    return revision
  }

  private func move(_ name: HeadName, _ revision: Int64) {
    statement.begin(
      """
      INSERT INTO heads VALUES (?, ?, ?, 0) ON CONFLICT (store, branch) DO UPDATE SET revision = excluded.revision
      """
    ).with(name).with(revision).run()
  }

  /// Writes the head and the entry that a request created.
  ///
  /// - Returns: False if no request with that id created an entry.
  private func tellDone(_ name: HeadName, _ id: JSONView) -> Bool {
    let row = statement.begin(
      """
      SELECT at, barrier, author, git_commit, origin, id, kind, manifest, revision, tree FROM log \
      WHERE store = ? AND branch = ? AND id = ?
      """
    ).with(name).with(id).first()
    if row.isMissing { return false }
    body.append("{\"entry\":")
    entry(row)
    body.append(",")
    head(name)
    body.append("}")
    return true
  }

  @inline(never)
  private func conflict(_ name: HeadName, _ code: Bytes, _ message: Bytes) -> HeadRefusal {
    body.append(",\"head\":{")
    head(name)
    body.append("}")
    return .conflict(code, message)
  }

  // MARK: Prunes

  /// Starts, renews or ends a prune. An expired lease is not renewed: revisions published since then may name values
  /// that the prune would delete.
  func prune(_ request: HeadRequest) throws(HeadRefusal) {
    let (epoch, id, seconds) = (try request.number("epoch"), try request.id(), try request.number("seconds"))
    guard seconds <= 86_400 else { throw .malformed("seconds takes a number from 0 to 86400") }
    var state = pruneState()
    let isRunning = state.until > now
    var owner = statement.begin("SELECT count(*) FROM prune WHERE id = ?").with(id).first()
    if owner.number() > 0 {
      guard isRunning || seconds == 0 else { throw refused(state) }
    } else {
      guard seconds > 0, !isRunning, epoch == state.epoch else { throw refused(state) }
      state.epoch += 1
    }
    state.until = seconds == 0 ? 0 : now + seconds
    statement.begin("INSERT OR REPLACE INTO prune VALUES (1, ?, ?, ?)").with(state.epoch).with(id).with(
      state.until
    ).run()
    body.append("{\"epoch\":")
    body.append(number: state.epoch)
    member("now", now)
    member("prune_until", state.until)
    body.append("}")
  }

  private func refused(_ state: PruneState) -> HeadRefusal {
    member("epoch", state.epoch)
    member("now", now)
    member("prune_until", state.until)
    return .conflict("pruned", "another prune runs, or has begun since")
  }
}
