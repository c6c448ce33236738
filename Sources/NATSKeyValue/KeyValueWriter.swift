public import NATSCore
public import NATSJetStream
public import NIOCore

/// Writes many keys without waiting for each, up to a limit of unacknowledged writes.
///
/// After the first failure the writer is closed: further writes throw this error, and so does `finish`. All writes
/// before the failure are stored, and some writes after it may be.
public struct KeyValueWriter: Sendable {
  private let store: KeyValueStore
  private let window: PublishWindow

  init(_ store: KeyValueStore, _ window: PublishWindow) {
    self.store = store
    self.window = window
  }

  /// Stores a value when the writer has room for it.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - value: The value.
  ///   - revision: The revision that the key must have; nil for any.
  ///   - headers: Headers to store with the value.
  /// - Returns: The number of the write, from 0.
  /// - Throws: `KeyValueError`, for this write, which is then not sent, or for an earlier one.
  @discardableResult
  public func put(
    _ key: String, _ value: ByteBuffer, at revision: Int64? = nil, headers: NATSHeaders? = nil
  ) async throws(KeyValueError) -> Int {
    try await write(key, value, KeyValueStore.headers(headers, expecting: revision))
  }

  /// Deletes a key, as `KeyValueStore.delete` does.
  ///
  /// - Throws: The same errors as `put`.
  @discardableResult
  public func delete(_ key: String, at revision: Int64? = nil) async throws(KeyValueError) -> Int {
    try await write(key, ByteBuffer(), try store.headers(marking: .delete, at: revision))
  }

  /// Deletes a key with all earlier values, as `KeyValueStore.purge` does.
  ///
  /// - Throws: The same errors as `put`.
  @discardableResult
  public func purge(
    _ key: String, at revision: Int64? = nil, timeToLive: TimeToLive? = nil
  ) async throws(KeyValueError) -> Int {
    try await write(
      key, ByteBuffer(), try store.headers(marking: .purge, at: revision, timeToLive: timeToLive))
  }

  private func write(_ key: String, _ value: ByteBuffer, _ headers: NATSHeaders?) async throws(KeyValueError)
    -> Int
  {
    try KeySyntax.check(key)
    do throws(JetStreamError) {
      return try await window.publish(store.writePrefix + key, value, headers: headers)
    } catch {
      throw KeyValueError(error, store.bucket)
    }
  }

  /// Waits until all writes are acknowledged.
  ///
  /// - Returns: The highest revision of the writes; 0 if there were none.
  /// - Throws: The `KeyValueError` of the first write that failed.
  @discardableResult
  public func finish() async throws(KeyValueError) -> Int64 {
    do throws(JetStreamError) { return try await window.finish() } catch {
      throw KeyValueError(error, store.bucket)
    }
  }
}

extension KeyValueStore {
  /// Returns a writer for many keys.
  ///
  /// - Parameters:
  ///   - limit: The most writes that may wait for their acknowledgement.
  ///   - onAcknowledgement: Receives the number of each write and its acknowledgement, on the client's event loop.
  /// - Returns: The writer.
  public func writer(
    limit: Int = 512, onAcknowledgement: (@Sendable (Int, PublishAcknowledgement) -> Void)? = nil
  ) -> KeyValueWriter {
    KeyValueWriter(
      self, PublishWindow(jetStream, messageLimit: limit, onAcknowledgement: onAcknowledgement))
  }
}
