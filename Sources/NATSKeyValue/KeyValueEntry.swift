public import NATSCore
internal import NATSJetStream
public import NIOCore

/// A value of a key, or a marker for its end, at one revision.
public struct KeyValueEntry: Hashable, Sendable {
  /// The kind of an entry.
  public enum Operation: Hashable, Sendable {
    /// A value was stored.
    case put
    /// The key was deleted. Earlier values may still exist.
    case delete
    /// The key was deleted with all earlier values, or its last value expired.
    case purge
    /// An operation that this program does not know: its name in the message. It has no value.
    case unknown(String)
  }

  /// The bucket.
  public let bucket: String
  /// The key.
  public let key: String
  /// The value; empty for a marker, and if only headers were requested.
  public let value: ByteBuffer
  /// The length of the value in bytes, even if only headers were requested.
  public let valueLength: Int
  /// The sequence in the stream.
  public let revision: Int64
  /// When it was stored, in nanoseconds since 1970.
  public let created: Int64
  /// The number of entries that remained when the server sent this one; 0 for an entry that was read by its key.
  public let pending: Int64
  /// The kind of the entry.
  public let operation: Operation
  /// The reason of a marker that the server stored, such as `MaxAge`; nil for a client's entry.
  public let markerReason: String?
  /// Whether all initial entries of a watch have come, including this one; true for an entry that was read by its key.
  public let isCurrent: Bool
  /// The stored or sent headers.
  private let block: ByteBuffer

  /// Whether it is a value.
  public var isValue: Bool { operation == .put }

  /// The headers of the publisher, and some of the server. They are parsed at each call.
  public var headers: NATSHeaders {
    // An invalid block of headers counts as empty.
    NATSHeaders(block: Array(block.readableBytesView)) ?? NATSHeaders()
  }
}

extension KeyValueEntry.Operation {
  /// Derives the operation from the headers (ADR-8, ADR-48).
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

  /// Creates an entry from a delivered message; nil if its subject does not belong to the bucket.
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

  /// Creates an entry from a message that was read; nil if its subject does not belong to the bucket.
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
