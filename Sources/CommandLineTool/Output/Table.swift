/// Rows of fields: tabs in a pipe, aligned columns on a terminal; or columns always.
struct Table {
  private var rows: [[String]] = []
  /// The output for a pipe, where rows are not aligned and so need not wait for later ones.
  private var lines = ""
  private let hasColumns: Bool
  private let alignsRight: Bool

  /// Starts a table; the header is for terminals only.
  init(_ style: Style, header: [String] = []) {
    hasColumns = style.isTerminal
    alignsRight = false
    if hasColumns, !header.isEmpty { rows.append(header) }
  }

  /// Starts a table that also has columns in a pipe; all columns but the first are numbers.
  init(ofNumbers header: [String]) {
    hasColumns = true
    alignsRight = true
    rows.append(header)
  }

  mutating func append(_ row: [String]) {
    guard !hasColumns else { return rows.append(row) }
    for (column, field) in row.enumerated() {
      if column > 0 { lines += "\t" }
      lines += field
    }
    lines += "\n"
  }

  /// The finished rows; the last field of each is not padded.
  var text: String {
    guard hasColumns else { return lines }
    var widths: [Int] = []
    for row in rows {
      for (column, field) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], Self.width(field))
      }
    }
    var text = ""
    for row in rows {
      for (column, field) in row.enumerated() {
        let gap = String(repeating: " ", count: widths[column] - Self.width(field))
        if column > 0 { text += "  " }
        if alignsRight, column > 0 {
          text += gap + field
        } else {
          text += column + 1 < row.count ? field + gap : field
        }
      }
      text += "\n"
    }
    return text
  }

  /// The width of a field on a terminal; colour codes have none.
  private static func width(_ field: String) -> Int {
    var width = 0
    var isInEscape = false
    for character in field {
      if character == "\u{1b}" { isInEscape = true }
      if !isInEscape { width += 1 }
      if isInEscape, character == "m" { isInEscape = false }
    }
    return width
  }
}
