public import NATSCore
internal import NATSJetStream
public import NIOCore

/// What a bucket holds of a key at one of its revisions: a value, or a marker of its end.
public struct KeyValueEntry: Hashable, Sendable {
  /// What was done.
  public enum Operation: Hashable, Sendable {
    /// A value was stored.
    case put
    /// The key was deleted; earlier values may be there.
    case delete
    /// The key was deleted with all earlier values, or its last value expired.
    case purge
    /// Something that this program does not know, in the word of who did it. It is no value.
    case unknown(String)
  }

  /// The bucket.
  public let bucket: String
  /// The key.
  public let key: String
  /// The value; empty for a marker, and where only headers were asked for.
  public let value: ByteBuffer
  /// How many bytes the value has, also where only headers were asked for.
  public let valueLength: Int
  /// The sequence in the stream.
  public let revision: Int64
  /// When it was stored, in nanoseconds since 1970.
  public let created: Int64
  /// How many more there were when the server sent it; 0 for what was read by its key.
  public let pending: Int64
  /// What was done.
  public let operation: Operation
  /// Why the server itself put a marker here, such as `MaxAge`; nil for what a client did.
  public let markerReason: String?
  /// Whether all that was there when watching began has been seen with it; true for what was read by its key.
  public let isCurrent: Bool
  /// The headers as they were stored or sent.
  private let block: ByteBuffer

  /// Whether it is a value.
  public var isValue: Bool { operation == .put }

  /// The headers, which are read anew at each call: those of whoever stored it, and some of the server.
  public var headers: NATSHeaders {
    // What is no block of headers has none.
    NATSHeaders(block: Array(block.readableBytesView)) ?? NATSHeaders()
  }
}

extension KeyValueEntry.Operation {
  /// Reads what was done off the headers (ADR-8, ADR-48).
  init(_ operation: String?, markerReason: String?) {
    switch (operation, markerReason) {
    case ("DEL"?, _): self = .delete
    case ("PURGE"?, _): self = .purge
    case ("PUT"?, _): self = .put
    case (let word?, _): self = .unknown(word)
    case (nil, "MaxAge"?), (nil, "Purge"?): self = .purge
    case (nil, "Remove"?): self = .delete
    case (nil, let reason?): self = .unknown(reason)
    case (nil, nil): self = .put
    }
  }
}

extension KeyValueEntry {
  static var operationHeader: StaticString { "KV-Operation" }
  static var markerHeader: StaticString { "Nats-Marker-Reason" }
  private static var sizeHeader: StaticString { "Nats-Msg-Size" }

  /// Takes what a consumer delivered; nil where its subject is none of the bucket.
  init?(_ delivery: Delivery, of store: KeyValueStore, isCurrent: Bool) {
    let message = delivery.message
    var subject = message.subjectBytes
    subject.moveReaderIndex(forwardBy: min(store.prefix.utf8.count, subject.readableBytes))
    guard subject.readableBytes > 0 else { return nil }
    bucket = store.bucket
    key = String(buffer: subject)
    value = message.payload
    revision = delivery.streamSequence
    created = delivery.time
    pending = delivery.pending
    self.isCurrent = isCurrent
    block = message.headerBytes
    guard message.hasHeaders else {
      (valueLength, operation, markerReason) = (message.payloadLength, .put, nil)
      return
    }
    valueLength = message.header(KeyValueEntry.sizeHeader).flatMap { Int($0) } ?? message.payloadLength
    markerReason = message.header(KeyValueEntry.markerHeader)
    operation = Operation(message.header(KeyValueEntry.operationHeader), markerReason: markerReason)
  }

  /// Takes a message that was read; nil where its subject is none of the bucket.
  init?(_ message: StoredMessage, of store: KeyValueStore) {
    guard message.subject.hasPrefix(store.prefix) else { return nil }
    bucket = store.bucket
    key = String(message.subject.dropFirst(store.prefix.count))
    value = message.payload
    valueLength = message.payload.readableBytes
    revision = message.sequence
    created = message.time
    pending = 0
    isCurrent = true
    block = message.block
    markerReason = message.headers["\(KeyValueEntry.markerHeader)"]
    operation = Operation(
      message.headers["\(KeyValueEntry.operationHeader)"], markerReason: markerReason)
  }
}
