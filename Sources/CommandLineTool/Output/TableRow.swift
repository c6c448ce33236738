/// A result that is a row of a table: fields with tabs between them in a pipe, columns on a terminal.
protocol TableRow: Presentable {
  /// The fields of the row; on a terminal, the one that may be long is the last.
  func row(_ style: Style) -> [String]
  /// Whether the last field is a text, which may continue on further lines, and not a path.
  static var endsWithText: Bool { get }
}

extension TableRow {
  static var endsWithText: Bool { false }

  func text(_ style: Style) -> String { Self.table(CollectionOfOne(self), style) }

  /// The rows as a table.
  static func table(_ rows: some Collection<Self>, _ style: Style, header: [String] = []) -> String {
    var table = Table(style, header: header, wraps: endsWithText)
    for row in rows { table.append(row.row(style)) }
    return table.text
  }
}

extension Console {
  /// Prints a list as a table.
  func emit<Row: TableRow>(table rows: [Row], header: [String] = []) throws {
    try emit(list: rows) { style in Row.table(rows, style, header: header) }
  }
}
