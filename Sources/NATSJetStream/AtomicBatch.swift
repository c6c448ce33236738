internal import JSONText
public import NATSCore
public import NIOCore

/// Messages that a stream stores together or not at all, in their order (ADR-50). The stream must allow that, and has to
/// be one and the same for all of them.
public struct AtomicBatch: Sendable {
  fileprivate struct Message: Sendable {
    let subject: String
    let payload: ByteBuffer
    let headers: NATSHeaders
  }

  fileprivate var messages: [Message] = []

  /// The most messages.
  public static let limit = 1_000

  /// Begins with none.
  public init() {}

  /// How many messages there are.
  public var count: Int { messages.count }

  /// Adds a message.
  ///
  /// - Parameters:
  ///   - subject: The subject.
  ///   - payload: The payload.
  ///   - headers: The headers. A sequence that is expected of the subject counts for the time when all is stored.
  public mutating func append(
    _ subject: String, _ payload: ByteBuffer, headers: NATSHeaders = NATSHeaders()
  ) {
    messages.append(Message(subject: subject, payload: payload, headers: headers))
  }
}

extension JetStream {
  /// Publishes messages together, and waits until a stream has stored all of them.
  ///
  /// An old server takes each by itself and says nothing of it, so the stream must be known to allow batches.
  ///
  /// - Parameter batch: The messages, one at least.
  /// - Returns: What the server says of the last one.
  /// - Throws: `JetStreamError.wrongLastSequence`, `.refused`, `.noStream`, and others, with nothing stored. After
  ///   `.client(.timedOut)` and `.client(.disconnected)` all may have been stored.
  public func publish(_ batch: AtomicBatch) async throws(JetStreamError) -> PublishAcknowledgement {
    guard let last = batch.messages.last, batch.count <= AtomicBatch.limit else {
      let number = APIErrorCode.atomicPublishTooLarge.rawValue
      throw .refused(
        APIFailure(status: 400, number: number, words: "a batch has 1 to \(AtomicBatch.limit) messages"))
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
        // The answer to the first says whether there is a batch at all.
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
