public import NATSCore
internal import NIOCore

/// A message that a consumer delivered.
public struct Delivery: Sendable {
  /// The message.
  public let message: NATSMessage
  /// Its sequence in the stream.
  public let streamSequence: Int64
  /// The number of messages that the consumer has delivered, including this one.
  public let consumerSequence: Int64
  /// When it was stored, in nanoseconds since 1970.
  public let time: Int64
  /// The number of messages that remained for the consumer when this one was sent.
  public let pending: Int64

  /// Parses the reply subject of the message:
  /// `$JS.ACK.[DOMAIN.ACCOUNT.]STREAM.CONSUMER.DELIVERED.STREAM-SEQUENCE.SEQUENCE.TIME.PENDING[.TOKEN]`; nil for any
  /// other subject.
  init?(_ message: NATSMessage) {
    let reply = message.replyBytes
    let bytes = reply.readableBytesUInt8Span
    var starts = InlineArray<13, Int>(repeating: 0)
    var count = 1
    for index in bytes.indices where bytes[index] == 0x2e {
      guard count < 13 else { return nil }
      starts[count] = index + 1
      count += 1
    }
    guard count == 9 || count >= 11, bytes.count > 4, bytes[0] == 0x24, bytes[1] == 0x4a, bytes[2] == 0x53
    else {
      return nil
    }
    let first = count == 9 ? 5 : 7
    func number(_ field: Int) -> Int64? {
      let end = field + 1 < count ? starts[field + 1] - 1 : bytes.count
      let start = starts[field]
      guard start < end, end - start <= 19 else { return nil }
      var value: Int64 = 0
      for index in start..<end {
        let digit = bytes[index] &- 0x30
        let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
        let (sum, isMore) = tens.addingReportingOverflow(Int64(digit))
        guard digit <= 9, !isTooLarge, !isMore else { return nil }
        value = sum
      }
      return value
    }
    guard let streamSequence = number(first), let consumerSequence = number(first + 1),
      let time = number(first + 2),
      let pending = number(first + 3)
    else { return nil }
    self.message = message
    self.streamSequence = streamSequence
    self.consumerSequence = consumerSequence
    self.time = time
    self.pending = pending
  }
}
