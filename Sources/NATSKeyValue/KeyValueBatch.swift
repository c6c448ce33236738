public import NATSCore
internal import NATSJetStream
public import NIOCore

/// Changes of keys that are made together or not at all.
public struct KeyValueBatch: Sendable {
  private let store: KeyValueStore
  private var batch = AtomicBatch()

  /// The limit of changes in a batch.
  public static var limit: Int { AtomicBatch.limit }

  init(_ store: KeyValueStore) { self.store = store }

  /// The number of changes.
  public var count: Int { batch.count }

  /// Adds a value.
  ///
  /// - Parameters:
  ///   - key: The key, which may occur only once in a batch.
  ///   - value: The value.
  ///   - revision: The revision that the key must have when the batch is stored; nil for any, 0 for no revision.
  ///   - headers: Headers to store with the value.
  /// - Throws: `KeyValueError.invalidKey`.
  public mutating func put(
    _ key: String, _ value: ByteBuffer, at revision: Int64? = nil, headers: NATSHeaders? = nil
  ) throws(KeyValueError) {
    try append(key, value, KeyValueStore.headers(headers, expecting: revision))
  }

  /// Adds the deletion of a key, with the same effect as `KeyValueStore.delete`.
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

  /// Makes all changes.
  ///
  /// - Returns: The revision of the last change.
  /// - Throws: `KeyValueError.wrongLastRevision`, `.valueTooLarge`, `.bucketFull`, and `.jetStream`; nothing is changed
  ///   then. After `.jetStream(.client(.timedOut))` and `.jetStream(.client(.disconnected))` all changes may have been
  ///   made.
  @discardableResult
  public func commit() async throws(KeyValueError) -> Int64 {
    do throws(JetStreamError) { return try await store.jetStream.publish(batch).sequence } catch {
      throw KeyValueError(error, store.bucket)
    }
  }
}

extension KeyValueStore {
  /// Returns an empty batch of changes.
  ///
  /// - Throws: `KeyValueError.atomicPublishNotAllowed`.
  public func batch() throws(KeyValueError) -> KeyValueBatch {
    guard allowsAtomicPublish else { throw .atomicPublishNotAllowed }
    return KeyValueBatch(self)
  }
}
