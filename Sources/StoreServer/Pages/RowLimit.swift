/// The maximum number of rows for a list that is not divided into pages.
enum RowLimit {
  static let many = 500
  static let few = 20

  /// Returns a text with the number of omitted rows; nil if there are none.
  static func rest(of count: Int, after limit: Int, _ noun: String) -> String? {
    count > limit ? "and \(counted(count - limit, "more \(noun)"))" : nil
  }

  /// Returns a note with the number of omitted rows, to put below a list.
  static func note(_ count: Int, _ noun: String) -> HTML? {
    rest(of: count, after: many, noun).map { text in
      HTML(.p, .cssClass(.muted)) { "… \(text); wasmstore inspect shows all." }
    }
  }
}
