internal import Wasm

/// Names and their values, in two columns.
struct ReportFields {
  /// A line: a name and a value. The name is empty if the line continues the value of the line before. Both are in
  /// `contents`, after those of the line before.
  private struct Line {
    let nameEnd: Int
    let nameWidth: Int
    let end: Int
  }

  private var contents: [UInt8] = []
  private var lines: [Line] = []
  private let indentation: String
  /// A longer name moves only its own value to the right, not those of all lines.
  private static let widest = 40

  /// The number of lines.
  var count: Int { lines.count }

  /// Starts without lines; `indentation` precedes each.
  init(indentation: String = "") { self.indentation = indentation }

  /// Adds a name and its value, which `name` and `value` append.
  mutating func append(
    name: (inout [UInt8]) -> Void = { _ in }, value: (inout [UInt8]) -> Void
  ) {
    let start = contents.count
    name(&contents)
    let nameEnd = contents.count
    let nameWidth = contents.width(from: start)
    value(&contents)
    lines.append(Line(nameEnd: nameEnd, nameWidth: nameWidth, end: contents.count))
  }

  /// Adds a name and its value.
  mutating func append(_ name: String, _ value: String) {
    append(name) { $0.append(text: value) }
  }

  /// Adds a name and its value, which `value` appends.
  mutating func append(_ name: String, value: (inout [UInt8]) -> Void) {
    append(name: { $0.append(text: name) }, value: value)
  }

  /// Adds a name and its values, one per line; adds nothing if there are none.
  mutating func append<Item>(_ name: String, _ items: [Item], write: (Item, inout [UInt8]) -> Void) {
    var name = name
    for item in items {
      append(name) { write(item, &$0) }
      name = ""
    }
  }

  /// Writes the lines.
  func write(to text: inout [UInt8]) {
    let width = lines.lazy.map(\.nameWidth).filter { $0 <= Self.widest }.max() ?? 0
    var start = 0
    for line in lines {
      text.append(text: indentation)
      text += contents[start..<line.nameEnd]
      text.append(spaces: max(0, width - line.nameWidth) + 2)
      text += contents[line.nameEnd..<line.end]
      text.append(0x0a)
      start = line.end
    }
  }
}
