/// Writes JSON text on one line directly into bytes, one value after the other (RFC 8259).
///
/// The caller writes members in their final order.
public struct JSONWriter {
  /// The JSON text that was written.
  public private(set) var bytes: [UInt8] = []

  /// Creates a writer without any text.
  public init() {}

  /// Appends the JSON text that `write` writes to existing bytes.
  public static func append(to bytes: inout [UInt8], _ write: (inout JSONWriter) -> Void) {
    var writer = JSONWriter()
    swap(&writer.bytes, &bytes)
    write(&writer)
    swap(&writer.bytes, &bytes)
  }

  // MARK: Values

  /// Writes a value.
  ///
  /// The members of objects are sorted by name if `sortingMembers` is true, otherwise they keep their order.
  public mutating func write(_ value: JSONValue, sortingMembers: Bool = true) {
    switch value {
    case .null: null()
    case .boolean(let value): boolean(value)
    case .number(let number): append(String(number))
    case .text(let value): text(value)
    case .serialized(let value): bytes += value
    case .array(let values): array(values) { $1.write($0, sortingMembers: sortingMembers) }
    case .object(let members):
      let isToBeSorted =
        sortingMembers && members.indices.dropFirst().contains { members[$0].0 < members[$0 - 1].0 }
      let members = isToBeSorted ? members.sorted { $0.0 < $1.0 } : members
      object { object in
        for (name, value) in members {
          object.beginMember()
          object.text(name)
          object.bytes.append(UInt8(ascii: ":"))
          object.write(value, sortingMembers: sortingMembers)
        }
      }
    }
  }

  /// Writes null.
  public mutating func null() { append("null") }

  /// Writes true or false.
  public mutating func boolean(_ value: Bool) { append(value ? "true" : "false") }

  /// Writes a number, limited to the range of `Int64`.
  public mutating func number(clamping number: some BinaryInteger) { append(String(Int64(clamping: number))) }

  /// Writes a text.
  public mutating func text(_ text: String) { self.text { $0.append(contentsOf: text.utf8) } }

  /// Writes a text.
  ///
  /// `write` appends its UTF-8.
  public mutating func text(_ write: (inout [UInt8]) -> Void) {
    bytes.append(0x22)
    let start = bytes.count
    write(&bytes)
    if JSONWriter.needsEscapes(bytes.span.extracting(start...)) {
      let value = bytes[start...]
      bytes.removeSubrange(start...)
      appendEscaped(value)
    }
    bytes.append(0x22)
  }

  /// Writes an array.
  ///
  /// `write` writes each item.
  public mutating func array<Item>(_ items: [Item], _ write: (Item, inout JSONWriter) -> Void) {
    bytes.append(UInt8(ascii: "["))
    for index in items.indices {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(items[index], &self)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// Writes an object.
  ///
  /// `write` writes its members.
  public mutating func object(_ write: (inout JSONWriter) -> Void) {
    bytes.append(UInt8(ascii: "{"))
    write(&self)
    bytes.append(UInt8(ascii: "}"))
  }

  // MARK: Members

  /// Writes a member.
  ///
  /// `write` writes its value. The name must not need escapes.
  public mutating func member(_ name: StaticString, _ write: (inout JSONWriter) -> Void) {
    beginMember()
    bytes.append(0x22)
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(0x22)
    bytes.append(UInt8(ascii: ":"))
    write(&self)
  }

  /// Writes a member with any UTF-8 name.
  ///
  /// `write` writes its value.
  public mutating func member(utf8 name: [UInt8], _ write: (inout JSONWriter) -> Void) {
    beginMember()
    text { $0 += name }
    bytes.append(UInt8(ascii: ":"))
    write(&self)
  }

  /// Writes a member that is a text, or null if it is nil.
  public mutating func member(_ name: StaticString, _ value: String?) {
    member(name) { writer in
      if let value { writer.text(value) } else { writer.null() }
    }
  }

  /// Writes a member that is a number, or null if it is nil.
  public mutating func member(_ name: StaticString, _ value: (some BinaryInteger)?) {
    member(name) { writer in
      if let value { writer.number(clamping: value) } else { writer.null() }
    }
  }

  /// Writes a member that is true or false.
  public mutating func member(_ name: StaticString, _ value: Bool) { member(name) { $0.boolean(value) } }

  /// Writes a member that is an array of texts.
  public mutating func member(_ name: StaticString, _ values: [String]) {
    member(name, values) { $1.text($0) }
  }

  /// Writes a member that is an array.
  ///
  /// `write` writes each item.
  public mutating func member<Item>(
    _ name: StaticString, _ items: [Item], _ write: (Item, inout JSONWriter) -> Void
  ) {
    member(name) { $0.array(items, write) }
  }

  /// Writes a comma before a member, except before the first one of an object.
  private mutating func beginMember() {
    if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
  }

  // MARK: Bytes

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private static func needsEscapes(_ bytes: Span<UInt8>) -> Bool {
    var found: UInt8 = 0
    // The loop has no early exit, so that the compiler can vectorise it.
    for index in bytes.indices {
      let byte = bytes[index]
      found |=
        (byte < 0x20 ? 1 : 0) | (byte == 0x22 ? 1 : 0) | (byte == 0x5c ? 1 : 0) | (byte == 0x7f ? 1 : 0)
        | (byte == 0xc2 ? 1 : 0)
    }
    return found != 0
  }

  private mutating func appendEscaped(_ value: ArraySlice<UInt8>) {
    var rest = value
    while let byte = rest.popFirst() {
      switch byte {
      // Terminals interpret the characters from U+0080 to U+009F as control codes.
      case 0xc2:
        if let next = rest.first, next < 0xa0 {
          append("\\u00" + String(next, radix: 16))
          rest.removeFirst()
        } else {
          bytes.append(byte)
        }
      case 0x22, 0x5c: bytes += [0x5c, byte]
      case 0x0a: append("\\n")
      case 0x0d: append("\\r")
      case 0x09: append("\\t")
      case 0x00..<0x20, 0x7f: append((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
  }
}
