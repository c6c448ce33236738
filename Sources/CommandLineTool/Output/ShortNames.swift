/// How many digits tell the ids of a listing apart.
struct ShortNames {
  private let digits: Int

  /// Finds the number of digits at which ids that differ are shown differently.
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
