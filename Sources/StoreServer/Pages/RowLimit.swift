/// How much of a list is shown that has no pages of its own.
enum RowLimit {
  static let many = 500
  static let few = 20

  /// Says how much is left out; nil where nothing is.
  static func rest(of count: Int, after limit: Int, _ noun: String) -> String? {
    count > limit ? "and \(counted(count - limit, "more \(noun)"))" : nil
  }

  /// Says below a list how much is left out.
  static func note(_ count: Int, _ noun: String) -> HTML? {
    rest(of: count, after: many, noun).map { text in
      HTML(.p, .look(.muted)) { "… \(text); wasmstore inspect shows all." }
    }
  }
}
