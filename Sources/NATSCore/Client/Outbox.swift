internal import NIOCore

/// The encoded bytes that wait to be sent, until the event loop takes all of them.
struct Outbox {
  /// Payloads of at least this size are not copied.
  private static let copyLimit = 16 << 10

  /// The bytes that were written before `tail`, in order.
  private var pieces: [ByteBuffer] = []
  private var tail = ByteBuffer()
  /// The number of bytes in the outbox.
  private(set) var count = 0

  /// Removes and returns all bytes.
  mutating func take() -> [ByteBuffer] {
    if tail.readableBytes > 0 { pieces.append(tail) }
    // The removed bytes are still read while the next ones are written, so `tail` needs a new buffer.
    tail = ByteBuffer()
    count = 0
    defer { pieces = [] }
    return pieces
  }

  /// Offers the bytes to a function, if they are in one piece.
  ///
  /// - Parameters:
  ///   - limit: The most bytes to offer.
  ///   - take: Takes bytes from the beginning, and returns their number.
  /// - Returns: Whether the outbox is empty afterwards.
  mutating func offer(upTo limit: Int, _ take: (ByteBuffer) -> Int) -> Bool {
    guard pieces.isEmpty, count <= limit else { return false }
    let taken = take(tail)
    count -= taken
    tail.moveReaderIndex(forwardBy: taken)
    if count == 0 { tail.clear() }
    return count == 0
  }

  /// Discards all bytes.
  mutating func removeAll() { _ = take() }

  /// Writes `PUB`, or `HPUB` if there are headers.
  mutating func publish(
    _ subject: String, reply: ReplyAddress?, headers: [UInt8], _ payload: ByteBuffer
  ) {
    let before = tail.readableBytes
    if before == 0 { tail.reserveCapacity(4 << 10) }
    tail.writeString(headers.isEmpty ? "PUB " : "HPUB ")
    tail.writeString(subject)
    tail.writeInteger(0x20 as UInt8)
    if let reply {
      reply.write(to: &tail)
      tail.writeInteger(0x20 as UInt8)
    }
    if !headers.isEmpty {
      Outbox.write(headers.count, to: &tail)
      tail.writeInteger(0x20 as UInt8)
    }
    Outbox.write(headers.count + payload.readableBytes, to: &tail)
    tail.writeInteger(0x0d0a as UInt16)
    if !headers.isEmpty { tail.writeBytes(headers) }
    if payload.readableBytes < Outbox.copyLimit {
      tail.writeImmutableBuffer(payload)
      tail.writeInteger(0x0d0a as UInt16)
      count += tail.readableBytes - before
    } else {
      count += tail.readableBytes - before + payload.readableBytes + 2
      pieces.append(tail)
      pieces.append(payload)
      tail = ByteBuffer()
      tail.writeInteger(0x0d0a as UInt16)
    }
  }

  /// Writes a line.
  mutating func line(_ text: String) {
    count += tail.writeString(text) + 2
    tail.writeInteger(0x0d0a as UInt16)
  }

  /// Writes a number in decimal digits.
  private static func write(_ number: Int, to buffer: inout ByteBuffer) {
    var digits: UInt64 = 0
    var (rest, length) = (UInt64(number), 0)
    guard number < 100_000_000 else {
      buffer.writeString(String(number))
      return
    }
    repeat {
      digits |= (0x30 + rest % 10) << UInt64(8 * length)
      rest /= 10
      length += 1
    } while rest > 0
    while length > 0 {
      length -= 1
      buffer.writeInteger(UInt8(truncatingIfNeeded: digits >> UInt64(8 * length)))
    }
  }
}

/// The reply subject of a message.
enum ReplyAddress {
  /// A subject.
  case subject(String)
  /// The subject of a request with a number, below the client's own inbox.
  case request(inbox: String, RequestTable.Number)

  func write(to buffer: inout ByteBuffer) {
    switch self {
    case .subject(let subject): buffer.writeString(subject)
    case .request(let inbox, let number):
      buffer.writeString(inbox)
      number.write(to: &buffer)
    }
  }
}
