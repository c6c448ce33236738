internal import Wasm

/// Rows of a first column that is flush left and others that are flush right.
struct ReportTable {
  /// A field, which lies in `contents` behind the one before.
  private struct Field {
    let end: Int
    let width: Int
  }

  private static let columns = 4
  private var contents: [UInt8] = []
  private var fields: [Field] = []

  /// Adds the next field of a row, or the first of the next row, as `write` appends it.
  mutating func append(_ write: (inout [UInt8]) -> Void) {
    let start = contents.count
    write(&contents)
    fields.append(Field(end: contents.count, width: contents.width(from: start)))
  }

  /// Writes the rows, without spaces at their ends.
  func write(to text: inout [UInt8]) {
    var widths = [Int](repeating: 0, count: Self.columns)
    for (index, field) in fields.enumerated() {
      widths[index % Self.columns] = max(widths[index % Self.columns], field.width)
    }
    var start = 0
    for (index, field) in fields.enumerated() {
      let column = index % Self.columns
      let gap = widths[column] - field.width
      if column > 0 { text.append(spaces: gap + 2) }
      text += contents[start..<field.end]
      if column == 0 { text.append(spaces: gap) }
      start = field.end
      guard column == Self.columns - 1 else { continue }
      while text.last == 0x20 { text.removeLast() }
      text.append(0x0a)
    }
  }
}
