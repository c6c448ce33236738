internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

extension StoreSession {
  /// Removes unreachable objects, after the branch's history was shortened, unless it is to be kept.
  ///
  /// Other processes may write meanwhile, plain git too: objects are deleted in short turns, and each turn first
  /// checks what was added since the last one.
  ///
  /// - Parameter request: The options.
  /// - Returns: What was removed, or would be.
  /// - Throws: `StoreError.damaged` if an object that must be kept is missing, `.branchProtected` if the history of a
  ///   protected branch would be squashed, `.locked`, `.readOnly`, `.cancelled`.
  public func collectGarbage(_ request: CollectionRequest) throws(StoreError) -> CollectionReport {
    let history = if let given = request.history { given } else { try historyPolicy() }
    let grace = request.expiresNow ? 0 : try gracePeriod()
    // If nothing keeps former states of references, they are removed with the history.
    let endsRecords = history != .keep || request.expiresNow
    if request.isDryRun { return try rehearse(history, grace: grace, endsRecords: endsRecords) }
    let lock = try FileLock.take(
      layout.collectionLock, .exclusive, timeout: options.lockTimeout, patience: options.lockPatience,
      work: work
    ) { work.note(.waitingForLock("another gc")) }
    defer { _ = lock }
    let start = try fileTime()
    // Leftovers of a dead plain git are not signs of a running one.
    try removeGitLeftovers(olderThan: start - max(grace, ForeignWriters.youth))
    let former = try reached(.all).reached
    var report = CollectionReport()
    let named = try shorten(history, endsRecords: endsRecords, &report)
    let limits = GarbageLimits(start: start, shortened: try fileTime(), grace: grace)
    let latecomers = try reached(from: named, beyond: former)
    let (live, inventory) = try reached(endsRecords ? [] : .all)
    let plan = try garbagePlan(
      live: live, former: former, latecomers: latecomers, inventory: inventory, limits)
    let earlier = try squashCommits(among: former, live: live)
    let written = try pack(plan)
    var sweep = try GarbageSweep(self, plan, written: written, limits)
    try sweep.run()
    report.removedObjects = sweep.deleted.count - earlier.count { sweep.deleted.contains($0) }
    report.freedBytes = sweep.freed
    report.waitingObjects = sweep.waiting
    forget(sweep.deleted, former: former)
    try remove(leftovers: ownLeftovers(), olderThan: start - grace)
    // Remaining files do no harm, and may belong to another process.
    try? RestoredDraft.drafts(beside: resolved(root) ?? root).removeAbandoned(olderThan: start - grace)
    try boundRawCopies()
    return report
  }

  /// The current time by the clock of the file system, in nanoseconds since 1970.
  private func fileTime() throws(StoreError) -> Int64 {
    try translated { () throws(FileError) in
      let mark = try TemporaryFile(in: layout.temporary, prefix: "gc-")
      return try FileStatus(mark.path)?.modified ?? 0
    }
  }

  /// Walks to all objects that must be kept.
  func reached(
    _ records: Reachability.Records
  ) throws(StoreError) -> (reached: Reachability.Reached, inventory: ObjectInventory) {
    // References first: the objects that they name exist before they do.
    let reachability = try reachability(records)
    let inventory = try objectInventory()
    if let failure = reachability.failures.first {
      throw .damaged("\(failure.source): \(failure.problem)")
    }
    let reached = try reachability.walk(in: inventory, work)
    if let missing = reached.current.missing.first {
      throw .damaged("object \(missing.id): \(missing.problem ?? "it is missing")")
    }
    return (reached, inventory)
  }

  /// The objects that our own processes wrote since the start of the collection, and those that were dropped with the
  /// history: they are not signs of a plain git.
  private func reached(
    from named: [ObjectID], beyond former: Reachability.Reached
  ) throws(StoreError) -> ObjectIDSet {
    var reach = FreshReach(self)
    try translated { () throws(GitError) in try repository.refresh() }
    // Objects that only a record names may be gone. If the walk ends early because of that, fewer objects are known,
    // and more have to wait.
    _ = try? reach.follow(named.filter { repository.contains($0) }, with: former)
    return reach.ids
  }

  /// Shortens the history, and drops former states of references.
  ///
  /// - Returns: The objects that references, and records of former states, named at that moment.
  private func shorten(
    _ history: HistoryPolicy, endsRecords: Bool, _ report: inout CollectionReport
  ) throws(StoreError) -> [ObjectID] {
    var named: [ObjectID] = []
    let (squashed, holders) = try whileNothingIsDeleted { () throws(StoreError) in
      try Pins.removeAbandoned(in: self)
      return try locks.writing { () throws(StoreError) -> (SquashedHistory?, [String]) in
        try migrate()
        let reachability = try reachability(.all)
        named = (reachability.roots + reachability.recorded).map(\.object)
        var result: (SquashedHistory?, [String]) = (nil, [])
        if let count = history.keptCount {
          let (squash, holders) = try squash(keeping: count)
          result = (try squash.map { squash throws(StoreError) in try perform(squash) }, holders)
        }
        if endsRecords { try endRecords() }
        return result
      }
    }
    (report.squashed, report.holders) = (squashed, holders)
    return named
  }

  /// Drops former states of references: references kept for `undo`, and reflogs. Called under the write lock.
  private func endRecords() throws(StoreError) {
    if try record.operations().contains(where: { !$0.isBeyondHorizon }) {
      try record.appendHorizon(at: options.recordClock())
      carryRecord()
    }
    try translated { () throws(GitError) in
      for reference in try repository.references(withPrefix: StoreSession.keptPrefix) {
        if case .object(let id) = reference.target { try repository.delete(reference.name, expected: id) }
      }
    }
    try translated { () throws(FileError) in
      try removeFile(root.appending("logs/HEAD"))
      // A push may be creating one.
      try clearTree(root.appending("logs/refs"))
    }
  }

  private func garbagePlan(
    live: Reachability.Reached, former: Reachability.Reached, latecomers: ObjectIDSet,
    inventory: ObjectInventory, _ limits: GarbageLimits
  ) throws(StoreError) -> GarbagePlan {
    var facts: [FilePath: (FileStatus?, isKept: Bool)] = [:]
    for pack in inventory.folders.first?.packs ?? [] {
      var keep = pack.packPath
      keep.extension = "keep"
      let path = keep
      facts[pack.packPath] = try translated { () throws(FileError) in
        (try FileStatus(pack.packPath), try fileExists(path))
      }
    }
    let blobs = ObjectIDSet(live.current.blobs + live.former.blobs)
    return try GarbagePlan(live: live, former: former, latecomers: latecomers, inventory: inventory) {
      (pack, hasUnknown) throws(StoreError) in
      guard case (let status?, let isKept)? = facts[pack.packPath], !isKept,
        !hasUnknown || limits.allow(status, wasReached: false)
      else { return .stays }
      do throws(GitError) {
        let count = try pack.largeDeltaCount(from: StoreSession.largeModule) { blobs.contains($0) }
        if count > 0 { return .hasLargeDeltas }
      } catch {
        // A process that needs an object of it finds the damage.
        guard error.code == .damaged else { throw StoreError(error) }
      }
      return .plain(size: status.size)
    }
  }

  /// Writes the new pack, and reads it completely before anything is deleted.
  private func pack(_ plan: GarbagePlan) throws(StoreError) -> WrittenPack? {
    guard !plan.packed.isEmpty else { return nil }
    let work = work
    return try translated { () throws(GitError) -> WrittenPack? in
      let isWanted = { @Sendable () -> Bool in !work.cancellation.isCancelled }
      var contents = try plan.inventory.plan(for: plan.live.current, while: isWanted)
      contents.append(try plan.inventory.plan(for: plan.live.former, while: isWanted))
      contents.keepOnly(plan.packed)
      let total = contents.objects.count
      let copy = PackCopy(plan.inventory, temporary: layout.temporary, while: isWanted)
      let sealed = try copy.write(contents) { count, bytes in
        work.progress(Progress(.packing, done: count, total: total, bytes: Int64(bytes)))
      }
      guard var sealed else { return nil }
      try sealed.publish(in: layout.objects)
      let index = layout.objects.appending("pack/pack-\(sealed.written.name).idx")
      guard let written = try PackContents(index: index), try written.verifyPack(readingAll: true),
        contents.objects.allSatisfy({ written.contains($0) })
      else { throw GitError(.damaged, "\(index): the new pack is incomplete") }
      try repository.refresh()
      try removeCopies(of: contents.objects)
      return sealed.written
    }
  }

  /// Removes the files of loose objects that are in the new pack.
  private func removeCopies(of objects: [ObjectID]) throws(GitError) {
    for id in objects {
      do throws(FileError) { try removeFile(layout.objects.looseObject(id)) } catch {
        throw GitError(.system(error.reason.rawValue), error.description)
      }
    }
  }

  /// The commits that earlier collections made and that are no longer needed; the user did not make them.
  func squashCommits(
    among former: Reachability.Reached, live: Reachability.Reached
  ) throws(StoreError) -> [ObjectID] {
    try translated { () throws(GitError) in
      var found: [ObjectID] = []
      for commit in former.current.commits + former.former.commits where !live.contains(commit.id) {
        if HistorySquash.isSquash(try repository.commit(commit.id).message) { found.append(commit.id) }
      }
      return found
    }
  }
}

extension HistoryPolicy {
  /// The number of commits that are kept unchanged; nil for all.
  var keptCount: Int? {
    switch self {
    case .squash: 0
    case .keepLast(let count): count
    case .keep: nil
    }
  }
}
