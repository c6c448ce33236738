internal import NATSCore
internal import NATSJetStream
public import NIOCore

extension KeyValueStore {
  /// Stores a value, which replaces the current one.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - value: The value.
  /// - Returns: Its revision.
  /// - Throws: `KeyValueError.invalidKey`, `.bucketNotFound`, `.valueTooLarge`, `.bucketFull`, and `.jetStream`. After
  ///   `.jetStream(.client(.timedOut))` and `.jetStream(.client(.disconnected))` the value may have been stored.
  @discardableResult
  public func put(_ key: String, _ value: ByteBuffer) async throws(KeyValueError) -> Int64 {
    try await write(key, value, nil)
  }

  /// Stores a value if the key has a given revision.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - value: The value.
  ///   - revision: The revision that the key must have; 0 if it must have none, not even a marker.
  /// - Returns: The new revision.
  /// - Throws: `KeyValueError.wrongLastRevision`, and the same errors as `put`.
  @discardableResult
  public func update(_ key: String, _ value: ByteBuffer, at revision: Int64) async throws(KeyValueError)
    -> Int64
  {
    try await write(key, value, KeyValueStore.headers(expecting: revision))
  }

  /// Stores a value if the key does not exist: it was never stored, or it was deleted or has expired.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - value: The value.
  ///   - timeToLive: The time to live; nil for the bucket's setting. When the value expires, a marker of an earlier
  ///     deletion is visible again.
  /// - Returns: The revision.
  /// - Throws: `KeyValueError.keyExists`, `.invalidTimeToLive`, `.timeToLiveNotAllowed`, and the same errors as `put`.
  @discardableResult
  public func create(
    _ key: String, _ value: ByteBuffer, timeToLive: TimeToLive? = nil
  ) async throws(KeyValueError) -> Int64 {
    var revision: Int64 = 0
    var attempt = 0
    while true {
      var headers = KeyValueStore.headers(expecting: revision)
      try append(timeToLive, to: &headers)
      do throws(KeyValueError) {
        return try await write(key, value, headers)
      } catch {
        guard case .wrongLastRevision = error else { throw error }
        // Another client was first.
        guard revision == 0 else { throw .keyExists(key) }
        guard let entry = try await entry(key, from: .leader) else {
          // The majority of the servers has not stored the other write yet, and it may still fail.
          attempt += 1
          guard attempt < KeyValueStore.createAttempts else { throw error }
          do { try await Task.sleep(for: KeyValueStore.createPause) } catch {
            throw .jetStream(.client(.cancelled))
          }
          continue
        }
        guard !entry.isValue else { throw .keyExists(key) }
        revision = entry.revision
      }
    }
  }

  /// Deletes a key. A marker takes its place, and earlier values are kept within the history.
  ///
  /// - Parameters:
  ///   - key: The key, which may be missing.
  ///   - revision: The revision that the key must have; nil for any.
  /// - Returns: The revision of the marker.
  /// - Throws: `KeyValueError.wrongLastRevision`, and the same errors as `put`.
  @discardableResult
  public func delete(_ key: String, at revision: Int64? = nil) async throws(KeyValueError) -> Int64 {
    try await write(key, ByteBuffer(), try headers(marking: .delete, at: revision))
  }

  /// Deletes a key with all earlier values. Only a marker remains.
  ///
  /// - Parameters:
  ///   - key: The key, which may be missing.
  ///   - revision: The revision that the key must have; nil for any.
  ///   - timeToLive: The time to live of the marker; nil for the bucket's setting. Nothing remains after it.
  /// - Returns: The revision of the marker.
  /// - Throws: `KeyValueError.wrongLastRevision`, `.invalidTimeToLive`, `.timeToLiveNotAllowed`, and the same errors as
  ///   `put`.
  @discardableResult
  public func purge(
    _ key: String, at revision: Int64? = nil, timeToLive: TimeToLive? = nil
  ) async throws(KeyValueError) -> Int64 {
    try await write(
      key, ByteBuffer(), try headers(marking: .purge, at: revision, timeToLive: timeToLive))
  }

  private func write(
    _ key: String, _ value: ByteBuffer, _ headers: NATSHeaders?
  ) async throws(KeyValueError) -> Int64 {
    try KeySyntax.check(key)
    do throws(JetStreamError) {
      return try await jetStream.publish(writePrefix + key, value, headers: headers).sequence
    } catch {
      throw KeyValueError(error, bucket)
    }
  }

  // MARK: Headers

  /// The operations that leave a marker.
  enum Marking: String {
    case delete = "DEL"
    case purge = "PURGE"
  }

  /// The number of attempts to create a key while an earlier write is not finished, and the wait between them.
  private static var createAttempts: Int { 200 }
  private static var createPause: Duration { .milliseconds(10) }

  /// Adds the header for the time to live of a key.
  private func append(_ timeToLive: TimeToLive?, to headers: inout NATSHeaders) throws(KeyValueError) {
    guard let timeToLive else { return }
    guard allowsTimeToLive else { throw .timeToLiveNotAllowed }
    headers.append(JetStreamHeader.timeToLive, try timeToLive.text)
  }

  static func headers(expecting revision: Int64) -> NATSHeaders {
    [JetStreamHeader.expectedLastSubjectSequence: "\(revision)"]
  }

  /// Adds the expected revision to headers; nil if the result is empty.
  static func headers(_ headers: NATSHeaders?, expecting revision: Int64?) -> NATSHeaders? {
    guard let revision else { return headers }
    guard var headers else { return self.headers(expecting: revision) }
    headers.append(JetStreamHeader.expectedLastSubjectSequence, "\(revision)")
    return headers
  }

  func headers(
    marking: Marking, at revision: Int64?, timeToLive: TimeToLive? = nil
  ) throws(KeyValueError) -> NATSHeaders {
    var headers: NATSHeaders = ["\(KeyValueEntry.operationHeader)": marking.rawValue]
    if marking == .purge { headers.append(JetStreamHeader.rollup, "sub") }
    if let revision { headers.append(JetStreamHeader.expectedLastSubjectSequence, "\(revision)") }
    try append(timeToLive, to: &headers)
    return headers
  }
}
