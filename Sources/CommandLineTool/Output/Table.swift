/// Rows of fields: tabs in a pipe, aligned columns on a terminal; or columns always.
///
/// The last column is the one that may be long. A row that would leave too little room for it does not widen the
/// columns of the other rows.
struct Table {
  private var rows: [[String]] = []
  /// The output for a pipe, where rows are not aligned and so need not wait for later ones.
  private var lines = ""
  private let hasColumns: Bool
  private let alignsRight: Bool
  /// The width of the terminal; nil if it does not matter.
  private let width: Int?
  private let wraps: Bool

  /// The parts of a line that the columns before the last one may take; the best is chosen.
  private static let shares = [(3, 4), (2, 3), (1, 2)]
  private static let gap = "  "

  /// Starts a table; the header is for terminals only.
  ///
  /// - Parameters:
  ///   - style: The style of the output.
  ///   - header: The titles of the columns; none if it is empty.
  ///   - wraps: Whether a row that is wider than the terminal continues on further lines. A path at its end is better
  ///     left in one piece.
  init(_ style: Style, header: [String] = [], wraps: Bool = false) {
    hasColumns = style.isTerminal
    alignsRight = false
    width = style.width
    self.wraps = wraps
    if hasColumns, !header.isEmpty { rows.append(header) }
  }

  /// Starts a table that also has columns in a pipe; all columns but the first are numbers.
  init(ofNumbers header: [String]) {
    hasColumns = true
    alignsRight = true
    width = nil
    wraps = false
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
    let widths = rows.map { $0.map(\.terminalWidth) }
    let columns = columnWidths(widths)
    var text = ""
    for (row, widths) in zip(rows, widths) { write(row, widths, columns, to: &text) }
    return text
  }

  // MARK: Widths

  /// Returns the width of each column for rows of fields with these widths.
  private func columnWidths(_ rows: [[Int]]) -> [Int] {
    let all = rows.reduce(into: []) { Self.widen(&$0, by: $1) }
    guard let width, rows.contains(where: { Self.lineWidth($0, all) > width }) else { return all }
    let sorted = rows.sorted { Self.start(ofLastOf: $0, all.count) < Self.start(ofLastOf: $1, all.count) }
    var (best, fewest) = (all, Self.badness(of: all, rows, width))
    for (part, whole) in Self.shares {
      // The narrowest rows first: as many rows as possible are aligned.
      var columns: [Int] = []
      for row in sorted {
        var wider = columns
        Self.widen(&wider, by: row)
        if Self.start(ofLastOf: wider, all.count) <= width * part / whole { columns = wider }
      }
      let badness = Self.badness(of: columns, rows, width)
      if columns.count == all.count, badness < fewest { (best, fewest) = (columns, badness) }
    }
    return best
  }

  /// The number of rows that are wider than the terminal, and of those that are not aligned.
  private static func badness(of columns: [Int], _ rows: [[Int]], _ width: Int) -> Int {
    rows.reduce(0) { sum, row in
      let isAligned = zip(row.dropLast(), columns).allSatisfy { $0 <= $1 }
      return sum + (lineWidth(row, columns) > width ? 1 : 0) + (isAligned ? 0 : 1)
    }
  }

  private static func lineWidth(_ row: [Int], _ columns: [Int]) -> Int {
    zip(row.dropLast(), columns).reduce(row.last ?? 0) { $0 + max($1.0, $1.1) + gap.utf8.count }
  }

  private static func widen(_ columns: inout [Int], by row: [Int]) {
    for (column, width) in row.enumerated() {
      if column == columns.count { columns.append(0) }
      columns[column] = max(columns[column], width)
    }
  }

  /// The place on the line of the last of `count` columns.
  private static func start(ofLastOf widths: [Int], _ count: Int) -> Int {
    widths.prefix(max(0, count - 1)).reduce(0) { $0 + $1 + gap.utf8.count }
  }

  // MARK: Lines

  private func write(_ row: [String], _ widths: [Int], _ columns: [Int], to text: inout String) {
    var line = TableLine(limit: wraps ? width : nil)
    for (column, field) in row.enumerated() {
      let padding = max(0, columns[column] - widths[column])
      if alignsRight, column > 0 {
        line.append(String(repeating: " ", count: padding) + field, widths[column] + padding, after: Self.gap)
      } else if column + 1 == row.count, column > 0 {
        line.append(lastField: field, widths[column], after: Self.gap)
      } else {
        line.append(field, widths[column], after: column > 0 ? Self.gap : "")
        line.padding = padding
      }
    }
    text += line.text + "\n"
  }
}
