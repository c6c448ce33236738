public import NIOCore
public import NATSJetStream

extension KeyValueStore {
  /// Reads the value of a key.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - source: The server to ask. The response of any server may be old: a value that was stored may be missing, and
  ///     one that was deleted may be returned. Ask the leader if a decision depends on the value.
  /// - Returns: The value; nil if the key does not exist or was deleted.
  /// - Throws: `KeyValueError.invalidKey`, `.bucketNotFound`, and `.jetStream`.
  public func get(_ key: String, from source: ReadSource = .any) async throws(KeyValueError) -> ByteBuffer? {
    guard let entry = try await entry(key, from: source), entry.isValue else { return nil }
    return entry.value
  }

  /// Reads the newest entry of a key, which may be a marker.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - source: The server to ask. The response of any server may be old, as for `get`.
  /// - Returns: The value or the marker; nil if there is none.
  /// - Throws: The same errors as `get`.
  public func entry(_ key: String, from source: ReadSource = .any) async throws(KeyValueError)
    -> KeyValueEntry?
  {
    try KeySyntax.check(key)
    return try await message(.last(of: prefix + key), from: source).flatMap { KeyValueEntry($0, of: self) }
  }

  /// Reads the entry of a key at a revision.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - revision: The revision.
  ///   - source: The server to ask. A server other than the leader may not have a new revision yet.
  /// - Returns: The value or the marker; nil if the revision does not belong to the key, or is no longer kept.
  /// - Throws: The same errors as `get`.
  public func entry(
    _ key: String, revision: Int64, from source: ReadSource = .any
  ) async throws(KeyValueError) -> KeyValueEntry? {
    try KeySyntax.check(key)
    guard revision > 0, let message = try await message(.sequence(revision), from: source),
      message.subject == prefix + key
    else { return nil }
    return KeyValueEntry(message, of: self)
  }

  private func message(
    _ query: MessageQuery, from source: ReadSource
  ) async throws(KeyValueError) -> StoredMessage? {
    try await asking { () async throws(JetStreamError) in
      // The bucket may not allow direct reads any more.
      try await jetStream.message(query, in: stream, from: allowsDirectReads ? source : .leader)
    }
  }
}
