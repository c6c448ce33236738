public import NIOCore
public import NATSJetStream

extension KeyValueStore {
  /// Reads the value of a key.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - source: Who is asked. Of any server the answer may be old: a value that was stored may be missing, and one that
  ///     was deleted may be there. Ask the leader for what something is decided by.
  /// - Returns: The value; nil where the key is not there, or was deleted.
  /// - Throws: `KeyValueError.invalidKey`, `.bucketNotFound`, and `.jetStream`.
  public func get(_ key: String, from source: ReadSource = .any) async throws(KeyValueError) -> ByteBuffer? {
    guard let entry = try await entry(key, from: source), entry.isValue else { return nil }
    return entry.value
  }

  /// Reads what there is of a key, a marker too.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - source: Who is asked; the answer of any server may be old, as with `get`.
  /// - Returns: The value or the marker; nil where there is neither.
  /// - Throws: As `get`.
  public func entry(_ key: String, from source: ReadSource = .any) async throws(KeyValueError)
    -> KeyValueEntry?
  {
    try KeySyntax.check(key)
    return try await message(.last(of: prefix + key), from: source).flatMap { KeyValueEntry($0, of: self) }
  }

  /// Reads what there was of a key at a revision.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - revision: The revision.
  ///   - source: Who is asked; any server may not know of a revision yet that was just stored.
  /// - Returns: The value or the marker; nil where the revision is none of the key, or is not kept any more.
  /// - Throws: As `get`.
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
      // What was allowed when the bucket was opened need not be any more.
      try await jetStream.message(query, in: stream, from: allowsDirectReads ? source : .leader)
    }
  }
}
