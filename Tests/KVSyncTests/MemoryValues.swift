import Synchronization

@testable import KVSync

/// A store of values in memory.
final class MemoryValues: ValueStore {
  private struct State {
    var values: [String: (bytes: [UInt8], time: Int64)] = [:]
    var requestCount = 0
    var storedBytes = 0
  }

  private let state = Mutex(State())
  let limits = ValueLimits.workersKV

  /// The keys that have a value.
  var keys: [String] { state.withLock { $0.values.keys.sorted() } }
  var requestCount: Int { state.withLock { $0.requestCount } }
  /// The number of bytes stored since this was set to zero.
  var storedBytes: Int {
    get { state.withLock { $0.storedBytes } }
    set { state.withLock { $0.storedBytes = newValue } }
  }

  func requestsToPrepare() -> Int { 0 }

  func place() -> String? { "memory" }

  func value(_ key: String) -> [UInt8]? {
    state.withLock {
      $0.requestCount += 1
      return $0.values[key]?.bytes
    }
  }

  func texts(_ keys: [String]) -> [String: [UInt8]] {
    state.withLock { state in
      state.requestCount += 1
      return Dictionary(
        uniqueKeysWithValues: keys.compactMap { key in state.values[key].map { (key, $0.bytes) } })
    }
  }

  func store<Values: RandomAccessCollection<StoredValue>>(
    _ values: Values, _ stored: ([Int]) throws -> Void
  ) throws -> StoringOutcome where Values.Index == Int {
    let read = try values.map { ($0.key, try $0.bytes(), $0.metadata.time) }
    keep(read)
    try stored(Array(values.indices))
    return StoringOutcome()
  }

  func storeAlone(_ value: StoredValue) throws { keep([(value.key, try value.bytes(), value.metadata.time)]) }

  private func keep(_ values: [(String, [UInt8], Int64)]) {
    state.withLock { state in
      state.requestCount += 1
      for (key, bytes, time) in values {
        state.values[key] = (bytes, time)
        state.storedBytes += bytes.count
      }
    }
  }

  func list(_ prefix: String, _ page: ([ListedKey]) throws -> Void) throws {
    let keys = state.withLock { state in
      state.requestCount += 1
      return state.values.filter { $0.key.hasPrefix(prefix) }.map { ListedKey($0.key, time: $0.value.time) }
    }
    try page(keys.sorted { $0.name < $1.name })
  }

  var time: Int64? { 1_800_000_000 }

  func delete(_ keys: [ListedKey], before deadline: ContinuousClock.Instant?) {
    state.withLock { state in
      state.requestCount += 1
      for key in keys { state.values[key.name] = nil }
    }
  }
}
