internal import Identifiers
public import ModuleStore

/// Deletes the values that no kept version names (Documentation/kv.md, "Prune"). It deletes nothing if it cannot read
/// everything that determines what is kept.
public struct Pruner {
  /// The options of a prune.
  public struct Request: Sendable {
    /// The number of newest revisions of each head that are kept.
    public var keptRevisions = 10
    /// The minimum age of a value before it is deleted, in seconds.
    public var grace: Int64 = 86_400
    /// Whether nothing is changed.
    public var isDryRun = true
    /// Whether the operator guarantees that nobody publishes meanwhile.
    public var isOffline = false
    /// The time to wait for another prune.
    public var patience = Duration.seconds(60)
    /// Waits for a duration.
    public var pause: @Sendable (Duration) throws -> Void

    /// The minimum of `grace`: a resumed publish does not send values again that it stored up to an hour before.
    public static let shortestGrace: Int64 = 3 * 3_600

    /// Creates a request with the default options.
    ///
    /// - Parameter pause: Waits for a duration.
    public init(pause: @escaping @Sendable (Duration) throws -> Void) { self.pause = pause }
  }

  /// The result of a prune, or of a dry run.
  public struct Outcome: Sendable {
    /// The oldest kept revision of each head.
    public var floors: [(name: HeadName, floor: Int64)] = []
    /// The deleted keys.
    public var deleted: [String] = []
    /// The number of values left by interrupted publishes that no key names.
    public var leftovers = 0
    /// The number of keys that stay.
    public var kept = 0
    /// The number of requests that were sent.
    public var requests = 0
  }

  private let target: PublishTarget
  private let request: Request
  private let work: Work

  /// The duration of a lease, in seconds; it is renewed when less than half is left.
  private static let leaseLength: Int64 = 600
  /// The last seconds of a lease, in which nothing is deleted any more: a request sent before has ended by then.
  private static let leaseReserve: Int64 = 120
  /// The maximum number of keys that are deleted at once.
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
  /// - Returns: The result.
  /// - Throws: `PublishError`, and the errors of the target.
  public func prune() throws -> Outcome {
    let isGuarded = target.heads.leases != nil || target.values.deletesUnchangedOnly
    guard isGuarded || request.isOffline || request.isDryRun else { throw PublishError.needsOffline }
    try refuseOtherHeads()
    var floors = try floors(of: heads())
    if request.isDryRun { return try sweep(floors, HeadClock(floors[0].head), nil) }
    for index in floors.indices { floors[index].head = try raise(floors[index].name, floors[index].head) }
    guard let leases = target.heads.leases else {
      // Revisions that were published meanwhile are kept as well.
      let now = try self.floors(of: heads(), isRaised: true)
      return try sweep(now, HeadClock(now[0].head), nil)
    }
    let lease = try HeldLease(leases, epoch: floors[0].head.epoch, self)
    let outcome = Result {
      // From here on nobody publishes, so this list is complete.
      let now = try self.floors(of: heads(), isRaised: true)
      return try sweep(now, HeadClock(now[0].head), lease)
    }
    // A lease that cannot be ended expires by itself.
    try? lease.end()
    var found = try outcome.get()
    found.requests = target.requestCount
    return found
  }

  private struct Floor {
    let name: HeadName
    var head: Head
    /// The oldest kept revision.
    let floor: Int64
  }

  private func heads() throws -> [HeadSummary] {
    let heads = try target.heads.heads().filter { $0.revision > 0 }
    guard !heads.isEmpty else { throw PublishError.nothingPublished }
    return heads
  }

  /// The oldest kept revision of each head.
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

  /// Raises the floor of a head, which may change meanwhile.
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

  // MARK: Kept values

  /// Deletes the values that are not kept, while the lease is valid.
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
          // Nothing is known about keys with other names or without a time.
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

  /// The keys that the kept versions name.
  ///
  /// - Throws: `PublishError.unreadableManifest`, `.unreadableHead` if one of them cannot be read.
  private func reached(from floors: [Floor]) throws -> Set<ValueKey> {
    var kept: Set<ValueKey> = []
    let manifests = PublishedManifest(target.values, cache: nil)
    let kinds = try floors.map { try entries(of: $0) } + [entriesOfHeadsInValues()]
    for digest in Set(kinds.joined().map(\.manifest)) {
      try work.check()
      kept.insert(ValueKey(.root, digest))
      let root = try manifests.root(digest)
      for (index, shard) in root.root.shards.enumerated() {
        // A shard that another version shares was read already.
        guard let shard, kept.insert(ValueKey(.shard, shard)).inserted else { continue }
        for row in try manifests.reading([index], of: root).rows
        where kept.insert(row.contentKey).inserted {
          for chunk in try manifests.chunks(of: row) { kept.insert(ValueKey(.chunk, chunk)) }
        }
      }
    }
    return kept
  }

  /// Refuses to prune with heads as values if a Worker or a server stores heads for the same values, because the keys
  /// that those heads name are not known here. A prune with a Worker or a server does know the heads as values.
  private func refuseOtherHeads() throws {
    guard target.heads is HeadsInValues else { return }
    var keepers: [String] = []
    try target.values.list(ValueKey.Kind.keeper.rawValue) { keepers += $0.map(\.name) }
    guard let key = keepers.first else { return }
    let url = try target.values.value(key).map { String(decoding: $0, as: UTF8.self) }
    throw PublishError.otherHeads(url ?? key)
  }

  /// The revisions of heads as values in the same target: somebody may publish there with `--head kv`.
  private func entriesOfHeadsInValues() throws -> [Head.Entry] {
    guard !(target.heads is HeadsInValues) else { return [] }
    let heads = HeadsInValues(in: target.values)
    return try heads.heads().flatMap { try heads.head($0.name).entries }
  }

  /// The kept revisions of a head.
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

  /// A lease that this prune holds.
  private final class HeldLease {
    private let leases: any LeaseStore
    private let id = HeadPublish.newID()
    private var lease: Lease
    private var heard: ContinuousClock.Instant

    /// Takes the lease; waits if another prune holds it.
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

    /// The time until which keys may be deleted; renews the lease if little of it is left.
    ///
    /// - Throws: `PublishError.leaseLost` if it has expired.
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

    /// The earliest time at which the lease ends.
    private var expiry: ContinuousClock.Instant { heard + .seconds(lease.until - lease.now) }

    func end() throws { _ = try leases.lease(id, epoch: lease.epoch, seconds: 0) }
  }
}
