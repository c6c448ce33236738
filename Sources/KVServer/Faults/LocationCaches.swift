internal import Synchronization

/// What each location has read of a key, for as long as it goes on seeing that: a value, or that there was none. A key that
/// a location has not read comes from the database.
final class LocationCaches: Sendable {
  private struct Key: Hashable {
    let location: String
    let namespace: Int
    let key: [UInt8]
  }

  private struct Reading {
    let value: (entry: KVEntry, bytes: [UInt8])?
    let time: ContinuousClock.Instant
  }

  private let lifetime: Duration
  private let readings = Mutex<[Key: Reading]>([:])

  /// The field that names a location.
  static let field = "X-Wasmstore-Location"

  /// Makes caches that keep what was read for some time.
  init(for lifetime: Duration) { self.lifetime = lifetime }

  /// The value as a location sees it.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - namespace: The namespace.
  ///   - location: The location.
  ///   - read: Reads the database.
  /// - Returns: The value; nil where the location sees none.
  /// - Throws: What `read` throws.
  func value(
    _ key: [UInt8], in namespace: KVNamespace, at location: String,
    _ read: () async throws -> (entry: KVEntry, bytes: [UInt8])?
  ) async throws -> (entry: KVEntry, bytes: [UInt8])? {
    let place = Key(location: location, namespace: namespace.number, key: key)
    let now = ContinuousClock.now
    if let known = readings.withLock({ $0[place] }), now - known.time < lifetime { return known.value }
    let value = try await read()
    readings.withLock { $0[place] = Reading(value: value, time: now) }
    return value
  }
}
