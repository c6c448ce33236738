/// A line of an ignore file (gitignore(5)).
struct IgnorePattern: Hashable, Sendable {
  /// Whether matching entries are included again.
  let isNegated: Bool
  /// Whether it matches folders only.
  private let isForFolders: Bool
  /// Whether it is compared only with the last name of a path, at any depth.
  private let isForNames: Bool
  /// The bytes before the first wildcard.
  private let prefix: [UInt8]
  /// The rest of the pattern; nil if it is empty.
  private let wildcard: Wildcard?

  /// Reads a line; nil if it contains no pattern.
  init?(line: some Sequence<UInt8>) {
    var text = Array(line)
    if text.last == 0x0d { text.removeLast() }
    guard let first = text.first, first != UInt8(ascii: "#") else { return nil }
    self.init(IgnorePattern.withoutTrailingSpaces(text))
  }

  /// Reads a pattern.
  init(_ pattern: [UInt8]) {
    var rest = pattern[...]
    isNegated = rest.first == UInt8(ascii: "!")
    if isNegated { rest.removeFirst() }
    isForFolders = rest.last == 0x2f
    if isForFolders { rest.removeLast() }
    isForNames = !rest.contains(0x2f)
    if rest.first == 0x2f { rest.removeFirst() }
    let special = rest.firstIndex {
      [UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), 0x5c].contains($0)
    }
    // As in git, the wildcards of a path are parsed from the first one on; those of a name as a whole.
    let start = isForNames && special != nil ? rest.startIndex : special ?? rest.endIndex
    prefix = Array(rest[..<start])
    wildcard = start < rest.endIndex ? Wildcard(rest[start...]) : nil
  }

  /// A line without the spaces at its end; a space after a backslash stays.
  private static func withoutTrailingSpaces(_ line: [UInt8]) -> [UInt8] {
    var end: Int?
    var index = 0
    while index < line.count {
      switch line[index] {
      case 0x20: end = end ?? index
      case 0x5c:
        index += 1
        // A line with a backslash at the end is not changed.
        guard index < line.count else { return line }
        end = nil
      default: end = nil
      }
      index += 1
    }
    return Array(line[..<(end ?? line.count)])
  }

  /// Whether the pattern matches a path.
  ///
  /// - Parameters:
  ///   - path: The path relative to the folder of the pattern.
  ///   - isFolder: Whether the path is a folder.
  /// - Returns: Whether it matches.
  func matches(_ path: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
    if isForFolders, !isFolder { return false }
    let text =
      isForNames ? path.suffix(from: path.lastIndex(of: 0x2f).map { $0 + 1 } ?? path.startIndex) : path
    guard text.starts(with: prefix) else { return false }
    let rest = text.dropFirst(prefix.count)
    return wildcard?.matches(rest) ?? rest.isEmpty
  }
}
