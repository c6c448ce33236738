/// The patterns that say what of a folder is left out; what comes last decides.
struct IgnoreRules: Sendable {
  /// The patterns of a folder.
  private struct Level: Sendable {
    /// The bytes before the paths that the patterns are held against.
    let baseLength: Int
    let patterns: [IgnorePattern]
  }

  private var levels: [Level] = []

  /// The files of a folder that say what is left out, each before the next.
  static let fileNames = [".gitignore", ".ignore", ownFileName]

  /// The one of them that is for this program alone.
  static let ownFileName = ".kvignore"

  /// What is left out unless that file says otherwise.
  static let standard = [".*", "!.well-known", "node_modules"]

  /// Begins with patterns that hold everywhere.
  init(_ patterns: [String] = []) {
    guard !patterns.isEmpty else { return }
    levels.append(Level(baseLength: 0, patterns: patterns.map { IgnorePattern(Array($0.utf8)) }))
  }

  /// Adds the lines of a file.
  ///
  /// - Parameters:
  ///   - text: The file.
  ///   - baseLength: The bytes of a path that lead to the folder of the file, with the slash.
  mutating func add(_ text: [UInt8], baseLength: Int) {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    let text = text.starts(with: mark) ? text[mark.count...] : text[...]
    let patterns = text.split(separator: 0x0a).compactMap { IgnorePattern(line: $0) }
    if !patterns.isEmpty { levels.append(Level(baseLength: baseLength, patterns: patterns)) }
  }

  /// Whether the last pattern that is about a path leaves it out; nil where none is about it.
  func leavesOut(_ path: [UInt8], isFolder: Bool) -> Bool? {
    for level in levels.reversed() where path.count > level.baseLength {
      let rest = path[level.baseLength...]
      if let pattern = level.patterns.last(where: { $0.matches(rest, isFolder: isFolder) }) {
        return !pattern.isNegated
      }
    }
    return nil
  }
}
