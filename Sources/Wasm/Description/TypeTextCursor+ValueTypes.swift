/// The value types of components: `list<u8>`, `record { a: u32 }`, `wasi:io/error@0.2.0.{error}`.
extension TypeTextCursor {
  /// Parses a value type or the definition of one, and returns it in the form of descriptions; nil if there is none.
  mutating func takeValueType() -> String? {
    var result = ""
    return takeValueType(&result) ? result : nil
  }

  /// The minimum and maximum number of type arguments of a keyword.
  private static let generic: [String: ClosedRange<Int>] = [
    "list": 1...1, "option": 1...1, "result": 0...2, "tuple": 0...Int.max, "stream": 0...1, "future": 0...1,
    "borrow": 1...1, "map": 2...2,
  ]

  /// The keywords that are neither types nor names of types.
  private static let reserved: Set = [
    "func", "async", "interface", "component", "core", "type", "own", "export", "import",
  ]

  private mutating func takeValueType(_ result: inout String) -> Bool {
    guard descend() else { return false }
    defer { ascend() }
    var word = takeWord()
    let isSecond = word == "export"
    if isSecond {
      result += "export "
      word = takeWord()
    }
    if word.utf8.last == UInt8(ascii: ".") { return takeReference(word, &result) }
    guard !isSecond else { return takeName(of: word, &result) }
    switch word {
    case "record", "variant", "enum", "flags": return takeFields(of: word, &result)
    default:
      guard !Self.reserved.contains(word) else { return false }
      guard let counts = Self.generic[word] else { return takeName(of: word, &result) }
      return takeParts(of: word, counts, &result)
    }
  }

  /// Parses the braces after `INTERFACE.` or `$outer.`.
  private mutating func takeReference(_ word: String, _ result: inout String) -> Bool {
    guard word.utf8.count > 1, let name = takeBraced() else { return false }
    let words = name.split(separator: " ")
    let isName = words.count == 1 || words.count == 2 && words[0] == "export" && word.hasSuffix("$outer.")
    result += "\(word){\(name)}"
    return isName
  }

  /// Parses the name of a type, which may start with a percent sign and may include an interface.
  private func takeName(of word: String, _ result: inout String) -> Bool {
    let name = word.utf8.first == UInt8(ascii: "%") ? word.dropFirst() : word[...]
    guard name.utf8.isLabel || name.utf8.contains(UInt8(ascii: "/")) else { return false }
    result += word
    return true
  }

  private mutating func takeParts(of word: String, _ counts: ClosedRange<Int>, _ result: inout String) -> Bool
  {
    result += word
    guard take("<") else { return counts.contains(0) }
    result += "<"
    var count = 0
    repeat {
      if count > 0 { result += ", " }
      count += 1
      if word == "result", count == 1, take(word: "_") {
        result += "_"
        guard follows(",") else { return false }
      } else if !takeValueType(&result) {
        return false
      }
    } while take(",")
    result += ">"
    return take(">") && counts.contains(count)
  }

  private mutating func takeFields(of word: String, _ result: inout String) -> Bool {
    guard take("{") else { return false }
    result += word + " { "
    var isFirst = true
    while !take("}") {
      guard isFirst || take(",") else { return false }
      if !isFirst { result += ", " }
      isFirst = false
      guard let name = word == "record" ? takeName() : takeWord(), name.isLabel else { return false }
      result += name
      if word == "record" {
        result += ": "
        guard takeValueType(&result) else { return false }
      } else if word == "variant", take("(") {
        result += "("
        guard takeValueType(&result), take(")") else { return false }
        result += ")"
      }
    }
    result += " }"
    return true
  }
}
