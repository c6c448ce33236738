/// The patterns of the entries that are left out of a folder; the last match decides.
struct IgnoreRules: Sendable {
  /// The patterns of a folder.
  private struct Level: Sendable {
    /// The number of bytes before the paths that the patterns are compared with.
    let baseLength: Int
    let patterns: [IgnorePattern]
  }

  private var levels: [Level] = []

  /// The names of ignore files, in the order in which they are read.
  static let fileNames = [".gitignore", ".ignore", ownFileName]

  /// The name of the ignore file that only this program reads.
  static let ownFileName = ".kvignore"

  /// The patterns of entries that are left out by default; that file can override them.
  static let standard = [".*", "!.well-known", "node_modules"]

  /// Starts with patterns for all folders.
  init(_ patterns: [String] = []) {
    guard !patterns.isEmpty else { return }
    levels.append(Level(baseLength: 0, patterns: patterns.map { IgnorePattern(Array($0.utf8)) }))
  }

  /// Adds the lines of a file.
  ///
  /// - Parameters:
  ///   - text: The content of the file.
  ///   - baseLength: The number of bytes of the path of the file's folder, with the slash.
  mutating func add(_ text: [UInt8], baseLength: Int) {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    let text = text.starts(with: mark) ? text[mark.count...] : text[...]
    let patterns = text.split(separator: 0x0a).compactMap { IgnorePattern(line: $0) }
    if !patterns.isEmpty { levels.append(Level(baseLength: baseLength, patterns: patterns)) }
  }

  /// Whether the last pattern that matches a path leaves it out; nil if none matches.
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
