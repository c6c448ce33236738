/// The servers that may answer a read.
public enum ReadSource: Sendable {
  /// The leader of the stream. Its response includes every acknowledged write.
  case leader
  /// Any server that keeps the stream, if the stream allows this. Its response may be old, so no decision may depend on
  /// it.
  case any
}

extension JetStream {
  /// Reads a message.
  ///
  /// - Parameters:
  ///   - query: The message to read.
  ///   - stream: The stream.
  ///   - source: The server to ask. If the stream permits only reads from the leader, the leader is asked.
  /// - Returns: The message; nil if there is none.
  /// - Throws: `JetStreamError`.
  public func message(
    _ query: MessageQuery, in stream: String, from source: ReadSource
  ) async throws(JetStreamError) -> StoredMessage? {
    if source == .any {
      do throws(JetStreamError) {
        return try await directMessage(query, in: stream)
      } catch {
        // Only the leader knows if the stream exists.
        guard error == .unavailable else { throw error }
      }
    }
    return try await message(query, in: stream)
  }
}
