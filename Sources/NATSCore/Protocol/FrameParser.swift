/// Finds frames in bytes that arrive in pieces of any size (the client protocol of NATS).
struct FrameParser {
  /// The length limit of a line, except `INFO`, which lists all servers of a cluster.
  static let lineLimit = 4_096
  static let informationLimit = 256 << 10
  /// The length limit of a message with its headers, which is the largest limit that a server can be configured with.
  static let messageLimit = 64 << 20

  /// The message whose line was read but whose payload has not arrived completely.
  private var begun: Frame?
  /// The number of bytes that were searched for a line break without success.
  private var searched = 0

  /// Creates a parser that has read nothing.
  init() {}

  /// The number of bytes that `next` needs to return a frame; 1 if it is not known.
  var wanted: Int { begun?.length ?? 1 }

  /// Finds the next frame.
  ///
  /// - Parameter bytes: All bytes that arrived and do not belong to an earlier frame.
  /// - Returns: The frame, with offsets from the first of the bytes; nil until more bytes have arrived.
  /// - Throws: `ProtocolViolation`. The following bytes cannot be read then.
  mutating func next(in bytes: Span<UInt8>) throws(ProtocolViolation) -> Frame? {
    if begun == nil {
      guard let end = try lineEnd(in: bytes) else { return nil }
      searched = 0
      var frame = try FrameParser.frame(bytes, lineEnd: end)
      guard frame.kind == .message else {
        frame.length = end + 2
        return frame
      }
      begun = frame
    }
    guard let frame = begun, bytes.count >= frame.length else { return nil }
    begun = nil
    guard bytes[frame.length - 2] == 0x0d, bytes[frame.length - 1] == 0x0a else {
      throw ProtocolViolation("a message is longer than its stated length")
    }
    return frame
  }

  /// Finds the carriage return at the end of the first line.
  private mutating func lineEnd(in bytes: Span<UInt8>) throws(ProtocolViolation) -> Int? {
    let limit =
      bytes.count > 0 && bytes[0] | 0x20 == 0x69 ? FrameParser.informationLimit : FrameParser.lineLimit
    var index = searched
    while index < bytes.count {
      if bytes[index] == 0x0a {
        guard index > 0, bytes[index - 1] == 0x0d else { throw ProtocolViolation("a line ends without CR") }
        return index - 1
      }
      index += 1
      guard index <= limit else { throw ProtocolViolation("a line is too long") }
    }
    searched = index
    return nil
  }

  /// Parses a line.
  private static func frame(_ bytes: Span<UInt8>, lineEnd: Int) throws(ProtocolViolation) -> Frame {
    let fields = LineFields(bytes, end: lineEnd)
    guard fields.count > 0 else { throw ProtocolViolation("it sent an empty line") }
    let name = fields[0]
    if matches(bytes, name, "msg") {
      return try message(bytes, fields, hasHeaders: false, lineEnd: lineEnd)
    } else if matches(bytes, name, "hmsg") {
      return try message(bytes, fields, hasHeaders: true, lineEnd: lineEnd)
    } else if matches(bytes, name, "ping") {
      return Frame(kind: .ping)
    } else if matches(bytes, name, "pong") {
      return Frame(kind: .pong)
    } else if matches(bytes, name, "info") {
      return Frame(kind: .info, payload: trimmed(bytes, name.upperBound..<lineEnd))
    } else if matches(bytes, name, "+ok") {
      return Frame(kind: .acknowledgement)
    } else if matches(bytes, name, "-err") {
      var text = trimmed(bytes, name.upperBound..<lineEnd)
      if text.count >= 2, bytes[text.lowerBound] == 0x27, bytes[text.upperBound - 1] == 0x27 {
        text = text.lowerBound + 1..<text.upperBound - 1
      }
      return Frame(kind: .failure, payload: text)
    }
    throw ProtocolViolation("it sent an unknown line")
  }

  /// Parses `MSG SUBJECT SUBSCRIPTION [REPLY] TOTAL`, or `HMSG SUBJECT SUBSCRIPTION [REPLY] HEADERS TOTAL`.
  private static func message(
    _ bytes: Span<UInt8>, _ fields: LineFields, hasHeaders: Bool, lineEnd: Int
  ) throws(ProtocolViolation) -> Frame {
    let shortest = hasHeaders ? 5 : 4
    guard fields.count == shortest || fields.count == shortest + 1 else {
      throw ProtocolViolation("a message has the wrong fields")
    }
    let last = fields.count - 1
    guard let subscription = number(bytes, fields[2]), let total = number(bytes, fields[last]),
      let headers = hasHeaders ? number(bytes, fields[last - 1]) : 0, headers <= total
    else { throw ProtocolViolation("a message has no length") }
    guard total <= messageLimit else { throw ProtocolViolation("a message is too long") }
    let start = lineEnd + 2
    return Frame(
      kind: .message, subscription: subscription, subject: fields[1],
      reply: fields.count > shortest ? fields[3] : 0..<0, headers: start..<start + headers,
      payload: start + headers..<start + total, length: start + total + 2)
  }

  private static func matches(_ bytes: Span<UInt8>, _ range: Range<Int>, _ name: StaticString) -> Bool {
    guard range.count == name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { name in
      var offset = 0
      while offset < name.count {
        if bytes[range.lowerBound + offset] | 0x20 != name[offset] | 0x20 { return false }
        offset += 1
      }
      return true
    }
  }

  /// Parses a number of up to nine digits.
  private static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard range.count <= 9 else { return nil }
    var value = 0
    for index in range {
      let digit = bytes[index] &- 0x30
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }

  private static func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, LineFields.isSpace(bytes[start]) { start += 1 }
    while end > start, LineFields.isSpace(bytes[end - 1]) { end -= 1 }
    return start..<end
  }
}

/// The positions of the first fields of a line, which are separated by spaces.
private struct LineFields {
  /// One more than the largest number of fields of any line, so that a line with too many fields is detected.
  private static let limit = 7
  private var places = InlineArray<7, Range<Int>>(repeating: 0..<0)
  private(set) var count = 0

  init(_ bytes: Span<UInt8>, end: Int) {
    var position = 0
    while count < LineFields.limit {
      while position < end, LineFields.isSpace(bytes[position]) { position += 1 }
      let start = position
      while position < end, !LineFields.isSpace(bytes[position]) { position += 1 }
      guard start < position else { return }
      places[count] = start..<position
      count += 1
    }
  }

  subscript(index: Int) -> Range<Int> { places[index] }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
