/// The headers of a message: names with values, in their order (ADR-4 of NATS).
///
/// A name may occur more than once, and is case-sensitive.
public struct NATSHeaders: Hashable, Sendable {
  /// A header.
  public struct Field: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Its value, without the spaces around it.
    public let value: String
  }

  /// All headers, in their order.
  public private(set) var fields: [Field] = []
  /// The status of a response from the server, such as 404; nil for an ordinary message.
  public private(set) var status: Int?
  /// The words after the status.
  public private(set) var statusText = ""

  /// Creates empty headers.
  public init() {}

  /// Adds a header after the others.
  public mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }

  /// The value of the first header with a name; nil if there is none.
  public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// The value of the last header with a name; nil if there is none.
  ///
  /// Servers add their headers after those of the publisher.
  public func last(_ name: String) -> String? { fields.last { $0.name == name }?.value }

  /// The values of all headers with a name.
  public func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
}

extension NATSHeaders: ExpressibleByDictionaryLiteral {
  /// Creates headers from names and values; a name may occur more than once.
  public init(dictionaryLiteral fields: (String, String)...) {
    for (name, value) in fields { append(name, value) }
  }
}

extension NATSHeaders {
  static let version = Array("NATS/1.0".utf8)

  /// Reads a block of headers: `NATS/1.0[ STATUS[ TEXT]]`, one line for each header, and an empty line.
  init(parsing block: Span<UInt8>) throws(ProtocolViolation) {
    var position = 0
    func line() throws(ProtocolViolation) -> Range<Int> {
      let start = position
      while position + 1 < block.count {
        if block[position] == 0x0d, block[position + 1] == 0x0a {
          position += 2
          return start..<position - 2
        }
        position += 1
      }
      throw ProtocolViolation("the headers have no end")
    }
    let first = try line()
    guard first.count >= NATSHeaders.version.count,
      NATSHeaders.version.indices.allSatisfy({ block[$0] == NATSHeaders.version[$0] })
    else { throw ProtocolViolation("the headers have an unknown version") }
    status = NATSHeaders.status(in: block)
    if status != nil {
      statusText = NATSHeaders.text(block, NATSHeaders.version.count + 4..<first.upperBound)
    }
    while true {
      let line = try line()
      guard !line.isEmpty else { break }
      var colon = line.lowerBound
      while colon < line.upperBound, block[colon] != 0x3a { colon += 1 }
      guard colon > line.lowerBound, colon < line.upperBound else {
        throw ProtocolViolation("a header has no name")
      }
      fields.append(
        Field(
          name: NATSHeaders.text(block, line.lowerBound..<colon, isTrimmed: false),
          value: NATSHeaders.text(block, colon + 1..<line.upperBound)))
    }
    guard position == block.count else {
      throw ProtocolViolation("there are bytes between the headers and the payload")
    }
  }

  /// Reads a block of headers; returns no headers if there are no bytes, and nil for anything else.
  package init?(block: [UInt8]) {
    guard !block.isEmpty else {
      self.init()
      return
    }
    do throws(ProtocolViolation) { try self.init(parsing: block.span) } catch { return nil }
  }

  /// Returns the status in the first line of a block; nil if there is none.
  static func status(in block: Span<UInt8>) -> Int? {
    let start = version.count
    guard block.count >= start + 4, block[start] == 0x20 else { return nil }
    var value = 0
    for index in start + 1..<start + 4 {
      let digit = block[index] &- 0x30
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }

  /// Returns the value of the first header with a name in a block, without reading the others; nil if there is none.
  static func value(_ name: StaticString, in block: Span<UInt8>) -> String? {
    var start = 0
    while true {
      var end = start
      while end + 1 < block.count, block[end] != 0x0d || block[end + 1] != 0x0a { end += 1 }
      guard end + 1 < block.count, end > start else { return nil }
      let colon = start + name.utf8CodeUnitCount
      if colon < end, block[colon] == 0x3a {
        let isSame = name.withUTF8Buffer { name in name.indices.allSatisfy { block[start + $0] == name[$0] } }
        if isSame { return text(block, colon + 1..<end) }
      }
      start = end + 2
    }
  }

  private static func text(_ bytes: Span<UInt8>, _ range: Range<Int>, isTrimmed: Bool = true) -> String {
    var (start, end) = (range.lowerBound, range.upperBound)
    while isTrimmed, start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    while isTrimmed, end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    guard start < end else { return "" }
    var text: [UInt8] = []
    text.reserveCapacity(end - start)
    for index in start..<end { text.append(bytes[index]) }
    return String(decoding: text, as: UTF8.self)
  }
}
