internal import Synchronization

/// A cache for each location with the keys that it has read, including missing ones, for a limited time.
///
/// Other keys are read from the database.
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

  /// The header field that names a location.
  static let field = "X-Wasmstore-Location"

  /// Creates caches whose entries expire after a time.
  init(for lifetime: Duration) { self.lifetime = lifetime }

  /// Returns the value of a key as a location sees it.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - namespace: The namespace.
  ///   - location: The location.
  ///   - read: Reads the database.
  /// - Returns: The value; nil if the location sees none.
  /// - Throws: The errors of `read`.
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
