/// Parses JSON that arrives in pieces, and reports its parts as events (RFC 8259).
///
/// It needs no more memory than the longest number or name, so a text may have any length.
public struct JSONEventReader: Sendable {
  /// A part of the JSON text.
  public enum Event: Sendable {
    case beginObject
    case endObject
    case beginArray
    case endArray
    /// The name of a member. Its value follows.
    case name(String)
    /// A part of a string, with its escapes resolved.
    case text(ArraySlice<UInt8>)
    /// The end of a string.
    case endText
    /// A number, `true`, `false` or `null`, as written.
    case literal(String)
  }

  /// The error for bytes that are not JSON.
  public struct Malformed: Error, Hashable, Sendable {
    /// The offset of the error in bytes.
    public let offset: Int
  }

  private enum State: Sendable {
    case value, firstElement, afterValue, firstName, name, colon, text, escape, unicode, literal, end
  }

  private var state = State.value
  /// The open arrays (false) and objects (true).
  private var open: [Bool] = []
  private var isName = false
  /// A name or a literal that is not complete yet.
  private var word: [UInt8] = []
  private var digits = 0
  private var unit: UInt16 = 0
  /// The first half of a surrogate pair.
  private var highSurrogate: UInt16?
  private var offset = 0

  /// The maximum depth of nested arrays and objects.
  private static let depthLimit = 64
  /// The maximum length of a name or number in bytes.
  private static let wordLimit = 4_096

  /// Creates a reader at the start of a text.
  public init() {}

  /// Whether a complete value was read.
  public var isComplete: Bool { state == .end && open.isEmpty }

  /// Reads the next part of the text.
  ///
  /// - Parameters:
  ///   - bytes: The next bytes.
  ///   - take: Receives the events.
  /// - Throws: `Malformed` if the bytes are not JSON.
  public mutating func read(_ bytes: [UInt8], _ take: (Event) -> Void) throws(Malformed) {
    var position = 0
    while position < bytes.count {
      if state == .text {
        position = try readText(bytes, from: position, take)
      } else {
        let isUsed = try readByte(bytes[position], at: position, take)
        if isUsed { position += 1 }
      }
    }
    offset += bytes.count
  }

  /// Ends the text.
  ///
  /// - Throws: `Malformed` if the value is incomplete.
  public mutating func finish(_ take: (Event) -> Void) throws(Malformed) {
    if state == .literal { try endLiteral(at: 0, take) }
    guard isComplete else { throw Malformed(offset: offset) }
  }

  // MARK: Strings

  /// Reports the available part of a string, and returns the position after it.
  private mutating func readText(
    _ bytes: [UInt8], from start: Int, _ take: (Event) -> Void
  ) throws(Malformed) -> Int {
    var end = start
    let span = bytes.span
    while end < span.count, span[end] != 0x22, span[end] != 0x5c, span[end] >= 0x20 { end += 1 }
    if end > start {
      guard highSurrogate == nil else { throw malformed(start) }
      try addText(bytes[start..<end], at: start, take)
    }
    guard end < bytes.count else { return end }
    switch bytes[end] {
    case 0x5c: state = .escape
    case 0x22:
      guard highSurrogate == nil else { throw malformed(end) }
      if isName {
        guard let name = String(validating: word, as: UTF8.self) else { throw malformed(end) }
        word = []
        state = .colon
        take(.name(name))
      } else {
        take(.endText)
        endValue()
      }
    default: throw malformed(end)
    }
    return end + 1
  }

  private mutating func addText(
    _ part: ArraySlice<UInt8>, at position: Int, _ take: (Event) -> Void
  ) throws(Malformed) {
    guard isName else { return take(.text(part)) }
    guard word.count + part.count <= JSONEventReader.wordLimit else { throw malformed(position) }
    word += part
  }

  private mutating func readEscape(_ byte: UInt8, at position: Int, _ take: (Event) -> Void) throws(Malformed)
  {
    let resolved: UInt8
    switch byte {
    case UInt8(ascii: "u"):
      (state, digits, unit) = (.unicode, 0, 0)
      return
    case 0x22, 0x5c, 0x2f: resolved = byte
    case UInt8(ascii: "b"): resolved = 0x08
    case UInt8(ascii: "f"): resolved = 0x0c
    case UInt8(ascii: "n"): resolved = 0x0a
    case UInt8(ascii: "r"): resolved = 0x0d
    case UInt8(ascii: "t"): resolved = 0x09
    default: throw malformed(position)
    }
    guard highSurrogate == nil else { throw malformed(position) }
    state = .text
    try addText([resolved], at: position, take)
  }

  private mutating func readDigit(_ byte: UInt8, at position: Int, _ take: (Event) -> Void) throws(Malformed)
  {
    switch byte {
    case 0x30...0x39: unit = unit << 4 | UInt16(byte - 0x30)
    case 0x41...0x46: unit = unit << 4 | UInt16(byte - 0x41 + 10)
    case 0x61...0x66: unit = unit << 4 | UInt16(byte - 0x61 + 10)
    default: throw malformed(position)
    }
    digits += 1
    guard digits == 4 else { return }
    state = .text
    let units: [UInt16]
    switch (highSurrogate, unit) {
    case (nil, 0xd800...0xdbff):
      highSurrogate = unit
      return
    case (nil, 0xdc00...0xdfff): throw malformed(position)
    case (nil, _): units = [unit]
    case (let high?, 0xdc00...0xdfff): units = [high, unit]
    default: throw malformed(position)
    }
    highSurrogate = nil
    try addText(Array(String(decoding: units, as: UTF16.self).utf8)[...], at: position, take)
  }

  // MARK: Outside strings

  /// Reads a byte outside a string.
  ///
  /// Returns false if the byte ends a literal and must be read again.
  private mutating func readByte(
    _ byte: UInt8, at position: Int, _ take: (Event) -> Void
  ) throws(Malformed) -> Bool {
    switch state {
    case .escape: try readEscape(byte, at: position, take)
    case .unicode: try readDigit(byte, at: position, take)
    case .literal:
      let isPart =
        switch byte {
        case 0x30...0x39, 0x61...0x7a, UInt8(ascii: "E"), 0x2b, 0x2d, 0x2e: true
        default: false
        }
      guard isPart else {
        try endLiteral(at: position, take)
        return false
      }
      guard word.count < JSONEventReader.wordLimit else { throw malformed(position) }
      word.append(byte)
    case _ where [0x20, 0x09, 0x0a, 0x0d].contains(byte): break
    default: try readToken(byte, at: position, take)
    }
    return true
  }

  private mutating func readToken(_ byte: UInt8, at position: Int, _ take: (Event) -> Void) throws(Malformed)
  {
    switch (state, byte) {
    case (.firstElement, UInt8(ascii: "]")), (.firstName, UInt8(ascii: "}")): close(take)
    case (.afterValue, UInt8(ascii: "]")) where open.last == false: close(take)
    case (.afterValue, UInt8(ascii: "}")) where open.last == true: close(take)
    case (.afterValue, UInt8(ascii: ",")): state = open.last == true ? .name : .value
    case (.firstName, 0x22), (.name, 0x22): (state, isName) = (.text, true)
    case (.colon, UInt8(ascii: ":")): state = .value
    case (.value, _), (.firstElement, _): try beginValue(byte, at: position, take)
    default: throw malformed(position)
    }
  }

  private mutating func beginValue(_ byte: UInt8, at position: Int, _ take: (Event) -> Void) throws(Malformed)
  {
    switch byte {
    case 0x22: (state, isName) = (.text, false)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard open.count < JSONEventReader.depthLimit else { throw malformed(position) }
      let isObject = byte == UInt8(ascii: "{")
      open.append(isObject)
      state = isObject ? .firstName : .firstElement
      take(isObject ? .beginObject : .beginArray)
    default: (state, word) = (.literal, [byte])
    }
  }

  private mutating func endLiteral(at position: Int, _ take: (Event) -> Void) throws(Malformed) {
    let isOne: Bool
    switch JSONValue(parsing: word) {
    case .null?, .boolean?, .number?, .serialized?: isOne = true
    default: isOne = false
    }
    guard isOne else { throw malformed(position) }
    take(.literal(String(decoding: word, as: UTF8.self)))
    word = []
    endValue()
  }

  private mutating func close(_ take: (Event) -> Void) {
    take(open.popLast() == true ? .endObject : .endArray)
    endValue()
  }

  private mutating func endValue() { state = open.isEmpty ? .end : .afterValue }

  private func malformed(_ position: Int) -> Malformed { Malformed(offset: offset + position) }
}
