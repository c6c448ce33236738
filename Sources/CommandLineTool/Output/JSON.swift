internal import ModuleStore

/// How the command line writes JSON: members sorted by name, on one line or indented.
extension JSONValue {
  /// A text, or null where there is none.
  static func optional(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }

  /// A number, or null where there is none.
  static func optional(_ number: Int?) -> JSONValue { number.map { .number(Int64($0)) } ?? .null }

  /// A path that may be quoted: as it is, or in its quotes where it is no valid UTF-8.
  static func path(_ path: String) -> JSONValue {
    .text(path.utf8.first == 0x22 ? String(validating: unquoted(path), as: UTF8.self) ?? path : path)
  }

  /// A count of things.
  static func count(_ number: Int) -> JSONValue { .number(Int64(number)) }

  /// The value on one line.
  var line: String {
    var text: [UInt8] = []
    writeLine(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the UTF-8 of `line`.
  func writeLine(to text: inout [UInt8]) { write(to: &text, sortingMembers: true) }

  /// The value with a line for each member and element, indented by two spaces.
  var indented: String { sorted.indented(by: 0) }

  private var sorted: JSONValue {
    switch self {
    case .null, .boolean, .number, .text, .serialized: self
    case .array(let values): .array(values.map(\.sorted))
    case .object(let members): .object(members.map { ($0.0, $0.1.sorted) }.sorted { $0.0 < $1.0 })
    }
  }

  private func indented(by depth: Int) -> String {
    let lines: [String]
    let brackets: (String, String)
    switch self {
    case .array(let values) where !values.isEmpty:
      lines = values.map { $0.indented(by: depth + 2) }
      brackets = ("[", "]")
    case .object(let members) where !members.isEmpty:
      lines = members.map { JSONValue.text($0.0).serialized + ": " + $0.1.indented(by: depth + 2) }
      brackets = ("{", "}")
    default:
      return serialized
    }
    let margin = "\n" + String(repeating: " ", count: depth)
    let inner = margin + "  "
    return brackets.0 + inner + lines.joined(separator: "," + inner) + margin + brackets.1
  }
}

extension Timestamp {
  /// The two members that stand for a moment everywhere: seconds since 1970, and RFC 3339.
  var members: [(String, JSONValue)] { [("date", .number(seconds)), ("time", .text(rfc3339))] }
}
