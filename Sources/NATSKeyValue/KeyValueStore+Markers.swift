internal import Glibc
internal import NATSJetStream

extension KeyValueStore {
  /// Deletes what is left of keys that were deleted: their markers, and earlier values.
  ///
  /// - Parameter age: Markers that are younger stay, so that who watches learns of them, and lose only what is behind
  ///   them; zero for all markers.
  /// - Returns: How many messages were deleted.
  /// - Throws: `KeyValueError`. What was deleted before stays so.
  @discardableResult
  public func purgeMarkers(olderThan age: Duration = .seconds(1_800)) async throws(KeyValueError) -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let newest = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec) - age.nanoseconds
    var markers: [KeyValueEntry] = []
    for try await entry in try await entries(onlyHeaders: true) where !entry.isValue { markers.append(entry) }
    var count: Int64 = 0
    for marker in markers {
      let subject = prefix + marker.key
      count += try await asking { () async throws(JetStreamError) in
        if age > .zero, marker.created > newest {
          try await jetStream.purgeStream(stream, filter: subject, keeping: 1)
        } else {
          // What was written meanwhile stays.
          try await jetStream.purgeStream(stream, filter: subject, before: marker.revision + 1)
        }
      }
    }
    return count
  }
}
