internal import ArgumentParser

/// The additional details of each module in a long listing: words joined by commas.
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

  /// Whether to show the author of each module's last change.
  var hasAuthor: Bool { words.contains(.author) }

  /// The members for a module's imports and exports.
  var interfaceMembers: [String] {
    [Word.exports, .imports].filter { words.contains($0) }.map(\.rawValue)
  }
}
