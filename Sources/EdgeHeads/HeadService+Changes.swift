internal import ByteText

extension HeadService {
  /// The state of prunes in the object.
  struct PruneState {
    /// The number of prunes that have started.
    var epoch: Int64
    /// The end of the lease of the last prune, in seconds since 1970; 0 after it was ended.
    var until: Int64
  }

  /// The state of a head, and what depends on it for a request.
  struct HeadState {
    /// The newest revision, 0 if there is none.
    var revision: Int64
    var floor: Int64
    let prune: PruneState
    /// The revision that the request created before, 0 if there is none.
    let done: Int64
  }

  // MARK: Reading

  /// Reads the state of a head in one statement, because each one costs more than what it reads.
  ///
  /// - Parameters:
  ///   - name: The head.
  ///   - id: The id of a request that may have been answered before.
  /// - Returns: The state.
  @inline(never)
  func state(_ name: HeadName, _ id: JSONView = JSONView(checked: .none)) -> HeadState {
    var row = statement.begin(
      """
      SELECT heads.revision, floor, epoch, until, log.revision FROM (SELECT ? AS store, ? AS branch, ? AS id) AS sought \
      LEFT JOIN heads ON heads.store = sought.store AND heads.branch = sought.branch \
      LEFT JOIN log ON log.store = sought.store AND log.branch = sought.branch AND log.id = sought.id \
      LEFT JOIN prune
      """
    ).with(name).with(id).run()
    return HeadState(
      revision: row.number(), floor: row.number(),
      prune: PruneState(epoch: row.number(), until: row.number()), done: row.number())
  }

  func pruneState() -> PruneState {
    var row = statement.begin("SELECT epoch, until FROM prune").run()
    return PruneState(epoch: row.number(), until: row.number())
  }

  /// Reads a part of a log, the newest revision first, in the order of the members of an entry.
  @inline(never)
  func log(_ name: HeadName, before: Int64, from floor: Int64, limit: Int64) -> Rows {
    // A number that is too large for JavaScript is greater than all revisions.
    statement.begin(
      """
      SELECT at, barrier, author, git_commit, origin, id, kind, manifest, revision, tree FROM log \
      WHERE store = ? AND branch = ? AND revision < ? AND revision >= ? ORDER BY revision DESC LIMIT ?
      """
    ).with(name).with(min(before, 1 << 53)).with(floor).with(limit).run()
  }

  /// Reads the newest entries of a log, unless they are in memory. The log only grows, so they are the same as long as
  /// the newest revision is. A failed transaction ends the instance, with all that is in its memory.
  private func readNewest(_ name: HeadName, _ state: HeadState) {
    if newest.name == name, (newest.entries?.value.revision ?? 0) == state.revision { return }
    newest = NewestEntries(name)
    var rows = log(name, before: .max, from: state.floor, limit: Self.shownCount)
    var last: Linked<LogEntry>?
    while let entry = nextEntry(&rows) {
      let link = Linked(entry)
      if last == nil { newest.entries = link } else { last?.next = link }
      last = link
    }
  }

  /// Writes the members of a head.
  @inline(never)
  func head(_ name: HeadName, _ state: HeadState) {
    readNewest(name, state)
    body.append("\"entries\":[")
    var (next, count) = (newest.entries, Int64(0))
    while let link = next, link.value.revision >= state.floor {
      if count > 0 { body.append(",") }
      body.append(link.value.text)
      count += 1
      if count == Self.shownCount { link.next = nil }
      next = link.next
    }
    body.append("]")
    member("epoch", state.prune.epoch)
    member("floor", state.floor)
    member("now", now)
    member("prune_until", state.prune.until)
  }

  /// Writes a list of revisions.
  func entries(_ rows: Rows) {
    var rows = rows
    body.append("\"entries\":[")
    while let entry = nextEntry(&rows) {
      if body.bytes[body.bytes.count &- 1] == 0x7d { body.append(",") }
      body.append(entry.text)
    }
    body.append("]")
  }

  /// The next revision of several; nil if there is none.
  @inline(never)
  private func nextEntry(_ row: inout Rows) -> LogEntry? {
    let time = row.next()
    if time.isMissing { return nil }
    let start = body.bytes.count
    func next(_ name: Bytes) { member(name, row.next().spelled) }
    body.append("{\"at\":")
    body.append(time.spelled)
    member("barrier", row.number() == 0 ? "false" : "true")
    next("by")
    next("commit")
    next("from")
    next("id")
    next("kind")
    next("manifest")
    let revision = row.number()
    member("revision", revision)
    next("tree")
    body.append("}")
    let entry = LogEntry(revision, body.bytes.from(start))
    body.shorten(to: start)
    return entry
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
      let state = state(name, id)
      if state.done > 0 { return tellDone(name, state) }
      try check(name, state, expect)
      guard epoch == state.prune.epoch, state.prune.until <= now else {
        throw conflict(name, state, "pruned", "a prune runs, or has begun since")
      }
      let revision = state.revision + 1
      readNewest(name, state)
      let rows = statement.begin(
        """
        INSERT INTO log VALUES (?, ?, ?, ?, 'publish', ?, ?, ?, ?, ?, ?, ?) \
        RETURNING at, barrier, author, git_commit, origin, id, kind, manifest, revision, tree
        """
      ).with(name).with(revision).with(id).with(manifest).with(commit).with(tree).with(revision)
        .with(isBarrier ? 1 : 0).with(author).with(now).run()
      tellCreated(name, state, rows)
    } else if kind == "rollback" {
      let (id, to, author) = (try request.id(), try request.number("to"), try request.text("by"))
      let state = state(name, id)
      if state.done > 0 { return tellDone(name, state) }
      try check(name, state, expect)
      guard to >= state.floor else {
        throw conflict(name, state, "below_floor", "the revision is below the floor")
      }
      let revision = state.revision + 1
      guard to > 0, to < revision else { throw .notFound("there is no such revision") }
      readNewest(name, state)
      let rows = statement.begin(
        """
        INSERT INTO log SELECT store, branch, ?, ?, 'rollback', manifest, git_commit, tree, origin, 1, ?, ? FROM log \
        WHERE store = ? AND branch = ? AND revision = ? \
        RETURNING at, barrier, author, git_commit, origin, id, kind, manifest, revision, tree
        """
      ).with(revision).with(id).with(author).with(now).with(name).with(to).run()
      tellCreated(name, state, rows)
    } else if kind == "floor" {
      let floor = try request.number("floor")
      var state = state(name)
      try check(name, state, expect)
      guard floor <= expect else {
        throw .malformed("the floor is above the newest revision")
      }
      statement.begin("UPDATE heads SET floor = max(floor, ?) WHERE store = ? AND branch = ?").with(floor)
        .with(name).run()
      state.floor = max(state.floor, floor)
      body.append("{")
      head(name, state)
      body.append(",\"entry\":null}")
    } else {
      throw .malformed("kind takes publish, rollback or floor")
    }
  }

  /// Tests whether the newest revision is the one that the client expects.
  private func check(_ name: HeadName, _ state: HeadState, _ revision: Int64) throws(HeadRefusal) {
    guard state.revision == revision else {
      throw conflict(name, state, "moved", "another revision is the newest one")
    }
  }

  /// Moves a head to the revision that a request created, and writes both.
  ///
  /// - Parameters:
  ///   - name: The head.
  ///   - old: The state before. Its newest entries are in memory.
  ///   - rows: The new entry.
  private func tellCreated(_ name: HeadName, _ old: HeadState, _ rows: Rows) {
    var (state, rows) = (old, rows)
    guard let entry = nextEntry(&rows) else { return }
    newest.entries = Linked(entry, before: newest.entries)
    state.revision += 1
    statement.begin(
      """
      INSERT INTO heads VALUES (?, ?, ?, 0) ON CONFLICT (store, branch) DO UPDATE SET revision = excluded.revision
      """
    ).with(name).with(state.revision).run()
    tell(entry, name, state)
  }

  /// Writes the head and the revision that a request created before.
  private func tellDone(_ name: HeadName, _ state: HeadState) {
    var rows = log(name, before: state.done + 1, from: state.done, limit: 1)
    if let entry = nextEntry(&rows) { tell(entry, name, state) }
  }

  @inline(never)
  private func tell(_ entry: LogEntry, _ name: HeadName, _ state: HeadState) {
    body.append("{\"entry\":")
    body.append(entry.text)
    body.append(",")
    head(name, state)
    body.append("}")
  }

  @inline(never)
  private func conflict(_ name: HeadName, _ state: HeadState, _ code: Bytes, _ message: Bytes) -> HeadRefusal
  {
    body.append(",\"head\":{")
    head(name, state)
    body.append("}")
    return .conflict(code, message)
  }

  // MARK: Prunes

  /// Starts, renews or ends a prune. An expired lease is not renewed: revisions published since then may name values
  /// that the prune would delete.
  func prune(_ request: HeadRequest) throws(HeadRefusal) {
    let (epoch, id, seconds) = (try request.number("epoch"), try request.id(), try request.number("seconds"))
    guard seconds <= 86_400 else { throw .malformed("seconds must be from 0 to 86400") }
    var state = pruneState()
    let isRunning = state.until > now
    var owner = statement.begin("SELECT count(*) FROM prune WHERE id = ?").with(id).run()
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
