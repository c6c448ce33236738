internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

/// Deletes objects as planned, in short turns in which no other process holds the store's locks.
///
/// Each turn first checks what was added since the last one: moved references, objects that a writer uses again, and
/// signs of a running plain git. Objects that are needed now are not deleted, and nothing is deleted while plain git
/// runs: a push has already checked that the objects which it builds on exist.
struct GarbageSweep {
  private let session: StoreSession
  private let plan: GarbagePlan
  private let limits: GarbageLimits
  /// The objects that became reachable since the plan was made.
  private var revived: FreshReach
  private var loose: ArraySlice<ObjectID>
  private var packs: ArraySlice<PackContents>
  private var watch: ForeignWriters
  private var hasDroppedDerived = false
  /// The latest time to wait for a running plain git; nil if objects that it may need wait for the next collection.
  private let patience: ContinuousClock.Instant?

  /// The deleted objects, each once.
  private(set) var deleted = ObjectIDSet()
  /// Unreachable objects that are kept for now.
  private(set) var waiting = 0
  /// The number of freed bytes.
  private(set) var freed: Int64 = 0

  init(
    _ session: StoreSession, _ plan: GarbagePlan, written: WrittenPack?, _ limits: GarbageLimits
  ) throws(StoreError) {
    self.session = session
    patience = limits.grace == 0 ? ContinuousClock.now + session.options.lockTimeout : nil
    self.plan = plan
    self.limits = limits
    loose = plan.deadLoose[...]
    // The new pack may have the same bytes, and so the same name, as a pack that it replaces.
    packs = plan.replaced.filter { $0.packPath.lastComponent?.stem != written.map { "pack-\($0.name)" } }[...]
    revived = FreshReach(session)
    watch = try translated { () throws(FileError) in
      try ForeignWriters(session.layout.objects, plan, since: limits.shortened)
    }
  }

  /// Deletes the objects.
  ///
  /// - Throws: `StoreError.locked` if the locks could not be taken, `.cancelled`; objects that were deleted before
  ///   stay deleted.
  mutating func run() throws(StoreError) {
    guard !loose.isEmpty || !packs.isEmpty else { return }
    try session.locks.alone { () throws(StoreError) in try turn() }
  }

  /// Returns whether everything is done.
  private mutating func turn() throws(StoreError) -> Bool {
    let clock = ContinuousClock()
    let end = clock.now + StoreLocks.turn
    guard try revived.catchUp(with: plan.live, until: end) else { return false }
    let live = plan.live
    let revived = revived.ids
    let isLive = { (id: ObjectID) in live.contains(id) || revived.contains(id) }
    let isForeign = try translated { () throws(FileError) in try watch.areAtWork(isReached: isLive) }
    if isForeign, let patience, clock.now < patience {
      try session.removeGitLeftovers(olderThan: Timestamp.now.seconds * 1_000_000_000 - ForeignWriters.youth)
      return false
    }
    try dropDerived()
    var count = 0
    while let id = loose.popFirst() {
      try deleteLoose(id, isLive, isForeign)
      count += 1
      if count % 16 == 0, clock.now >= end { return false }
    }
    while let pack = packs.popFirst() {
      try deletePack(pack, isLive, isForeign)
      if clock.now >= end, !packs.isEmpty { return false }
    }
    try removeEmptyFolders()
    session.work.progress(Progress(.deleting, done: deleted.count, total: nil, bytes: freed))
    return true
  }

  private mutating func deleteLoose(
    _ id: ObjectID, _ isLive: (ObjectID) -> Bool, _ isForeign: Bool
  ) throws(StoreError) {
    if isLive(id) { return }
    let path = session.layout.objects.looseObject(id)
    try translated { () throws(FileError) in
      guard let status = try FileStatus(path, followingLinks: false) else { return }
      guard !isForeign, limits.allow(status, wasReached: plan.wasReached(id)) else {
        waiting += 1
        return
      }
      guard try removeFile(path) else { return }
      deleted.insert(id)
      freed += status.blocks * 512
    }
  }

  /// Deletes a pack that was copied, unless an object in it is needed and not in the copy.
  private mutating func deletePack(
    _ pack: PackContents, _ isLive: (ObjectID) -> Bool, _ isForeign: Bool
  ) throws(StoreError) {
    var dead: [ObjectID] = []
    var isNeeded = false
    var wereReached = true
    for position in 0..<pack.count {
      let id = pack.id(at: position)
      if plan.live.contains(id) { continue }
      dead.append(id)
      isNeeded = isNeeded || revived.ids.contains(id)
      wereReached = wereReached && plan.wasReached(id)
    }
    try translated { () throws(FileError) in
      guard let status = try FileStatus(pack.packPath, followingLinks: false) else { return }
      let isAllowed = dead.isEmpty || !isForeign && limits.allow(status, wasReached: wereReached)
      guard !isNeeded, isAllowed else {
        waiting += dead.count { !isLive($0) }
        return
      }
      let name = pack.packPath.lastComponent?.stem ?? ""
      let folder = pack.packPath.folder
      // The index first, because the objects that it names must exist.
      for ending in ["idx", "rev", "bitmap", "mtimes", "promisor", "pack"] {
        let path = folder.appending("\(name).\(ending)")
        let size = try FileStatus(path, followingLinks: false)?.blocks ?? 0
        if try removeFile(path) { freed += size * 512 }
      }
      for id in dead { deleted.insert(id) }
    }
  }

  /// Removes files that plain git derived from deleted objects; otherwise git fsck reports errors.
  private mutating func dropDerived() throws(StoreError) {
    guard !hasDroppedDerived else { return }
    hasDroppedDerived = true
    let objects = session.layout.objects
    try translated { () throws(FileError) in
      try removeFile(objects.appending("info/commit-graph"))
      try clearTree(objects.appending("info/commit-graphs"))
      let folder = objects.appending("pack")
      for name in try names(in: folder)
      where name.hasPrefix("multi-pack-index") || name.hasSuffix(".bitmap") {
        try removeFile(folder.appending(name))
      }
    }
  }

  private func removeEmptyFolders() throws(StoreError) {
    let objects = session.layout.objects
    try translated { () throws(FileError) in
      for name in try names(in: objects) where isHexadecimal(name, count: 2...2) {
        try removeEmptyFolder(objects.appending(name))
      }
    }
  }
}

/// Decides by the time of its file whether an object may be deleted.
struct GarbageLimits {
  /// The start of the collection, in nanoseconds since 1970.
  let start: Int64
  /// The time when histories had been shortened and records were ended, also in nanoseconds since 1970.
  let shortened: Int64
  /// How long objects of unknown origin are kept, in nanoseconds.
  let grace: Int64

  /// - Parameters:
  ///   - status: The object's file.
  ///   - wasReached: Whether the object was reachable until histories were shortened.
  /// - Returns: Whether it may be deleted now.
  func allow(_ status: FileStatus, wasReached: Bool) -> Bool {
    // A refreshed time means that a process uses the object again.
    status.modified <= (wasReached ? shortened : start - grace)
  }
}
