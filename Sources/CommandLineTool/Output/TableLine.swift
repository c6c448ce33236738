/// A row of a table or report that is being written: one line, or several if it is too wide.
struct TableLine {
  let limit: Int?
  private(set) var text = ""
  /// The spaces that only a further field needs.
  var padding = 0
  private var used = 0
  /// Of the lines after the first.
  private var indentation = 4

  init(limit: Int?) { self.limit = limit }

  private func fits(_ width: Int, after gap: String) -> Bool {
    guard let limit else { return true }
    return used + padding + gap.utf8.count + width <= limit
  }

  /// Adds a field; on the next line if only that has room for it.
  mutating func append(_ field: String, _ width: Int, after gap: String) {
    if let limit, !fits(width, after: gap), used > limit || indentation + width <= limit {
      startLine()
    } else {
      text += String(repeating: " ", count: padding) + gap
      used += padding + gap.utf8.count
    }
    padding = 0
    text += field
    used += width
  }

  /// Adds the last field: in one piece if it fits, otherwise word by word on several lines. They begin below the
  /// field if there is room for that.
  mutating func append(lastField field: String, _ width: Int, after gap: String) {
    guard let limit, !fits(width, after: gap) else { return append(field, width, after: gap) }
    let words = field.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let widths = words.map(\.terminalWidth)
    let (longest, start) = (widths.max() ?? 0, used + padding + gap.utf8.count)
    var gap = gap
    if start <= limit / 2, start + longest <= limit {
      indentation = start
    } else if start > limit / 2 || indentation + longest <= limit {
      startLine()
      gap = ""
    }
    for (word, width) in zip(words, widths) {
      if !word.isEmpty {
        append(word, width, after: gap)
        gap = ""
      }
      gap += " "
    }
  }

  private mutating func startLine() {
    text += "\n" + String(repeating: " ", count: indentation)
    used = indentation
    padding = 0
  }
}
