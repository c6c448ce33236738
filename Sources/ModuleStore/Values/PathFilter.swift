/// Selects paths by a directory or file, or by a pattern.
///
/// A pattern is matched step by step: `*` and `?` match within a step, `**` matches any number of steps, `[a-z]` and
/// `[!a-z]` match one byte, and a backslash makes the next byte literal. A pattern without a slash is only matched
/// against the last step, as in git's ignore files.
struct PathFilter {
  private let steps: [[UInt8]]
  private let isPattern: Bool
  private let matchesLastStepOnly: Bool
  /// The steps, each after a slash.
  private let place: [UInt8]

  /// Parses a path or pattern.
  ///
  /// - Throws: `StoreError.invalidPath`.
  init(_ text: String) throws(StoreError) {
    isPattern = text.utf8.contains { [0x2a, 0x3f, 0x5b].contains($0) }
    if isPattern {
      steps = text.utf8.split(separator: 0x2f).map { Array($0) }
      matchesLastStepOnly = !text.utf8.contains(0x2f) && steps != [Array("**".utf8)]
    } else {
      let isRoot = text.utf8.allSatisfy { $0 == 0x2f }
      steps = isRoot ? [] : try ModulePath(text).names
      matchesLastStepOnly = false
    }
    place = steps.flatMap { [0x2f] + $0 }
  }

  /// The steps with which every match begins.
  var prefix: [[UInt8]] {
    guard isPattern else { return steps }
    if matchesLastStepOnly { return [] }
    return Array(steps.dropLast().prefix { !$0.contains { [0x2a, 0x3f, 0x5b, 0x5c].contains($0) } })
  }

  /// Returns whether the filter selects a file; its path has a leading slash.
  func matches(_ path: [UInt8]) -> Bool {
    guard isPattern else {
      return path.starts(with: place) && (path.count == place.count || path[place.count] == 0x2f)
    }
    if matchesLastStepOnly {
      let start = path.lastIndex(of: 0x2f).map { $0 + 1 } ?? 0
      return GlobPattern(steps[0]).matches(path[start...])
    }
    return matches(steps[...], path.split(separator: 0x2f)[...])
  }

  private func matches(_ pattern: ArraySlice<[UInt8]>, _ path: ArraySlice<ArraySlice<UInt8>>) -> Bool {
    // Only the last `**` is extended by a step each time the rest fails: linear in memory.
    var pattern = pattern
    var path = path
    var retry: (pattern: ArraySlice<[UInt8]>, path: ArraySlice<ArraySlice<UInt8>>)?
    while true {
      if let step = pattern.first, step == [0x2a, 0x2a] {
        pattern = pattern.dropFirst()
        retry = (pattern, path)
      } else if let step = pattern.first, let name = path.first, GlobPattern(step).matches(name) {
        pattern = pattern.dropFirst()
        path = path.dropFirst()
      } else if pattern.isEmpty, path.isEmpty {
        return true
      } else if let last = retry, !last.path.isEmpty {
        retry = (last.pattern, last.path.dropFirst())
        pattern = last.pattern
        path = last.path.dropFirst()
      } else {
        return false
      }
    }
  }
}
