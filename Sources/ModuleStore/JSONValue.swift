internal import Git

/// A JSON value whose members keep their order (RFC 8259).
///
/// FoundationEssentials' coder costs 1.3 ms at its first use, a third of a command's time.
public indirect enum JSONValue: Sendable {
  case null
  case boolean(Bool)
  case number(Int64)
  case text(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

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
    write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private func write(to text: inout [UInt8]) {
    switch self {
    case .null: text += "null".utf8
    case .boolean(let value): text += (value ? "true" : "false").utf8
    case .number(let number): text += String(number).utf8
    case .text(let value): JSONValue.write(value, to: &text)
    case .array(let values):
      text.append(0x5b)
      for (index, value) in values.enumerated() {
        if index > 0 { text.append(0x2c) }
        value.write(to: &text)
      }
      text.append(0x5d)
    case .object(let members):
      text.append(0x7b)
      for (index, member) in members.enumerated() {
        if index > 0 { text.append(0x2c) }
        JSONValue.write(member.0, to: &text)
        text.append(0x3a)
        member.1.write(to: &text)
      }
      text.append(0x7d)
    }
  }

  private static func write(_ value: String, to text: inout [UInt8]) {
    text.append(0x22)
    for byte in value.utf8 {
      switch byte {
      case 0x22, 0x5c: text += [0x5c, byte]
      case 0x0a: text += "\\n".utf8
      case 0x0d: text += "\\r".utf8
      case 0x09: text += "\\t".utf8
      case 0x00..<0x20, 0x7f: text += ("\\u00" + hexadecimal([byte])).utf8
      default: text.append(byte)
      }
    }
    text.append(0x22)
  }
}
