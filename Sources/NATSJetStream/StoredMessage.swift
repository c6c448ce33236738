internal import JSONText
public import NATSCore
public import NIOCore

/// A message in a stream.
public struct StoredMessage: Sendable {
  /// The subject.
  public let subject: String
  /// The sequence in the stream.
  public let sequence: Int64
  /// When it was stored, in nanoseconds since 1970.
  public let time: Int64
  /// The headers.
  public let headers: NATSHeaders
  /// The payload.
  public let payload: ByteBuffer
}

extension StoredMessage {
  /// The headers as a block; empty if there are no headers, or if they could not be sent.
  package var block: ByteBuffer {
    guard !headers.fields.isEmpty else { return ByteBuffer() }
    var bytes: [UInt8] = []
    do throws(NATSError) { try headers.write(to: &bytes) } catch { return ByteBuffer() }
    return ByteBuffer(bytes: bytes)
  }

  /// Parses the `message` of a reply to `STREAM.MSG.GET`; nil for anything else.
  init?(_ json: JSONValue) {
    guard let message = json["message"], let subject = message["subject"]?.text,
      let sequence = message["seq"]?.number,
      let payload = Base64.decoded(message["data"]?.text ?? ""),
      let block = Base64.decoded(message["hdrs"]?.text ?? ""), let headers = NATSHeaders(block: block)
    else { return nil }
    self.subject = subject
    self.sequence = sequence
    time = MessageTime.nanoseconds(message["time"]?.text ?? "") ?? 0
    self.headers = headers
    self.payload = ByteBuffer(bytes: payload)
  }

  /// Parses a reply to `DIRECT.GET`. The server's headers come after those of the publisher, which may have the same
  /// names.
  init?(direct message: NATSMessage) throws(NATSError) {
    let headers = try message.headers
    guard let subject = headers.last("Nats-Subject"),
      let sequence = headers.last("Nats-Sequence").flatMap({ Int64($0) })
    else { return nil }
    self.subject = subject
    self.sequence = sequence
    time = headers.last("Nats-Time-Stamp").flatMap { MessageTime.nanoseconds($0) } ?? 0
    self.headers = headers
    payload = message.payload
  }
}

/// A query for one message.
public enum MessageQuery: Hashable, Sendable {
  /// The message with a sequence.
  case sequence(Int64)
  /// The newest message of a subject, which may have wildcards.
  case last(of: String)
  /// The first message of a subject at or after a sequence.
  case next(of: String, from: Int64)

  var json: JSONValue {
    switch self {
    case .sequence(let sequence): .object([("seq", .number(sequence))])
    case .last(let subject): .object([("last_by_subj", .text(subject))])
    case .next(let subject, let sequence):
      .object([("seq", .number(sequence)), ("next_by_subj", .text(subject))])
    }
  }
}

extension JetStream {
  /// Reads a message from the leader of the stream. The response includes every acknowledged write.
  ///
  /// - Returns: The message; nil if there is none.
  /// - Throws: `JetStreamError`.
  public func message(_ query: MessageQuery, in stream: String) async throws(JetStreamError) -> StoredMessage?
  {
    do throws(JetStreamError) {
      let json = try await ask(stream, "STREAM.MSG.GET.\(stream)", query.json)
      guard let message = StoredMessage(json) else { throw .unreadable("STREAM.MSG.GET.\(stream)") }
      return message
    } catch {
      if error.code == .noMessageFound { return nil }
      throw error
    }
  }

  /// Reads a message from any server that keeps the stream, which must allow this.
  ///
  /// The response may be older than acknowledged writes, so no decision may depend on it.
  ///
  /// - Returns: The message; nil if there is none.
  /// - Throws: `JetStreamError.unavailable` if the stream does not exist or does not allow this, and others.
  public func directMessage(_ query: MessageQuery, in stream: String) async throws(JetStreamError)
    -> StoredMessage?
  {
    try JetStream.check(stream)
    var subject = "\(prefix).DIRECT.GET.\(stream)"
    var body = ByteBuffer()
    if case .last(let name) = query, !name.utf8.contains(where: { $0 == 0x2a || $0 == 0x3e }) {
      subject += ".\(name)"
    } else {
      body = ByteBuffer(string: query.json.serialized)
    }
    let reply = try await message(subject, body)
    switch reply.status {
    case nil: break
    case 404: return nil
    case let status?:
      throw .refused(
        APIFailure(status: status, number: 0, words: JetStream.statusText(reply)))
    }
    do throws(NATSError) {
      if let message = try StoredMessage(direct: reply) { return message }
    } catch {
      throw .client(error)
    }
    throw .unreadable(subject)
  }

  static func statusText(_ reply: NATSMessage) -> String {
    do throws(NATSError) { return try reply.headers.statusText } catch { return "\(error)" }
  }
}
