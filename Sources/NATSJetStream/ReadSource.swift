/// Who is asked for what a stream holds.
public enum ReadSource: Sendable {
  /// The server that leads the stream: its answer counts every write that was acknowledged.
  case leader
  /// Any server that keeps it, where the stream allows that: its answer may be old, and nothing is to be decided by it.
  case any
}

extension JetStream {
  /// Reads a message.
  ///
  /// - Parameters:
  ///   - query: Which.
  ///   - stream: The stream.
  ///   - source: Who is asked. Where only the leader may be, it is.
  /// - Returns: The message; nil where there is none.
  /// - Throws: `JetStreamError`.
  public func message(
    _ query: MessageQuery, in stream: String, from source: ReadSource
  ) async throws(JetStreamError) -> StoredMessage? {
    if source == .any {
      do throws(JetStreamError) {
        return try await directMessage(query, in: stream)
      } catch {
        // Whether the stream is there, its leader knows.
        guard error == .unavailable else { throw error }
      }
    }
    return try await message(query, in: stream)
  }
}
