import Testing

@testable import KVServer

@Suite("Faults on purpose")
struct FaultTests {
  @Test("a plan is read from its text")
  func plans() throws {
    var plan = FaultPlan()
    (plan.seed, plan.refused, plan.retryAfter, plan.stale, plan.delay) = (7, 0.25, 2, 60, 5)
    #expect(FaultPlan("seed=7,refused=0.25,retry-after=2,stale=60,delay=5") == plan)
    for text in ["", "refused", "refused=2", "refused=-1", "other=1", "stale=x", "seed=1,", "seed=1=2"] {
      #expect(FaultPlan(text) == nil, "\(text)")
    }
  }

  @Test("the same seed gives the same faults, and about as many as were asked for")
  func draws() throws {
    let plan = try #require(FaultPlan("seed=3,refused=0.1,failed=0.2,reset=0.1,partial=0.5"))
    func draw() -> [Faults.Fate] {
      let faults = Faults(plan)
      return (0..<2_000).map { _ in faults.fate() }
    }
    let fates = draw()
    #expect(fates == draw())
    #expect((150...250).contains(fates.count { $0 == .refused }))
    for status in Faults.statuses {
      #expect((20...60).contains(fates.count { $0 == .failed(status, isDone: true) }), "\(status)")
    }
    #expect((50...150).contains(fates.count { $0 == .reset(isDone: false) }))
    #expect(Faults(FaultPlan()).done(of: 3) == nil && Faults(FaultPlan()).fate() == .answered)
  }

  @Test("a location sees what it has read, absence too, and others do not")
  func locations() async throws {
    let caches = LocationCaches(for: .seconds(3_600))
    let namespace = KVNamespace(number: 1, id: "1", title: "a")
    func read(_ location: String, _ value: [UInt8]?) async throws -> [UInt8]? {
      try await caches.value([1], in: namespace, at: location) {
        value.map { (KVEntry(key: [1], metadata: nil, expiration: nil, size: $0.count), $0) }
      }?.bytes
    }
    #expect(try await read("A", nil) == nil)
    #expect(try await read("A", [1]) == nil)
    #expect(try await read("B", [1]) == [1])
    #expect(try await read("B", [2]) == [1])
  }
}
