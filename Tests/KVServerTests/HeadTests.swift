import SQLite
import Support
import SystemPackage
import Testing

@testable import KVServer

/// The head protocol, in the order in which its rules are tested.
@Suite struct HeadTests {
  private let storage: KVStorage
  private let namespace: KVNamespace
  private let name = HeadName(store: "default", branch: "main")
  private static let now = 1_700_000_000

  init() throws {
    storage = try KVStorage(at: nil)
    namespace = try #require(try storage.createNamespace(title: "site"))
  }

  private static func digest(_ number: Int) -> String { String(repeating: "\(number)", count: 64) }
  private static func id(_ number: Int) -> String { String(repeating: "\(number)", count: 32) }

  private func publish(
    _ number: Int, expect: Int, epoch: Int = 0, id: Int? = nil, barrier: Bool = false,
    now: Int = HeadTests.now
  ) throws -> HeadOutcome {
    try storage.change(
      name,
      .publish(
        HeadChange.Publish(
          expect: expect, epoch: epoch, id: Self.id(id ?? number), manifest: Self.digest(number),
          commit: "c\(number)", tree: "t\(number)", by: "tester", barrier: barrier)),
      in: namespace, now: now)
  }

  private func rollBack(to revision: Int, expect: Int, id: Int) throws -> HeadOutcome {
    try storage.change(
      name,
      .rollback(HeadChange.Rollback(expect: expect, id: Self.id(id), to: revision, by: "tester")),
      in: namespace, now: Self.now)
  }

  private func raiseFloor(to floor: Int, expect: Int) throws -> HeadOutcome {
    try storage.change(
      name, .floor(HeadChange.Floor(expect: expect, floor: floor)), in: namespace, now: Self.now)
  }

  private func refusal(_ outcome: HeadOutcome) -> HeadRefusal? {
    if case .refused(let refusal, _) = outcome { refusal } else { nil }
  }

  private func entry(_ outcome: HeadOutcome) throws -> HeadEntry {
    guard case .done(_, let entry?) = outcome else {
      throw Unexpected(description: "no entry in \(outcome)")
    }
    return entry
  }

  @Test func `an unknown head is empty`() throws {
    let head = try storage.head(name, in: namespace, now: Self.now)
    #expect(head == Head(entries: [], epoch: 0, floor: 0, now: Self.now, pruneUntil: 0))
    #expect(try storage.heads(in: namespace).isEmpty)
  }

  @Test func `a publish makes a revision from itself`() throws {
    let first = try entry(publish(1, expect: 0))
    let second = try entry(publish(2, expect: 1, barrier: true))
    #expect(
      second
        == HeadEntry(
          revision: 2, id: Self.id(2), kind: .publish, manifest: Self.digest(2), commit: "c2", tree: "t2",
          from: 2, barrier: true, by: "tester", at: Self.now))
    #expect(try storage.head(name, in: namespace, now: Self.now).entries == [second, first])
    #expect(try storage.heads(in: namespace) == [HeadSummary(name: name, revision: 2)])
  }

  @Test func `a request that is sent again is answered before anything is tested`() throws {
    let first = try entry(publish(1, expect: 0))
    _ = try publish(2, expect: 1)
    // Its expectation no longer holds, and neither does its epoch.
    #expect(try entry(publish(7, expect: 0, epoch: 5, id: 1)) == first)
    #expect(try entry(rollBack(to: 99, expect: 0, id: 1)) == first)
    #expect(try storage.head(name, in: namespace, now: Self.now).entries.count == 2)
    // An id counts for one head.
    let other = HeadName(store: "default", branch: "other")
    let outcome = try storage.change(
      other,
      .publish(
        HeadChange.Publish(expect: 0, epoch: 0, id: Self.id(1), manifest: Self.digest(1), by: "tester")),
      in: namespace, now: Self.now)
    #expect(try entry(outcome).revision == 1)
  }

  @Test func `another newest revision goes before everything but the id`() throws {
    _ = try publish(1, expect: 0)
    #expect(refusal(try publish(2, expect: 0, epoch: 9)) == .moved)
    #expect(refusal(try publish(2, expect: 2)) == .moved)
    #expect(refusal(try rollBack(to: 9, expect: 2, id: 2)) == .moved)
    #expect(refusal(try raiseFloor(to: 9, expect: 2)) == .moved)
    guard case .refused(_, let head) = try publish(2, expect: 0) else { throw Unexpected(description: "") }
    #expect(head.entries.map(\.revision) == [1])
  }

  @Test func `a publish needs the epoch, and no prune`() throws {
    _ = try publish(1, expect: 0)
    #expect(refusal(try publish(2, expect: 1, epoch: 1)) == .pruned)
    let lease = PruneRequest(epoch: 0, id: Self.id(8), seconds: 60)
    let state = PruneState(epoch: 1, id: Self.id(8), until: Self.now + 60)
    #expect(try storage.prune(lease, in: namespace, now: Self.now) == .done(state))
    #expect(refusal(try publish(2, expect: 1, epoch: 0)) == .pruned)
    #expect(refusal(try publish(2, expect: 1, epoch: 1)) == .pruned)
    // A rollback uploads nothing.
    #expect(try entry(rollBack(to: 1, expect: 1, id: 3)).revision == 2)
    // The lease runs out by itself.
    #expect(try entry(publish(2, expect: 2, epoch: 1, now: Self.now + 60)).revision == 3)
  }

  @Test func `a rollback copies what the revision says, and is a barrier`() throws {
    _ = try publish(1, expect: 0)
    _ = try publish(2, expect: 1)
    let back = try entry(rollBack(to: 1, expect: 2, id: 3))
    #expect(
      back
        == HeadEntry(
          revision: 3, id: Self.id(3), kind: .rollback, manifest: Self.digest(1), commit: "c1", tree: "t1",
          from: 1, barrier: true, by: "tester", at: Self.now))
    // What a rollback to a rollback is from is what was published.
    #expect(try entry(rollBack(to: 3, expect: 3, id: 4)).from == 1)
  }

  @Test func `no rollback goes below the floor, or to what is not there`() throws {
    for number in 1...4 { _ = try publish(number, expect: number - 1) }
    #expect(refusal(try raiseFloor(to: 5, expect: 4)) == .floorAboveNewest)
    guard case .done(let head, nil) = try raiseFloor(to: 3, expect: 4) else {
      throw Unexpected(description: "the floor was not raised")
    }
    #expect(head.floor == 3)
    #expect(head.entries.map(\.revision) == [4, 3])
    #expect(refusal(try rollBack(to: 2, expect: 4, id: 5)) == .belowFloor)
    // Below the floor goes before unknown.
    #expect(refusal(try rollBack(to: 0, expect: 4, id: 5)) == .belowFloor)
    #expect(refusal(try rollBack(to: 5, expect: 4, id: 5)) == .unknownRevision)
    #expect(try entry(rollBack(to: 3, expect: 4, id: 5)).from == 3)
    // A lower floor changes nothing.
    guard case .done(let lower, nil) = try raiseFloor(to: 1, expect: 5) else {
      throw Unexpected(description: "a lower floor was refused")
    }
    #expect(lower.floor == 3)
  }

  @Test func `a head tells eight revisions, the log all`() throws {
    for number in 0..<10 { _ = try publish(number, expect: number) }
    #expect(
      try storage.head(name, in: namespace, now: Self.now).entries.map(\.revision)
        == Array((3...10).reversed()))
    _ = try raiseFloor(to: 9, expect: 10)
    let log = try storage.log(of: name, in: namespace, before: nil, limit: 100)
    #expect(log.entries.map(\.revision) == Array((1...10).reversed()))
    #expect(log.floor == 9)
    let part = try storage.log(of: name, in: namespace, before: 5, limit: 2)
    #expect(part.entries.map(\.revision) == [4, 3])
  }

  @Test func `a lease is prolonged and ended by its own id alone, and only while it lasts`() throws {
    func ask(_ id: Int, _ seconds: Int, epoch: Int, at now: Int = Self.now) throws -> PruneOutcome {
      try storage.prune(
        PruneRequest(epoch: epoch, id: Self.id(id), seconds: seconds), in: namespace, now: now)
    }
    let now = Self.now
    func state(_ epoch: Int, _ id: Int, _ until: Int) -> PruneState {
      PruneState(epoch: epoch, id: Self.id(id), until: until)
    }
    #expect(try ask(1, 60, epoch: 7) == .refused(PruneState(epoch: 0, id: nil, until: 0)))
    #expect(try ask(1, 60, epoch: 0) == .done(state(1, 1, now + 60)))
    // Sent again, with the epoch that the client knew then.
    #expect(try ask(1, 60, epoch: 0, at: now + 10) == .done(state(1, 1, now + 70)))
    #expect(try ask(2, 60, epoch: 1) == .refused(state(1, 1, now + 70)))
    #expect(try ask(2, 0, epoch: 1) == .refused(state(1, 1, now + 70)))
    #expect(try ask(1, 60, epoch: 1, at: now + 70) == .refused(state(1, 1, now + 70)))
    #expect(try ask(2, 60, epoch: 1, at: now + 70) == .done(state(2, 2, now + 130)))
    #expect(try ask(2, 0, epoch: 2, at: now + 80) == .done(state(2, 2, 0)))
    #expect(try ask(2, 0, epoch: 2, at: now + 80) == .done(state(2, 2, 0)))
  }

  @Test func `heads belong to a namespace, and go with it`() throws {
    _ = try publish(1, expect: 0)
    let other = try #require(try storage.createNamespace(title: "other"))
    #expect(try storage.heads(in: other).isEmpty)
    #expect(try storage.removeNamespace(id: namespace.id))
    #expect(try storage.heads(in: namespace).isEmpty)
    #expect(try storage.log(of: name, in: namespace, before: nil, limit: 10).entries.isEmpty)
  }
}
