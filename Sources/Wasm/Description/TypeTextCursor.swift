/// A position in the text of a component's type, for parsing words, names and brackets.
///
/// A token is consumed if it is next; white space before it is skipped.
struct TypeTextCursor {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { position == bytes.count }

  /// Goes one level deeper; false if no valid type is that deep.
  mutating func descend() -> Bool {
    guard depth < ModuleDescription.deepestType else { return false }
    depth += 1
    return true
  }

  /// Goes back one level.
  mutating func ascend() { depth -= 1 }

  mutating func skipSpaces() {
    while position < bytes.count, bytes[position].isWhiteSpace { position += 1 }
  }

  /// Whether a character is next.
  mutating func follows(_ character: Unicode.Scalar) -> Bool {
    skipSpaces()
    return position < bytes.count && bytes[position] == UInt8(ascii: character)
  }

  /// Consumes a character if it is next; returns whether it was.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard follows(character) else { return false }
    position += 1
    return true
  }

  /// Consumes `->` if it is next; returns whether it was.
  mutating func takeArrow() -> Bool {
    skipSpaces()
    guard bytes[position...].starts(with: "->".utf8) else { return false }
    position += 2
    return true
  }

  /// The next word: the text before white space, a bracket, a comma, a semicolon or a quotation mark.
  var peekedWord: String {
    mutating get {
      skipSpaces()
      return String(decoding: bytes[position...].prefix { !$0.endsWord }, as: UTF8.self)
    }
  }

  /// Consumes the next word, which may be empty.
  mutating func takeWord() -> String {
    let word = peekedWord
    position += word.utf8.count
    return word
  }

  /// Consumes a certain word if it is next; returns whether it was.
  mutating func take(word: String) -> Bool {
    guard peekedWord == word else { return false }
    position += word.utf8.count
    return true
  }

  /// Consumes a name and the colon after it; nil if there is none. White space follows, because names contain colons
  /// too.
  mutating func takeName() -> String? {
    let word = takeWord()
    guard word.utf8.count > 1, word.utf8.last == UInt8(ascii: ":"), position < bytes.count,
      bytes[position].isWhiteSpace
    else { return nil }
    return String(word.dropLast())
  }

  /// Consumes `{NAME}` after a word that ends in a full stop; nil if it does not follow directly.
  mutating func takeBraced() -> String? {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "{"),
      let end = bytes[position...].firstIndex(of: UInt8(ascii: "}"))
    else { return nil }
    let words = bytes[(position + 1)..<end].split { $0.isWhiteSpace }
    position = end + 1
    return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
  }

  /// Consumes the quoted name of a core module: a backslash escapes a quotation mark, a backslash, white space or `#`,
  /// and `\u{…}` is a character by its number.
  mutating func takeString() -> String? {
    guard take("\"") else { return nil }
    var name: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      guard byte != UInt8(ascii: "\"") else { return String(validating: name, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        name.append(byte)
        continue
      }
      guard position < bytes.count else { return nil }
      switch bytes[position] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "#"):
        name.append(bytes[position])
        position += 1
      case UInt8(ascii: "u"):
        position += 1
        guard let digits = takeBraced(), let number = UInt32(digits, radix: 16),
          let scalar = Unicode.Scalar(number)
        else { return nil }
        name.append(contentsOf: String(Character(scalar)).utf8)
      default: return nil
      }
    }
    return nil
  }

  /// Parses the type of an import or export of a core module, which is in parentheses.
  mutating func takeCoreType() -> ExternalType? {
    guard follows("(") else { return nil }
    var open = 0
    for end in position..<bytes.count {
      switch bytes[end] {
      case UInt8(ascii: "("): open += 1
      case UInt8(ascii: ")"): open -= 1
      default: break
      }
      guard open == 0 else { continue }
      let text = String(decoding: bytes[position...end], as: UTF8.self)
      position = end + 1
      return ExternalType(parsing: text)
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var isWhiteSpace: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

  /// Whether this byte cannot be part of a word in a component's type.
  var endsWord: Bool {
    switch self {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: ";"),
      UInt8(ascii: "\""):
      true
    default: false
    }
  }
}
