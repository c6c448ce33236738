internal import Git
internal import Identifiers
internal import Wasm

/// A JSON value whose members keep their order (RFC 8259).
///
/// FoundationEssentials' coder costs 1.3 ms at its first use, a third of a command's time.
public enum JSONValue: Sendable {
  case null
  case boolean(Bool)
  case number(Int64)
  case text(String)
  case array([JSONValue])
  case object([(String, JSONValue)])
  /// A value that is JSON text already, on one line.
  case serialized([UInt8])

  /// The value of an object's member; nil where there is none.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.0 == name }?.1
  }

  /// The text; nil where the value is none.
  public var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// The number; nil where the value is none.
  public var number: Int64? {
    if case .number(let number) = self { number } else { nil }
  }

  /// The value as JSON text on one line.
  public var serialized: String {
    var text: [UInt8] = []
    write(to: &text, sortingMembers: false)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the value as JSON text on one line, the members of objects by name if `sortingMembers`, else in their
  /// order.
  public func write(to text: inout [UInt8], sortingMembers: Bool) {
    switch self {
    case .null: text.append(text: "null")
    case .boolean(let value): text.append(text: value ? "true" : "false")
    case .number(let number): text.append(text: String(number))
    case .text(let value): JSONValue.writeText(to: &text) { $0.append(text: value) }
    case .serialized(let bytes): text += bytes
    case .array(let values):
      text.append(0x5b)
      for (index, value) in values.enumerated() {
        if index > 0 { text.append(0x2c) }
        value.write(to: &text, sortingMembers: sortingMembers)
      }
      text.append(0x5d)
    case .object(let members):
      let isToBeSorted =
        sortingMembers && members.indices.dropFirst().contains { members[$0].0 < members[$0 - 1].0 }
      let members = isToBeSorted ? members.sorted { $0.0 < $1.0 } : members
      text.append(0x7b)
      for (index, member) in members.enumerated() {
        if index > 0 { text.append(0x2c) }
        JSONValue.writeText(to: &text) { $0.append(text: member.0) }
        text.append(0x3a)
        member.1.write(to: &text, sortingMembers: sortingMembers)
      }
      text.append(0x7d)
    }
  }

  /// Appends a text as JSON, in quotes; `write` appends its UTF-8.
  public static func writeText(to text: inout [UInt8], _ write: (inout [UInt8]) -> Void) {
    text.append(0x22)
    let start = text.count
    write(&text)
    if needsEscapes(text.span.extracting(start...)) {
      let value = text[start...]
      text.removeSubrange(start...)
      writeEscaped(value, to: &text)
    }
    text.append(0x22)
  }

  private static func needsEscapes(_ bytes: Span<UInt8>) -> Bool {
    var found: UInt8 = 0
    // All of them, without a way out: so the compiler takes many at once.
    for index in bytes.indices {
      let byte = bytes[index]
      found |=
        (byte < 0x20 ? 1 : 0) | (byte == 0x22 ? 1 : 0) | (byte == 0x5c ? 1 : 0) | (byte == 0x7f ? 1 : 0)
        | (byte == 0xc2 ? 1 : 0)
    }
    return found != 0
  }

  private static func writeEscaped(_ value: ArraySlice<UInt8>, to text: inout [UInt8]) {
    var rest = value
    while let byte = rest.popFirst() {
      switch byte {
      // A terminal takes the characters from U+0080 to U+009F for commands.
      case 0xc2:
        if let next = rest.first, next < 0xa0 {
          text += ("\\u00" + hexadecimal([next])).utf8
          rest.removeFirst()
        } else {
          text.append(byte)
        }
      case 0x22, 0x5c: text += [0x5c, byte]
      case 0x0a: text += "\\n".utf8
      case 0x0d: text += "\\r".utf8
      case 0x09: text += "\\t".utf8
      case 0x00..<0x20, 0x7f: text += ("\\u00" + hexadecimal([byte])).utf8
      default: text.append(byte)
      }
    }
  }
}
