public import NATSCore
public import NATSJetStream
public import NIOCore

/// Writes many keys without waiting for each, up to a number that is not acknowledged yet.
///
/// The first failure ends it: whatever is written afterwards throws it, and so does `finish`. What was written before it
/// is stored, and of what was written behind it some may be.
public struct KeyValueWriter: Sendable {
  private let store: KeyValueStore
  private let window: PublishWindow

  init(_ store: KeyValueStore, _ window: PublishWindow) {
    self.store = store
    self.window = window
  }

  /// Stores a value, once there is room for it.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - value: The value.
  ///   - revision: The revision that the key must have; nil for any.
  ///   - headers: What goes along with the value.
  /// - Returns: The number of the write, from 0.
  /// - Throws: `KeyValueError`: what is wrong with this write, with nothing sent, or with an earlier one.
  @discardableResult
  public func put(
    _ key: String, _ value: ByteBuffer, at revision: Int64? = nil, headers: NATSHeaders? = nil
  ) async throws(KeyValueError) -> Int {
    try await write(key, value, KeyValueStore.headers(headers, expecting: revision))
  }

  /// Deletes a key, as `KeyValueStore.delete` does.
  ///
  /// - Throws: As `put`.
  @discardableResult
  public func delete(_ key: String, at revision: Int64? = nil) async throws(KeyValueError) -> Int {
    try await write(key, ByteBuffer(), try store.headers(marking: .delete, at: revision))
  }

  /// Deletes a key with all earlier values, as `KeyValueStore.purge` does.
  ///
  /// - Throws: As `put`.
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

  /// Waits until all is acknowledged.
  ///
  /// - Returns: The highest revision of what was written; 0 where nothing was.
  /// - Throws: `KeyValueError` of the first write that failed.
  @discardableResult
  public func finish() async throws(KeyValueError) -> Int64 {
    do throws(JetStreamError) { return try await window.finish() } catch {
      throw KeyValueError(error, store.bucket)
    }
  }
}

extension KeyValueStore {
  /// Begins to write many keys.
  ///
  /// - Parameters:
  ///   - limit: How many writes may wait for their acknowledgement.
  ///   - onAcknowledgement: Takes the number of each write and what the server says of it, on the client's event loop.
  /// - Returns: What writes them.
  public func writer(
    limit: Int = 512, onAcknowledgement: (@Sendable (Int, PublishAcknowledgement) -> Void)? = nil
  ) -> KeyValueWriter {
    KeyValueWriter(
      self, PublishWindow(jetStream, messageLimit: limit, onAcknowledgement: onAcknowledgement))
  }
}
