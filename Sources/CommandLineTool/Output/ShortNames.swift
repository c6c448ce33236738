/// The number of digits that makes the ids in a listing unique.
struct ShortNames {
  private let digits: Int

  /// Determines the number of digits that makes different ids look different.
  init(_ ids: some Collection<String>, atLeast least: Int) {
    var digits = least
    let sorted = Set(ids).sorted()
    for (first, second) in zip(sorted, sorted.dropFirst()) {
      let shared = zip(first.utf8, second.utf8).prefix { $0 == $1 }.count
      digits = max(digits, shared + 1)
    }
    self.digits = digits
  }

  /// The first digits of an id.
  func short(_ id: String) -> String { String(id.prefix(digits)) }
}
