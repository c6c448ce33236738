public import Identifiers
public import ModuleStore

/// Publishes a branch or a folder: first the contents and the manifest, and the head last. Readers see either the old
/// or the new version, each of them complete (Documentation/kv.md, "Order").
public struct Publisher {
  /// The options of a publish.
  public struct Request: Sendable {
    /// The store's name among those that share a target.
    public var store = "default"
    /// Whether to publish a commit that does not come after the published one.
    public var isForced = false
    /// Whether an empty set of files may replace a non-empty one.
    public var allowsEmpty = false
    /// Whether readers must not go back from this version to an earlier one.
    public var isBarrier = false
    /// Whether nothing is changed.
    public var isDryRun = false
    /// The maximum number of concurrent requests that store values.
    public var concurrency = 2
    /// The time to wait for a prune.
    public var patience = Duration.seconds(60)
    /// Waits for a duration.
    public var pause: @Sendable (Duration) throws -> Void

    /// Creates a request with the default options.
    ///
    /// - Parameter pause: Waits for a duration.
    public init(pause: @escaping @Sendable (Duration) throws -> Void) { self.pause = pause }
  }

  /// The result of a publish, or of a dry run.
  public struct Outcome: Sendable {
    /// The manifest before; nil if nothing was published.
    public let before: ModuleDigest?
    /// The manifest.
    public let manifest: ModuleDigest
    /// The manifest with its new parts; nil if it equals the one before.
    public var draft: ManifestDraft?
    /// The revision; nil in a dry run, and if nothing changed.
    public var revision: Int64?
    /// Whether a revision is created, or would be.
    public var isChange = true
    /// The contents and values of the manifest that were stored.
    public var stored = StoredItems()
    /// The number of files whose contents were stored already.
    public var skipped = 0
    /// The removed paths.
    public var removed: [[UInt8]] = []
    /// The number of requests that were sent, or would be sent.
    public var requests = 0
    /// Links and submodules, which are not published.
    public var leftOut: [RawPath] = []
  }

  private let target: PublishTarget
  private let source: any PublishSource
  private let request: Request
  private let cache: ManifestCache?
  private let journal: PublishJournal

  /// The maximum number of attempts if other publishes or prunes interfere.
  private static let attempts = 8
  /// The time between two checks of a head while a prune runs.
  private static let pruneLook = Duration.seconds(2)

  /// Prepares to publish.
  ///
  /// - Parameters:
  ///   - source: The files to publish.
  ///   - target: The target.
  ///   - cache: The cache of manifests; nil for none.
  ///   - journal: The keys that an earlier try stored; by default one in memory.
  ///   - request: The options.
  public init(
    _ source: any PublishSource, to target: PublishTarget, cache: ManifestCache?,
    journal: PublishJournal = PublishJournal(), _ request: Request
  ) {
    self.source = source
    self.target = target
    self.cache = cache
    self.journal = journal
    self.request = request
  }

  /// The name of the head.
  public var headName: HeadName { HeadName(store: request.store, branch: source.branch.name) }

  // MARK: Publishing

  /// Publishes.
  ///
  /// - Returns: The result.
  /// - Throws: `PublishError`, and the errors of the source and the target.
  public func publish() throws -> Outcome {
    for _ in 0..<Publisher.attempts {
      let head = try readHead()
      do { return try publish(after: head) } catch HeadConflict.moved {
        // Stored values stay stored: the next try does not send them again.
        continue
      } catch HeadConflict.pruned {
        // A prune may have deleted the stored values.
        journal.clear()
      }
    }
    throw PublishError.moved("\(headName)")
  }

  private func publish(after head: Head) throws -> Outcome {
    let clock = HeadClock(head)
    let needsBarrier = request.isBarrier && head.newest?.isBarrier == false
    if let newest = head.newest, let tree = source.tree, newest.tree == tree, !needsBarrier {
      return unchanged(newest.manifest)
    }
    try refuseLate(head)
    let base = try head.newest.map { try root(of: $0.manifest) }
    let (plan, leftOut) = try plan(head, base)
    if plan.manifest.root.count == 0, (base?.root.count ?? 0) > 0, !request.allowsEmpty {
      throw PublishError.empty
    }
    let manifest = plan.manifest.rootValue.digest
    var outcome = Outcome(before: head.newest?.manifest, manifest: manifest)
    (outcome.skipped, outcome.removed, outcome.leftOut) = (plan.skipped, plan.removed, leftOut)
    let isSame = outcome.before == manifest
    if isSame, !needsBarrier {
      (outcome.isChange, outcome.requests) = (false, target.requestCount)
      return outcome
    }
    if source.tree == nil, !request.isForced, head.hasLeftBehind(manifest: manifest) {
      throw PublishError.leftBehind("\(headName)")
    }
    let stored = isSame ? nil : try store(plan, clock, after: head)
    if let stored {
      outcome.stored = StoredItems(of: stored.queue)
      outcome.skipped += plan.uploads.count - stored.queue.contentCount
    }
    outcome.draft = plan.manifest
    if request.isDryRun {
      outcome.requests = target.requestCount + (stored?.requests ?? 0) + 1
      return outcome
    }
    let change = HeadPublish(
      after: head, manifest: manifest, commit: source.commit, tree: source.tree, by: try source.author(),
      isBarrier: request.isBarrier)
    outcome.revision = try target.heads.publish(change, to: headName).revision
    journal.clear()
    keep(plan.manifest)
    outcome.requests = target.requestCount
    return outcome
  }

  private func unchanged(_ manifest: ModuleDigest) -> Outcome {
    var outcome = Outcome(before: manifest, manifest: manifest)
    (outcome.isChange, outcome.requests) = (false, target.requestCount)
    return outcome
  }

  /// Stores the values of a plan, except those that an earlier try stored; in a dry run only counts them.
  private func store(
    _ plan: PublishPlan, _ clock: HeadClock, after head: Head
  ) throws -> (queue: StoringQueue, requests: Int) {
    let preparing = request.isDryRun ? try target.values.requestsToPrepare() : 0
    let place = preparing > 0 ? nil : try target.values.place()
    let known = journal.begin(in: place, epoch: head.epoch, now: clock.now)
    // A prune with heads of another kind must know that these heads exist.
    let keeper = head.newest == nil ? target.heads.url : nil
    let queue = StoringQueue(plan, without: known, keeper: keeper, target.values.limits)
    if !request.isDryRun {
      let storing = Storing(
        queue, of: source.contents, in: target.values, journal, clock, source.work)
      try storing.store(threads: request.concurrency)
    }
    return (queue, preparing + queue.requestCount)
  }

  /// Reads the head, after waiting for a running prune.
  private func readHead() throws -> Head {
    let end = ContinuousClock.now + request.patience
    while true {
      let head = try target.heads.head(headName)
      guard head.pruneUntil > head.now, !request.isDryRun else { return head }
      guard ContinuousClock.now < end else {
        throw PublishError.pruning(seconds: request.patience.components.seconds)
      }
      try source.work.check()
      try request.pause(min(Publisher.pruneLook, .seconds(head.pruneUntil - head.now)))
    }
  }

  /// Refuses a late job: its commit does not come after the published one, or a rollback went back from it.
  private func refuseLate(_ head: Head) throws {
    guard !request.isForced, let newest = head.newest else { return }
    if let tree = source.tree, newest.tree == tree { return }
    if let tree = source.tree, head.hasLeftBehind(tree) { throw PublishError.leftBehind("\(headName)") }
    guard newest.commit != nil || newest.tree != nil else { return }
    guard try source.comesAfter(commit: newest.commit, tree: newest.tree) else {
      throw PublishError.late("\(headName)")
    }
  }

  // MARK: Planning

  /// Plans the values to store: if the published tree is in the store, only the differences from it are examined.
  private func plan(
    _ head: Head, _ base: KnownManifest?
  ) throws -> (PublishPlan, leftOut: [RawPath]) {
    let time = source.time
    if let base, let tree = head.newest?.tree, let changes = try source.files(since: tree) {
      try refuseReserved(changes.files)
      let indices = Set(
        (changes.files.map(\.path) + changes.removed).map { PathKey($0).shard(base.root.bits) })
      let known = try reading(indices, of: base)
      let plan = try manifest { () throws(ManifestError) in
        try PublishPlan(of: changes, to: known, at: time, target.values.limits)
      }
      // With a different number of shards, all of them change.
      if known.root.nextBits(for: plan.manifest.root.count) == known.root.bits {
        return (plan, changes.skipped)
      }
    }
    let contents = try source.files()
    try refuseReserved(contents.files)
    let known = try base.map { try reading(Set($0.root.shards.indices), of: $0) }
    let plan = try manifest { () throws(ManifestError) in
      try PublishPlan(of: contents.files, after: known, at: time, target.values.limits)
    }
    return (plan, contents.skipped)
  }

  private func refuseReserved(_ files: [FileContent]) throws {
    let reserved = Array(".wasmstore/".utf8)
    if let file = files.first(where: { $0.path.starts(with: reserved) }) {
      throw PublishError.reservedPath(RawPath([0x2f] + file.path).spelled)
    }
  }

  private func manifest<Result>(_ body: () throws(ManifestError) -> Result) throws(PublishError) -> Result {
    do throws(ManifestError) { return try body() } catch { throw .manifest(error) }
  }

  // MARK: Published values

  private func root(of digest: ModuleDigest) throws -> KnownManifest {
    try PublishedManifest(target.values, cache: cache).root(digest)
  }

  private func reading(_ indices: Set<Int>, of base: KnownManifest) throws -> KnownManifest {
    try PublishedManifest(target.values, cache: cache).reading(indices, of: base)
  }

  /// Caches the published manifest, so that the next publish need not fetch it.
  private func keep(_ manifest: ManifestDraft) {
    cache?.keep(manifest.rootValue.bytes, as: manifest.rootValue.digest)
    for shard in manifest.newShards.values { cache?.keep(shard.bytes, as: shard.digest) }
  }
}
