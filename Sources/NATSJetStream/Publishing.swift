internal import JSONText
public import NATSCore
public import NIOCore

/// The server's acknowledgement of a stored message.
public struct PublishAcknowledgement: Hashable, Sendable {
  /// The stream of the message.
  public let stream: String
  /// Its sequence in the stream.
  public let sequence: Int64
  /// Whether a message with the same id was already stored.
  public let isDuplicate: Bool
  /// The domain of the stream; nil for the server's domain.
  public let domain: String?
}

/// The headers that control how a stream stores a message.
public enum JetStreamHeader {
  /// The id of a message, so that it is stored only once.
  public static let messageID = "Nats-Msg-Id"
  /// The required sequence of the last message of the subject; 0 for no message.
  public static let expectedLastSubjectSequence = "Nats-Expected-Last-Subject-Sequence"
  /// `sub` deletes all earlier messages of the subject, and `all` those of the stream.
  public static let rollup = "Nats-Rollup"
  /// How long the message is kept, in whole seconds, or `never`.
  public static let timeToLive = "Nats-TTL"
  /// The id of a batch of messages that are stored together.
  static let batchID = "Nats-Batch-Id"
  /// The number of a message in its batch, from 1.
  static let batchSequence = "Nats-Batch-Sequence"
  /// Marks the last message of a batch.
  static let batchCommit = "Nats-Batch-Commit"
}

extension PublishAcknowledgement {
  /// Parses a reply.
  ///
  /// - Throws: The `JetStreamError` in the reply.
  init(_ reply: NATSMessage) throws(JetStreamError) {
    let payload = reply.payload
    if let (stream, sequence) = PublishAcknowledgement.plain(payload.readableBytesUInt8Span) {
      self.init(stream: stream, sequence: sequence, isDuplicate: false, domain: nil)
      return
    }
    guard let json = JSONValue(parsing: payload.readableBytesView) else {
      throw .unreadable("an acknowledgement")
    }
    if let failure = APIFailure(json) { throw JetStreamError(failure) }
    guard let stream = json["stream"]?.text, let sequence = json["seq"]?.number, sequence > 0 else {
      throw .unreadable("an acknowledgement")
    }
    self.init(
      stream: stream, sequence: sequence, isDuplicate: json["duplicate"]?.flag ?? false,
      domain: json["domain"]?.text)
  }

  /// Parses `{"stream":"NAME", "seq":N}`, which is the form of nearly every reply; nil for anything else.
  private static func plain(_ bytes: Span<UInt8>) -> (String, Int64)? {
    var index = 0
    func matches(_ text: StaticString) -> Bool {
      guard index + text.utf8CodeUnitCount <= bytes.count else { return false }
      let isSame = text.withUTF8Buffer { text in text.indices.allSatisfy { bytes[index + $0] == text[$0] } }
      if isSame { index += text.utf8CodeUnitCount }
      return isSame
    }
    guard matches("{\"stream\":\"") else { return nil }
    var name: [UInt8] = []
    while index < bytes.count, bytes[index] != 0x22 {
      guard bytes[index] != 0x5c else { return nil }
      name.append(bytes[index])
      index += 1
    }
    guard matches("\",") else { return nil }
    if index < bytes.count, bytes[index] == 0x20 { index += 1 }
    guard matches("\"seq\":") else { return nil }
    var sequence: Int64 = 0
    var count = 0
    while index < bytes.count, bytes[index] &- 0x30 <= 9, count < 18 {
      sequence = sequence * 10 + Int64(bytes[index] &- 0x30)
      (index, count) = (index + 1, count + 1)
    }
    guard sequence > 0, index + 1 == bytes.count, bytes[index] == 0x7d else { return nil }
    return (String(decoding: name, as: UTF8.self), sequence)
  }
}

extension JetStream {
  /// The number of attempts and the wait between them for a message that no stream accepted. A stream may be electing a
  /// leader (ADR-22).
  private static let attempts = 3
  private static let attemptWait = Duration.milliseconds(250)

  /// Publishes a message, and waits until a stream has stored it.
  ///
  /// - Parameters:
  ///   - subject: The subject.
  ///   - payload: The payload.
  ///   - headers: The headers; `JetStreamHeader` has those that streams interpret.
  /// - Returns: The acknowledgement.
  /// - Throws: `JetStreamError.wrongLastSequence`, `.noStream`, and others. After `.client(.timedOut)` and
  ///   `.client(.disconnected)` the message may have been stored.
  public func publish(
    _ subject: String, _ payload: ByteBuffer, headers: NATSHeaders? = nil
  ) async throws(JetStreamError) -> PublishAcknowledgement {
    try PublishAcknowledgement(try await answer(to: subject, payload, headers: headers))
  }

  /// Publishes a message, and returns the reply of a stream.
  func answer(
    to subject: String, _ payload: ByteBuffer, headers: NATSHeaders?
  ) async throws(JetStreamError) -> NATSMessage {
    for attempt in 1... {
      do throws(JetStreamError) {
        return try await message(subject, payload, headers: headers)
      } catch {
        guard error == .unavailable else { throw error }
        guard attempt < JetStream.attempts else { break }
      }
      do { try await Task.sleep(for: JetStream.attemptWait) } catch { throw .client(.cancelled) }
    }
    throw .noStream(subject)
  }
}
