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

  /// A text, or null where there is none.
  public static func optional(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }

  /// A number, or null where there is none.
  public static func optional(_ number: Int?) -> JSONValue { number.map { .number(Int64($0)) } ?? .null }

  /// A count of things.
  public static func count(_ number: Int) -> JSONValue { .number(Int64(number)) }

  /// A value that is written straight into bytes, for what would be a great many values.
  public static func written(_ write: (inout JSONWriter) -> Void) -> JSONValue {
    var writer = JSONWriter()
    write(&writer)
    return .serialized(writer.bytes)
  }

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

  /// The value as JSON text on one line, the members of objects in their order.
  public var serialized: String { text(sortingMembers: false) }

  /// The value as JSON text on one line, the members of objects by name.
  public var line: String { text(sortingMembers: true) }

  /// Appends the UTF-8 of `line`.
  public func writeLine(to text: inout [UInt8]) {
    JSONWriter.append(to: &text) { $0.write(self, sortingMembers: true) }
  }

  private func text(sortingMembers: Bool) -> String {
    var writer = JSONWriter()
    writer.write(self, sortingMembers: sortingMembers)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The value with a line for each member and element, indented by two spaces, the members of objects by name.
  public var indented: String { indented(by: 0) }

  private func indented(by depth: Int) -> String {
    let lines: [String]
    let brackets: (String, String)
    switch self {
    case .array(let values) where !values.isEmpty:
      lines = values.map { $0.indented(by: depth + 2) }
      brackets = ("[", "]")
    case .object(let members) where !members.isEmpty:
      lines = members.sorted { $0.0 < $1.0 }.map { name, value in
        JSONValue.text(name).line + ": " + value.indented(by: depth + 2)
      }
      brackets = ("{", "}")
    default: return line
    }
    let margin = "\n" + String(repeating: " ", count: depth)
    let inner = margin + "  "
    return brackets.0 + inner + lines.joined(separator: "," + inner) + margin + brackets.1
  }
}
