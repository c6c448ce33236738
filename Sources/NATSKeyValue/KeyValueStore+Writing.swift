internal import NATSCore
internal import NATSJetStream
public import NIOCore

extension KeyValueStore {
  /// Stores a value, whatever is there.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - value: The value.
  /// - Returns: Its revision.
  /// - Throws: `KeyValueError.invalidKey`, `.bucketNotFound`, `.valueTooLarge`, `.bucketFull`, and `.jetStream`. After
  ///   `.jetStream(.client(.timedOut))` and `.jetStream(.client(.disconnected))` it may have been stored.
  @discardableResult
  public func put(_ key: String, _ value: ByteBuffer) async throws(KeyValueError) -> Int64 {
    try await write(key, value, nil)
  }

  /// Stores a value in place of a revision.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - value: The value.
  ///   - revision: The revision that the key must have; 0 where it must have none, not even a marker.
  /// - Returns: The new revision.
  /// - Throws: `KeyValueError.wrongLastRevision`, and as `put`.
  @discardableResult
  public func update(_ key: String, _ value: ByteBuffer, at revision: Int64) async throws(KeyValueError)
    -> Int64
  {
    try await write(key, value, KeyValueStore.headers(expecting: revision))
  }

  /// Stores a value where there is none: where the key never was, or where it was deleted or expired.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - value: The value.
  ///   - timeToLive: How long it lives; nil for what the bucket says. Where the key was deleted before, its marker comes
  ///     back then.
  /// - Returns: The revision.
  /// - Throws: `KeyValueError.keyExists`, `.invalidTimeToLive`, `.timeToLiveNotAllowed`, and as `put`.
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
        // Somebody else was first.
        guard revision == 0 else { throw .keyExists(key) }
        guard let entry = try await entry(key, from: .leader) else {
          // Of several servers most have not kept it yet, and it may still come to nothing.
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

  /// Deletes a key: a marker takes its place, behind which earlier values are kept as far as the history reaches.
  ///
  /// - Parameters:
  ///   - key: The key, which need not be there.
  ///   - revision: The revision that it must have; nil for any.
  /// - Returns: The revision of the marker.
  /// - Throws: `KeyValueError.wrongLastRevision`, and as `put`.
  @discardableResult
  public func delete(_ key: String, at revision: Int64? = nil) async throws(KeyValueError) -> Int64 {
    try await write(key, ByteBuffer(), try headers(marking: .delete, at: revision))
  }

  /// Deletes a key with all earlier values: only a marker is left.
  ///
  /// - Parameters:
  ///   - key: The key, which need not be there.
  ///   - revision: The revision that it must have; nil for any.
  ///   - timeToLive: How long the marker lives; nil for what the bucket says. Nothing is left after it.
  /// - Returns: The revision of the marker.
  /// - Throws: `KeyValueError.wrongLastRevision`, `.invalidTimeToLive`, `.timeToLiveNotAllowed`, and as `put`.
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

  /// What leaves a marker.
  enum Marking: String {
    case delete = "DEL"
    case purge = "PURGE"
  }

  /// How often and how soon a key is created again while the write that was first is on its way.
  private static var createAttempts: Int { 200 }
  private static var createPause: Duration { .milliseconds(10) }

  /// Says how long a key lives.
  private func append(_ timeToLive: TimeToLive?, to headers: inout NATSHeaders) throws(KeyValueError) {
    guard let timeToLive else { return }
    guard allowsTimeToLive else { throw .timeToLiveNotAllowed }
    headers.append(JetStreamHeader.timeToLive, try timeToLive.text)
  }

  static func headers(expecting revision: Int64) -> NATSHeaders {
    [JetStreamHeader.expectedLastSubjectSequence: "\(revision)"]
  }

  /// Adds the revision that is expected to headers; nil where there are none.
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
