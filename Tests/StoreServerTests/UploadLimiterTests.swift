import HTTPServing
import Synchronization
import Testing

@testable import StoreServer

/// A number that many tasks change.
private final class Count: Sendable {
  private let value = Mutex(0)

  /// Adds to it, and answers what it is then.
  func add(_ number: Int) -> Int {
    value.withLock { value in
      value += number
      return value
    }
  }
}

@Suite("The limit of uploads")
struct UploadLimiterTests {
  @Test("no more run at a time than the limit allows, and all of them run")
  func bounded() async throws {
    let limiter = UploadLimiter(count: 3)
    let running = Count()
    let done = try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<100 {
        group.addTask {
          try await limiter.run {
            #expect(running.add(1) <= 3)
            await Task.yield()
            _ = running.add(-1)
          }
        }
      }
      return try await group.reduce(into: 0) { count, _ in count += 1 }
    }
    #expect(done == 100)
  }

  @Test("whoever waits too long, or gives up, is told so, and the turn is free again")
  func impatient() async throws {
    let limiter = UploadLimiter(count: 1, patience: .milliseconds(20))
    try await limiter.run {
      let failure = await #expect(throws: HTTPFailure.self) { try await limiter.run {} }
      #expect(failure?.code == "locked")
    }
    try await limiter.run {}
    let patient = UploadLimiter(count: 1)
    try await patient.run {
      let waiting = Task { try await patient.run {} }
      waiting.cancel()
      await #expect(throws: HTTPFailure.self) { try await waiting.value }
    }
    try await patient.run {}
  }
}
