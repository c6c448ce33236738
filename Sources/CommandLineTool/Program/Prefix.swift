/// The meaning of a word that may be an abbreviation.
enum Prefix: Equatable {
  case one(String)
  case several([String])
  case none

  /// Looks up a word in two lists: a full name has precedence, then a prefix in the first list, then one in either.
  static func match(_ word: String, first: [String], then names: [String]) -> Prefix {
    if names.contains(word) || first.contains(word) { return .one(word) }
    for list in [first, names] {
      let candidates = list.filter { $0.hasPrefix(word) }
      if candidates.count == 1 { return .one(candidates[0]) }
      if candidates.count > 1 { return .several(candidates) }
    }
    return .none
  }
}

/// The known word that is most similar to a misspelt one.
enum Suggestion {
  /// Returns `: did you mean 'WORD'?`, or an empty text if no name is similar enough.
  static func text(for word: String, among names: [String], prefix: String = "") -> String {
    let limit = max(1, (word.utf8.count + 1) / 3)
    var best: (name: String, distance: Int)?
    for name in names {
      let distance = distance(Array(word.utf8), Array(name.utf8))
      if distance <= limit, distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best.map { ": did you mean '\(prefix)\($0.name)'?" } ?? ""
  }

  /// Counts the insertions, deletions, replacements and swaps of neighbours between two words.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        let replaced = previous[column] + (left[row] == right[column] ? 0 : 1)
        var cost = min(replaced, previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforePrevious[column - 1] + 1)
        }
        current.append(cost)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
