internal import Glibc
internal import NATSJetStream

extension KeyValueStore {
  /// Deletes the remains of deleted keys: their markers and earlier values.
  ///
  /// - Parameter age: Younger markers are kept, so that watchers see them, and only the values before them are deleted;
  ///   zero to delete all markers.
  /// - Returns: The number of deleted messages.
  /// - Throws: `KeyValueError`. Messages that were deleted before the error remain deleted.
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
          // Messages that were written meanwhile are kept.
          try await jetStream.purgeStream(stream, filter: subject, before: marker.revision + 1)
        }
      }
    }
    return count
  }
}
