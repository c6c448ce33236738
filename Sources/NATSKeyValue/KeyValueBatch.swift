public import NATSCore
internal import NATSJetStream
public import NIOCore

/// Changes of keys that are done together or not at all.
public struct KeyValueBatch: Sendable {
  private let store: KeyValueStore
  private var batch = AtomicBatch()

  /// The most changes.
  public static var limit: Int { AtomicBatch.limit }

  init(_ store: KeyValueStore) { self.store = store }

  /// How many changes there are.
  public var count: Int { batch.count }

  /// Adds a value.
  ///
  /// - Parameters:
  ///   - key: The key, which may stand in a batch once.
  ///   - value: The value.
  ///   - revision: The revision that the key must have when all is done; nil for any, 0 where it must have none.
  ///   - headers: What goes along with the value.
  /// - Throws: `KeyValueError.invalidKey`.
  public mutating func put(
    _ key: String, _ value: ByteBuffer, at revision: Int64? = nil, headers: NATSHeaders? = nil
  ) throws(KeyValueError) {
    try append(key, value, KeyValueStore.headers(headers, expecting: revision))
  }

  /// Adds the deletion of a key, as `KeyValueStore.delete` does it.
  ///
  /// - Throws: `KeyValueError.invalidKey`.
  public mutating func delete(_ key: String, at revision: Int64? = nil) throws(KeyValueError) {
    try append(key, ByteBuffer(), try store.headers(marking: .delete, at: revision))
  }

  private mutating func append(
    _ key: String, _ value: ByteBuffer, _ headers: NATSHeaders?
  ) throws(KeyValueError) {
    try KeySyntax.check(key)
    batch.append(store.writePrefix + key, value, headers: headers ?? NATSHeaders())
  }

  /// Does all of it.
  ///
  /// - Returns: The revision of the last change.
  /// - Throws: `KeyValueError.wrongLastRevision`, `.valueTooLarge`, `.bucketFull`, and `.jetStream`, with nothing done. After
  ///   `.jetStream(.client(.timedOut))` and `.jetStream(.client(.disconnected))` all may have been done.
  @discardableResult
  public func commit() async throws(KeyValueError) -> Int64 {
    do throws(JetStreamError) { return try await store.jetStream.publish(batch).sequence } catch {
      throw KeyValueError(error, store.bucket)
    }
  }
}

extension KeyValueStore {
  /// Begins a batch of changes.
  ///
  /// - Throws: `KeyValueError.atomicPublishNotAllowed`.
  public func batch() throws(KeyValueError) -> KeyValueBatch {
    guard allowsAtomicPublish else { throw .atomicPublishNotAllowed }
    return KeyValueBatch(self)
  }
}
