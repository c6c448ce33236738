internal import Wasm

/// Names and their values, in two columns.
struct ReportFields {
  /// A line: a name and a value. The name is empty if the line continues the value of the line before. Both are in
  /// `contents`, after those of the line before.
  private struct Line {
    let nameEnd: Int
    let nameWidth: Int
    let end: Int
    /// Whether the value stays on one line, however long it is.
    let isWhole: Bool
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
    name: (inout [UInt8]) -> Void = { _ in }, isWhole: Bool = false, value: (inout [UInt8]) -> Void
  ) {
    let start = contents.count
    name(&contents)
    let nameEnd = contents.count
    let nameWidth = contents.width(from: start)
    value(&contents)
    lines.append(Line(nameEnd: nameEnd, nameWidth: nameWidth, end: contents.count, isWhole: isWhole))
  }

  /// Adds a name and its value.
  mutating func append(_ name: String, _ value: String) {
    append(name) { $0.append(text: value) }
  }

  /// Adds a name and its value, which `value` appends.
  mutating func append(_ name: String, isWhole: Bool = false, value: (inout [UInt8]) -> Void) {
    append(name: { $0.append(text: name) }, isWhole: isWhole, value: value)
  }

  /// Adds a name and its values, one per line; adds nothing if there are none.
  mutating func append<Item>(
    _ name: String, _ items: [Item], isWhole: Bool = false, write: (Item, inout [UInt8]) -> Void
  ) {
    var name = name
    for item in items {
      append(name, isWhole: isWhole) { write(item, &$0) }
      name = ""
    }
  }

  /// Writes the lines. A value that is too wide for a terminal of the width continues below its start.
  func write(to text: inout [UInt8], width limit: Int?) {
    let width = lines.lazy.map(\.nameWidth).filter { $0 <= Self.widest }.max() ?? 0
    var start = 0
    for line in lines {
      let padding = max(0, width - line.nameWidth)
      let isFixed = limit == nil || line.isWhole
      let valueWidth = isFixed ? 0 : Array(contents[line.nameEnd..<line.end]).width(from: 0)
      if let limit, !isFixed, indentation.utf8.count + line.nameWidth + padding + 2 + valueWidth > limit {
        var folded = TableLine(limit: limit)
        folded.append(
          indentation + String(decoding: contents[start..<line.nameEnd], as: UTF8.self),
          indentation.utf8.count + line.nameWidth, after: "")
        folded.padding = padding
        folded.append(
          lastField: String(decoding: contents[line.nameEnd..<line.end], as: UTF8.self), valueWidth,
          after: "  ")
        text.append(text: folded.text)
      } else {
        text.append(text: indentation)
        text += contents[start..<line.nameEnd]
        text.append(spaces: padding + 2)
        text += contents[line.nameEnd..<line.end]
      }
      text.append(0x0a)
      start = line.end
    }
  }
}
