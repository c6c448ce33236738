internal import JSONText
public import NATSCore
public import NIOCore

/// Messages that a stream stores together or not at all, in order (ADR-50).
///
/// The stream must allow batches, and all messages must belong to the same stream.
public struct AtomicBatch: Sendable {
  fileprivate struct Message: Sendable {
    let subject: String
    let payload: ByteBuffer
    let headers: NATSHeaders
  }

  fileprivate var messages: [Message] = []

  /// The limit of messages in a batch.
  public static let limit = 1_000

  /// Creates an empty batch.
  public init() {}

  /// The number of messages.
  public var count: Int { messages.count }

  /// Adds a message.
  ///
  /// - Parameters:
  ///   - subject: The subject.
  ///   - payload: The payload.
  ///   - headers: The headers. An expected sequence of the subject refers to the time when the whole batch is stored.
  public mutating func append(
    _ subject: String, _ payload: ByteBuffer, headers: NATSHeaders = NATSHeaders()
  ) {
    messages.append(Message(subject: subject, payload: payload, headers: headers))
  }
}

extension JetStream {
  /// Publishes a batch, and waits until a stream has stored all of its messages.
  ///
  /// An old server stores each message separately without an error, so the caller must know that the stream allows
  /// batches.
  ///
  /// - Parameter batch: The messages, at least one.
  /// - Returns: The acknowledgement of the last message.
  /// - Throws: `JetStreamError.wrongLastSequence`, `.refused`, `.noStream`, and others; nothing is stored then. After
  ///   `.client(.timedOut)` and `.client(.disconnected)` the batch may have been stored.
  public func publish(_ batch: AtomicBatch) async throws(JetStreamError) -> PublishAcknowledgement {
    guard let last = batch.messages.last, batch.count <= AtomicBatch.limit else {
      let number = APIErrorCode.atomicPublishTooLarge.rawValue
      throw .refused(
        APIFailure(status: 400, number: number, words: "a batch must have 1 to \(AtomicBatch.limit) messages")
      )
    }
    let id = NUID.next()
    let headers = batch.messages.enumerated().map { index, message in
      var headers = message.headers
      headers.append(JetStreamHeader.batchID, id)
      headers.append(JetStreamHeader.batchSequence, "\(index + 1)")
      if index == batch.count - 1 { headers.append(JetStreamHeader.batchCommit, "1") }
      return headers
    }
    let limit = client.serverInfo.maximumPayload
    for (message, headers) in zip(batch.messages, headers)
    where message.payload.readableBytes + headers.byteCount > limit {
      throw .client(.payloadTooLarge(limit: limit))
    }
    for (index, message) in batch.messages.dropLast().enumerated() {
      if index == 0 {
        // The reply to the first message shows if the server supports batches.
        let reply = try await answer(to: message.subject, message.payload, headers: headers[0])
        guard reply.payloadLength > 0 else { continue }
        _ = try PublishAcknowledgement(reply)
        throw .ignored([JetStreamHeader.batchID])
      }
      do throws(NATSError) {
        try await client.waitForRoom(timeout)
        try await client.publish(message.subject, message.payload, headers: headers[index])
      } catch {
        throw .client(error)
      }
    }
    let reply = try await answer(to: last.subject, last.payload, headers: headers[batch.count - 1])
    let acknowledgement = try PublishAcknowledgement(reply)
    guard let json = JSONValue(parsing: reply.payload.readableBytesView), json["batch"]?.text == id,
      json["count"]?.number == Int64(batch.count)
    else { throw .ignored([JetStreamHeader.batchID]) }
    return acknowledgement
  }
}
