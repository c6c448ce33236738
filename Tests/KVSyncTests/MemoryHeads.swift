import Synchronization

@testable import KVSync

/// A store of heads in memory.
final class MemoryHeads: HeadStore, LeaseStore {
  private struct State {
    var heads: [HeadName: [Head.Entry]] = [:]
    var floors: [HeadName: Int64] = [:]
    var epoch: Int64 = 0
    var lease = (id: "", until: Int64(0))
    var now: Int64 = 1_800_000_000
    var requestCount = 0
    var beforeMove: (@Sendable () throws -> Void)?
  }

  private let state = Mutex(State())

  var requestCount: Int { state.withLock { $0.requestCount } }
  /// The present time, in seconds since 1970.
  var now: Int64 {
    get { state.withLock { $0.now } }
    set { state.withLock { $0.now = newValue } }
  }

  /// Runs `body` before the next publish.
  func beforeNextPublish(_ body: @escaping @Sendable () throws -> Void) {
    state.withLock { $0.beforeMove = body }
  }

  var leases: (any LeaseStore)? { self }
  let url: String?

  /// Creates an empty store, which others reach at a URL.
  init(at url: String? = nil) { self.url = url }

  func head(_ name: HeadName) -> Head {
    state.withLock { state in
      state.requestCount += 1
      return MemoryHeads.head(name, state)
    }
  }

  private static func head(_ name: HeadName, _ state: State) -> Head {
    let floor = state.floors[name] ?? 0
    return Head(
      entries: Array((state.heads[name] ?? []).filter { $0.revision >= floor }.prefix(8)), epoch: state.epoch,
      floor: floor, now: state.now, pruneUntil: state.lease.until)
  }

  func log(_ name: HeadName, before revision: Int64?, limit: Int) -> HeadLog {
    state.withLock { state in
      state.requestCount += 1
      let entries = (state.heads[name] ?? []).filter { $0.revision < revision ?? .max }
      return HeadLog(Array(entries.prefix(limit)), floor: state.floors[name] ?? 0)
    }
  }

  func heads() -> [HeadSummary] {
    state.withLock { state in
      state.requestCount += 1
      return state.heads.map { HeadSummary($0.key, revision: $0.value.first?.revision ?? 0) }
    }
  }

  func publish(_ change: HeadPublish, to name: HeadName) throws -> Head.Entry {
    let hook = state.withLock { state in
      defer { state.beforeMove = nil }
      return state.beforeMove
    }
    try hook?()
    return try append(name, expecting: change.expected) { state throws(HeadConflict) in
      guard change.epoch == state.epoch, state.lease.until <= state.now else {
        throw .pruned(MemoryHeads.head(name, state))
      }
      return Head.Entry(change, at: state.now)
    }
  }

  func rollback(_ change: HeadRollback, of name: HeadName) throws -> Head.Entry {
    try append(name, expecting: change.expected) { state throws(HeadConflict) in
      guard change.to >= state.floors[name] ?? 0 else { throw .belowFloor(MemoryHeads.head(name, state)) }
      guard let earlier = state.heads[name]?.first(where: { $0.revision == change.to }) else {
        throw .unknownRevision
      }
      return Head.Entry(change, to: earlier, at: state.now)
    }
  }

  private func append(
    _ name: HeadName, expecting revision: Int64, _ make: (State) throws(HeadConflict) -> Head.Entry
  ) throws -> Head.Entry {
    try state.withLock { state in
      state.requestCount += 1
      guard state.heads[name]?.first?.revision ?? 0 == revision else {
        throw HeadConflict.moved(MemoryHeads.head(name, state))
      }
      let entry = try make(state)
      state.heads[name, default: []].insert(entry, at: 0)
      return entry
    }
  }

  func raiseFloor(of name: HeadName, to floor: Int64, expecting revision: Int64) throws -> Head {
    try state.withLock { state in
      state.requestCount += 1
      guard state.heads[name]?.first?.revision ?? 0 == revision else {
        throw HeadConflict.moved(MemoryHeads.head(name, state))
      }
      state.floors[name] = max(floor, state.floors[name] ?? 0)
      return MemoryHeads.head(name, state)
    }
  }

  func lease(_ id: String, epoch: Int64, seconds: Int64) throws -> Lease {
    try state.withLock { state in
      state.requestCount += 1
      if state.lease.id == id {
        guard state.lease.until > state.now || seconds == 0 else { throw HeadConflict.pruned(nil) }
      } else {
        guard state.lease.until <= state.now, epoch == state.epoch, seconds > 0 else {
          throw HeadConflict.pruned(nil)
        }
        state.epoch += 1
      }
      state.lease = (id, seconds == 0 ? 0 : state.now + seconds)
      return Lease(epoch: state.epoch, now: state.now, until: state.lease.until)
    }
  }
}
