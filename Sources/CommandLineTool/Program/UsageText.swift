/// The usage of a command, in lines for a terminal of 80 columns.
enum UsageText {
  /// Folds a usage: each line that is not indented begins with the program's name, and may have any length.
  ///
  /// - Parameters:
  ///   - text: The usage, as in the documentation or folded.
  ///   - prefix: The text before each line.
  /// - Returns: The lines; continuation lines are indented to the command's first argument.
  static func folded(_ text: String, behind prefix: String = "USAGE: ") -> String {
    let width = 80 - prefix.count
    var usages: [String] = []
    for line in text.split(separator: "\n") {
      if line.hasPrefix(" "), let last = usages.indices.last {
        usages[last] += " " + line.drop { $0 == " " }
      } else {
        usages.append(String(line))
      }
    }
    return usages.flatMap { lines(of: $0, width) }.joined(separator: "\n")
  }

  private static func lines(of usage: String, _ width: Int) -> [String] {
    let words = words(of: usage)
    let indent = words.prefix(2).reduce(0) { $0 + $1.count + 1 }
    var lines: [String] = []
    var line = ""
    for word in words {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = String(repeating: " ", count: indent) + word
      } else {
        line += (line.isEmpty ? "" : " ") + word
      }
    }
    return lines + [line]
  }

  /// The words; a text in brackets is one word.
  private static func words(of usage: String) -> [Substring] {
    var depth = 0
    return usage.split { character in
      if character == "[" || character == "(" { depth += 1 }
      if character == "]" || character == ")" { depth -= 1 }
      return character == " " && depth == 0
    }
  }
}
