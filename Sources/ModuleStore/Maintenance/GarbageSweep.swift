internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

/// Deletes what a plan says, in short turns in which nobody else holds the store's locks.
///
/// Each turn looks first at what was added since: references that moved, objects that a writer took up again, and
/// signs of a plain git that is at work. Nothing that is needed by then is deleted, and nothing at all while plain git is
/// at work: a push has looked already whether what it builds on is there.
struct GarbageSweep {
  private let session: StoreSession
  private let plan: GarbagePlan
  private let limits: GarbageLimits
  /// What was reached since the plan was made.
  private var revived: FreshReach
  private var loose: ArraySlice<ObjectID>
  private var packs: ArraySlice<PackContents>
  private var watch: ForeignWriters
  private var hasDroppedDerived = false
  /// Until when a plain git that is at work is waited for; nil where what it may need waits for the next collection.
  private let patience: ContinuousClock.Instant?

  /// Objects that are gone, each once.
  private(set) var deleted = ObjectIDSet()
  /// Objects that nothing reaches and that stay for now.
  private(set) var waiting = 0
  /// Bytes that were freed.
  private(set) var freed: Int64 = 0

  init(
    _ session: StoreSession, _ plan: GarbagePlan, written: WrittenPack?, _ limits: GarbageLimits
  ) throws(StoreError) {
    self.session = session
    patience = limits.grace == 0 ? ContinuousClock.now + session.options.lockTimeout : nil
    self.plan = plan
    self.limits = limits
    loose = plan.deadLoose[...]
    // The new pack may have the bytes, and so the name, of one that it replaces.
    packs = plan.replaced.filter { $0.packPath.lastComponent?.stem != written.map { "pack-\($0.name)" } }[...]
    revived = FreshReach(session)
    watch = try translated { () throws(FileError) in
      try ForeignWriters(session.layout.objects, plan, since: limits.shortened)
    }
  }

  /// Deletes.
  ///
  /// - Throws: `StoreError.locked` where no turn could be had, `.cancelled`; what was deleted before stays deleted.
  mutating func run() throws(StoreError) {
    guard !loose.isEmpty || !packs.isEmpty else { return }
    try session.locks.alone { () throws(StoreError) in try turn() }
  }

  /// Answers whether all is done.
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

  /// Deletes a pack that was copied, unless something in it is needed that the copy lacks.
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
      let folder = pack.packPath.removingLastComponent()
      // The index first: what it names has to be there.
      for ending in ["idx", "rev", "bitmap", "mtimes", "promisor", "pack"] {
        let path = folder.appending("\(name).\(ending)")
        let size = try FileStatus(path, followingLinks: false)?.blocks ?? 0
        if try removeFile(path) { freed += size * 512 }
      }
      for id in dead { deleted.insert(id) }
    }
  }

  /// Removes what plain git derived from objects that are going; git fsck finds fault with it otherwise.
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

/// Says by its file's time whether an object may go.
struct GarbageLimits {
  /// When the collection began, in nanoseconds since 1970.
  let start: Int64
  /// When histories had become shorter and records were ended, likewise.
  let shortened: Int64
  /// How long objects of unknown origin stay, in nanoseconds.
  let grace: Int64

  /// - Parameters:
  ///   - status: The object's file.
  ///   - wasReached: Whether something reached it until histories became shorter.
  /// - Returns: Whether it may go now.
  func allow(_ status: FileStatus, wasReached: Bool) -> Bool {
    // One whose time was refreshed was taken up by somebody.
    status.modified <= (wasReached ? shortened : start - grace)
  }
}
