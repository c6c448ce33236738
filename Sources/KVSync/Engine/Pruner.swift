internal import Identifiers
public import ModuleStore

/// Deletes what no version names any more that is kept (Documentation/kv.md, "Prune"). It deletes nothing where it cannot
/// read all that says what is kept.
public struct Pruner {
  /// What is kept.
  public struct Request: Sendable {
    /// How many revisions of each head, the newest.
    public var keptRevisions = 10
    /// How long everything is kept that was stored, in seconds.
    public var grace: Int64 = 86_400
    /// Whether nothing is changed.
    public var isDryRun = true
    /// Whether the operator has seen to it that nobody publishes meanwhile.
    public var isOffline = false
    /// How long another prune is waited for.
    public var patience = Duration.seconds(60)
    /// Waits for some time.
    public var pause: @Sendable (Duration) throws -> Void

    /// The shortest grace: a publish that goes on where it was skips what it stored up to an hour before.
    public static let shortestGrace: Int64 = 3 * 3_600

    /// Makes the request that holds when nothing is said.
    ///
    /// - Parameter pause: Waits for some time.
    public init(pause: @escaping @Sendable (Duration) throws -> Void) { self.pause = pause }
  }

  /// What was deleted, or would be.
  public struct Outcome: Sendable {
    /// The oldest revision of each head that is kept.
    public var floors: [(name: HeadName, floor: Int64)] = []
    /// The keys.
    public var deleted: [String] = []
    /// What interrupted publishes left and no key names.
    public var leftovers = 0
    /// How many keys stay.
    public var kept = 0
    /// The requests that were sent.
    public var requests = 0
  }

  private let target: PublishTarget
  private let request: Request
  private let work: Work

  /// How long a lease lasts, in seconds; it is renewed when less than half is left.
  private static let leaseLength: Int64 = 600
  /// The seconds of a lease in which nothing is deleted any more: a request that was sent before has ended by then.
  private static let leaseReserve: Int64 = 120
  /// The most keys that are deleted at a time.
  private static let batch = 1_000
  private static let look = Duration.seconds(2)
  private static let logPage = 1_000

  /// Prepares to prune.
  public init(_ target: PublishTarget, _ request: Request, _ work: Work) {
    self.target = target
    self.request = request
    self.work = work
  }

  // MARK: Pruning

  /// Prunes.
  ///
  /// - Returns: What was deleted.
  /// - Throws: `PublishError`, and what the target throws.
  public func prune() throws -> Outcome {
    let isGuarded = target.heads.leases != nil || target.values.deletesUnchangedOnly
    guard isGuarded || request.isOffline || request.isDryRun else { throw PublishError.needsOffline }
    try refuseOtherHeads()
    var floors = try floors(of: heads())
    if request.isDryRun { return try sweep(floors, HeadClock(floors[0].head), nil) }
    for index in floors.indices { floors[index].head = try raise(floors[index].name, floors[index].head) }
    guard let leases = target.heads.leases else {
      // What was published meanwhile is kept as well.
      let now = try self.floors(of: heads(), isRaised: true)
      return try sweep(now, HeadClock(now[0].head), nil)
    }
    let lease = try HeldLease(leases, epoch: floors[0].head.epoch, self)
    let outcome = Result {
      // From here on nobody publishes: this is all that there is.
      let now = try self.floors(of: heads(), isRaised: true)
      return try sweep(now, HeadClock(now[0].head), lease)
    }
    // One that cannot be ended ends by itself.
    try? lease.end()
    var found = try outcome.get()
    found.requests = target.requestCount
    return found
  }

  private struct Floor {
    let name: HeadName
    var head: Head
    /// The oldest revision that is kept.
    let floor: Int64
  }

  private func heads() throws -> [HeadSummary] {
    let heads = try target.heads.heads().filter { $0.revision > 0 }
    guard !heads.isEmpty else { throw PublishError.nothingPublished }
    return heads
  }

  /// The oldest revision of each head that is kept.
  private func floors(of heads: [HeadSummary], isRaised: Bool = false) throws -> [Floor] {
    try heads.map { summary in
      try work.check()
      let head = try target.heads.head(summary.name)
      return Floor(
        name: summary.name, head: head, floor: isRaised ? head.floor : try floor(summary.name, head))
    }
  }

  private func floor(_ name: HeadName, _ head: Head) throws -> Int64 {
    var entries = head.entries
    if entries.count < request.keptRevisions, let last = entries.last?.revision, last > max(head.floor, 1) {
      entries += try target.heads.log(name, before: last, limit: request.keptRevisions - entries.count)
        .entries
    }
    let kept = entries.prefix(request.keptRevisions).last?.revision ?? 0
    return max(kept, head.floor)
  }

  /// Raises the floor of a head, which may move meanwhile.
  private func raise(_ name: HeadName, _ head: Head) throws -> Head {
    var head = head
    while true {
      try work.check()
      let floor = try floor(name, head)
      do {
        return try target.heads.raiseFloor(of: name, to: floor, expecting: head.newest?.revision ?? 0)
      } catch HeadConflict.moved(let now) { head = try now ?? target.heads.head(name) }
    }
  }

  // MARK: What stays

  /// Deletes what is not kept, as long as the lease lasts.
  private func sweep(_ floors: [Floor], _ clock: HeadClock, _ lease: HeldLease?) throws -> Outcome {
    var outcome = Outcome()
    outcome.floors = floors.map { ($0.name, $0.floor) }
    let kept = try reached(from: floors)
    var pending: [ListedKey] = []
    func delete() throws {
      guard !pending.isEmpty else { return }
      try work.check()
      if !request.isDryRun { try target.values.delete(pending, before: lease?.deadline()) }
      outcome.deleted += pending.map(\.name)
      work.progress(Progress(.deleting, done: outcome.deleted.count, total: nil))
      pending = []
    }
    for kind in [ValueKey.Kind.content, .chunk, .root, .shard] {
      try target.values.list(kind.rawValue) { keys in
        for key in keys {
          // Of what has another name, or no time, nothing is known.
          guard let name = ValueKey(key.name), let time = key.time,
            time < clock.now - request.grace, !kept.contains(name)
          else {
            outcome.kept += 1
            continue
          }
          pending.append(key)
          if pending.count == Pruner.batch { try delete() }
        }
      }
    }
    try delete()
    outcome.leftovers = try target.values.deleteLeftovers(
      before: clock.now - request.grace, isDryRun: request.isDryRun)
    outcome.requests = target.requestCount
    return outcome
  }

  /// The keys that the versions name which are kept.
  ///
  /// - Throws: `PublishError.unreadableManifest`, `.unreadableHead` where one of them cannot be read.
  private func reached(from floors: [Floor]) throws -> Set<ValueKey> {
    var kept: Set<ValueKey> = []
    let manifests = PublishedManifest(target.values, cache: nil)
    let kinds = try floors.map { try entries(of: $0) } + [entriesOfHeadsInValues()]
    for digest in Set(kinds.joined().map(\.manifest)) {
      try work.check()
      kept.insert(ValueKey(.root, digest))
      let root = try manifests.root(digest)
      for (index, shard) in root.root.shards.enumerated() {
        // A shard that another version has too was read.
        guard let shard, kept.insert(ValueKey(.shard, shard)).inserted else { continue }
        for row in try manifests.reading([index], of: root).rows
        where kept.insert(row.contentKey).inserted {
          for chunk in try manifests.chunks(of: row) { kept.insert(ValueKey(.chunk, chunk)) }
        }
      }
    }
    return kept
  }

  /// Refuses to prune with heads that are values where a Worker or a server keeps heads of the same values: what those
  /// name is not known here. Such a head, on the other hand, knows of those that are values.
  private func refuseOtherHeads() throws {
    guard target.heads is HeadsInValues else { return }
    var keepers: [String] = []
    try target.values.list(ValueKey.Kind.keeper.rawValue) { keepers += $0.map(\.name) }
    guard let key = keepers.first else { return }
    let url = try target.values.value(key).map { String(decoding: $0, as: UTF8.self) }
    throw PublishError.otherHeads(url ?? key)
  }

  /// The revisions of heads that are values in the same place: somebody may publish there with `--head kv`.
  private func entriesOfHeadsInValues() throws -> [Head.Entry] {
    guard !(target.heads is HeadsInValues) else { return [] }
    let heads = HeadsInValues(in: target.values)
    return try heads.heads().flatMap { try heads.head($0.name).entries }
  }

  /// The revisions of a head that are kept.
  private func entries(of floor: Floor) throws -> [Head.Entry] {
    var entries = floor.head.entries.filter { $0.revision >= floor.floor }
    while let last = entries.last?.revision, last > max(floor.floor, 1) {
      let page = try target.heads.log(floor.name, before: last, limit: Pruner.logPage).entries
        .filter { $0.revision >= floor.floor }
      guard !page.isEmpty else { throw PublishError.unreadableHead }
      entries += page
    }
    return entries
  }

  // MARK: The lease

  /// A lease that this prune has.
  private final class HeldLease {
    private let leases: any LeaseStore
    private let id = HeadPublish.newID()
    private var lease: Lease
    private var heard: ContinuousClock.Instant

    /// Takes the lease; where another prune has it, waits for that.
    init(_ leases: any LeaseStore, epoch: Int64, _ pruner: Pruner) throws {
      self.leases = leases
      let end = ContinuousClock.now + pruner.request.patience
      var epoch = epoch
      while true {
        heard = .now
        do {
          lease = try leases.lease(id, epoch: epoch, seconds: Pruner.leaseLength)
          return
        } catch HeadConflict.pruned {
          guard ContinuousClock.now < end else {
            throw PublishError.pruning(seconds: pruner.request.patience.components.seconds)
          }
          try pruner.request.pause(Pruner.look)
          try pruner.work.check()
          guard let name = try pruner.heads().first?.name else { continue }
          epoch = try pruner.target.heads.head(name).epoch
        }
      }
    }

    /// Until when something may be deleted; renews the lease where little is left of it.
    ///
    /// - Throws: `PublishError.leaseLost` where it has run out.
    func deadline() throws -> ContinuousClock.Instant {
      if expiry - .now < .seconds(Pruner.leaseLength / 2) {
        let now = ContinuousClock.now
        do {
          lease = try leases.lease(id, epoch: lease.epoch, seconds: Pruner.leaseLength)
        } catch HeadConflict.pruned { throw PublishError.leaseLost }
        heard = now
      }
      return expiry - .seconds(Pruner.leaseReserve)
    }

    /// When it ends, at the earliest.
    private var expiry: ContinuousClock.Instant { heard + .seconds(lease.until - lease.now) }

    func end() throws { _ = try leases.lease(id, epoch: lease.epoch, seconds: 0) }
  }
}
