/// Rows of fields: tabs in a pipe, aligned columns on a terminal; or columns always.
struct Table {
  private var rows: [[String]] = []
  /// What a pipe gets, where no row waits for the widest field of a column.
  private var lines = ""
  private let hasColumns: Bool
  private let alignsRight: Bool

  /// Starts a table; the header is for terminals only.
  init(_ style: Style, header: [String] = []) {
    hasColumns = style.isTerminal
    alignsRight = false
    if hasColumns, !header.isEmpty { rows.append(header) }
  }

  /// Starts a table that has columns in a pipe as well, all but the first of them for numbers.
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
    return rows.map { row in
      var line = ""
      for (column, field) in row.enumerated() {
        let gap = String(repeating: " ", count: widths[column] - Self.width(field))
        if column > 0 { line += "  " }
        if alignsRight, column > 0 {
          line += gap + field
        } else {
          line += column + 1 < row.count ? field + gap : field
        }
      }
      return line + "\n"
    }.joined()
  }

  /// The columns that a field takes on a terminal: colours take none.
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
