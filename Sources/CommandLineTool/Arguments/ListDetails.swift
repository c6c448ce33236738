internal import ArgumentParser

/// What a long listing says of each module besides: words joined by commas.
struct ListDetails: ArgumentValue {
  private let words: Set<Word>

  private enum Word: String, CaseIterable {
    case author, imports, exports
  }

  static let expected = "a list of author, imports and exports"

  init?(argument: String) {
    let words = argument.split(separator: ",").map { Word(rawValue: String($0)) }
    guard !words.isEmpty, !words.contains(nil) else { return nil }
    self.words = Set(words.compactMap(\.self))
  }

  /// Whether each module has who changed it last.
  var hasAuthor: Bool { words.contains(.author) }

  /// The members of what a module needs and offers.
  var interfaceMembers: [String] {
    [Word.exports, .imports].filter { words.contains($0) }.map(\.rawValue)
  }
}
