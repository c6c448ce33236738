internal import NIOCore

/// What is to be sent, encoded, until the event loop takes all of it at once.
struct Outbox {
  /// Payloads from this size on are not copied.
  private static let copyLimit = 16 << 10

  /// What was written before `tail`, in its order.
  private var pieces: [ByteBuffer] = []
  private var tail = ByteBuffer()
  /// The bytes in it.
  private(set) var count = 0

  /// Takes all of it out.
  mutating func take() -> [ByteBuffer] {
    if tail.readableBytes > 0 { pieces.append(tail) }
    // What was taken is still read while the next is written: a new buffer, as large as this one was.
    tail = ByteBuffer()
    count = 0
    defer { pieces = [] }
    return pieces
  }

  /// Has somebody take from the beginning, where all of it lies in one piece.
  ///
  /// - Parameters:
  ///   - limit: The most bytes that are offered.
  ///   - take: Takes some, and answers how many bytes.
  /// - Returns: Whether nothing is left.
  mutating func offer(upTo limit: Int, _ take: (ByteBuffer) -> Int) -> Bool {
    guard pieces.isEmpty, count <= limit else { return false }
    let taken = take(tail)
    count -= taken
    tail.moveReaderIndex(forwardBy: taken)
    if count == 0 { tail.clear() }
    return count == 0
  }

  /// Forgets all of it.
  mutating func removeAll() { _ = take() }

  /// Writes `PUB`, or `HPUB` where there are headers.
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

/// Where an answer is to go.
enum ReplyAddress {
  /// A subject.
  case subject(String)
  /// The request of a number, below the client's own inbox.
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
