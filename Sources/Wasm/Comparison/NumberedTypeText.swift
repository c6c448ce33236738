/// The text of a component's type with numbers for the names that are known (`InterfaceNames`), which is the same for
/// the same type of two components whatever the versions in its names.
struct NumberedTypeText {
  /// The text; a number stands between two bytes that no text has.
  private(set) var bytes: [UInt8] = []
  /// Whether every name in it has one meaning.
  private(set) var isCertain = true
  /// Whether the type of a component stands in it, which has names of its own.
  private(set) var hasComponent = false

  private let source: [UInt8]
  private let names: InterfaceNames
  private let side: InterfaceNames.Side
  private var position = 0
  /// For each open bracket whether it holds the cases of a variant.
  private var open: [Bool] = []
  /// Whether the next word is the name of a case.
  private var isAtCase = false
  private var lastWord: ArraySlice<UInt8> = []

  init(_ text: String, on side: InterfaceNames.Side, in names: InterfaceNames) {
    source = Array(text.utf8)
    self.side = side
    self.names = names
    bytes.reserveCapacity(source.count)
    while position < source.count { readNext() }
  }

  private mutating func readNext() {
    let byte = source[position]
    switch byte {
    case UInt8(ascii: "\""):
      copyString()
    case UInt8(ascii: "<"), UInt8(ascii: "("), UInt8(ascii: "{"):
      open.append(byte == UInt8(ascii: "{") && lastWord.isText("variant"))
      isAtCase = open.last == true
      copy(1)
    case UInt8(ascii: ">") where lastWord.isText("-"): copy(1)
    case UInt8(ascii: ">"), UInt8(ascii: ")"), UInt8(ascii: "}"):
      _ = open.popLast()
      isAtCase = false
      copy(1)
    case UInt8(ascii: ","):
      isAtCase = open.last == true
      copy(1)
    case UInt8(ascii: " "), UInt8(ascii: ";"): copy(1)
    default: readWord()
    }
  }

  private mutating func copy(_ count: Int) {
    let end = min(position + count, source.count)
    bytes += source[position..<end]
    position = end
  }

  /// Copies up to a byte, and that.
  private mutating func copy(through last: UInt8) {
    let end = source[position...].firstIndex(of: last) ?? source.count - 1
    copy(end + 1 - position)
  }

  /// Copies a name of a core module in quotation marks.
  private mutating func copyString() {
    copy(1)
    while position < source.count, source[position] != UInt8(ascii: "\"") {
      copy(source[position] == UInt8(ascii: "\\") ? 2 : 1)
    }
    copy(1)
  }

  private func word(at start: Int) -> ArraySlice<UInt8> { source[start...].prefix { !$0.isDelimiter } }

  private func follows(_ byte: UInt8, at index: Int) -> Bool { index < source.count && source[index] == byte }

  private mutating func readWord() {
    let word = word(at: position)
    lastWord = word
    let isLabel = isAtCase || word.last == UInt8(ascii: ":")
    isAtCase = false
    if isLabel { return copy(word.count) }
    if word.isText("enum") || word.isText("flags"), follows(UInt8(ascii: " "), at: word.endIndex),
      follows(UInt8(ascii: "{"), at: word.endIndex + 1)
    {
      return copy(through: UInt8(ascii: "}"))
    }
    if word.isText("component") { hasComponent = true }
    guard word.isText("export"), follows(UInt8(ascii: " "), at: word.endIndex) else {
      return readReference(word, isExport: false)
    }
    let next = self.word(at: word.endIndex + 1)
    guard !next.isEmpty, next.last != UInt8(ascii: ":") else { return copy(word.count) }
    readReference(next, isExport: true)
  }

  /// Reads the name of a type, which ends where `word` does or in braces behind it.
  private mutating func readReference(_ word: ArraySlice<UInt8>, isExport: Bool) {
    guard word.last == UInt8(ascii: "."), follows(UInt8(ascii: "{"), at: word.endIndex) else {
      let meanings = meanings(ofType: word, isExport: isExport, isOuter: false)
      return write(meanings, endingAt: word.endIndex)
    }
    guard word.isText("$outer.") else {
      write(names.meanings(ofPath: word.dropLast(), isExport: isExport, on: side), endingAt: word.endIndex)
      return copy(through: UInt8(ascii: "}"))
    }
    let inner = source[(word.endIndex + 1)...].prefix { $0 != UInt8(ascii: "}") }
    let isSecond = inner.starts(with: "export ".utf8)
    let meanings = meanings(ofType: isSecond ? inner.dropFirst(7) : inner, isExport: isSecond, isOuter: true)
    write(meanings, endingAt: min(inner.endIndex + 1, source.count))
  }

  private func meanings(ofType name: ArraySlice<UInt8>, isExport: Bool, isOuter: Bool)
    -> [InterfaceNames.Meaning]
  {
    let name = name.first == UInt8(ascii: "%") ? name.dropFirst() : name
    return names.meanings(
      ofType: ExactName(String(decoding: name, as: UTF8.self)), isExport: isExport, isOuter: isOuter, on: side
    )
  }

  /// Writes numbers for what stands up to `end`, or that as it is where nothing is known of it.
  private mutating func write(_ meanings: [InterfaceNames.Meaning], endingAt end: Int) {
    var isKnown = false
    for meaning in meanings {
      switch meaning {
      case .unknown: break
      case .uncertain: isCertain = false
      case .number(let number, let path):
        isKnown = true
        bytes.append(0xff)
        bytes.append(number: UInt64(number))
        bytes.append(0xff)
        bytes += path
      }
    }
    if isKnown { position = end } else { copy(end - position) }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func isText(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && elementsEqual(text.description.utf8)
  }
}

extension UInt8 {
  /// Whether a word of a type's text ends before this byte.
  fileprivate var isDelimiter: Bool {
    switch self {
    case UInt8(ascii: " "), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""):
      true
    default: false
    }
  }
}

extension InterfaceNames {
  /// Whether two types of functions, or two definitions, are certainly the same; other kinds never.
  func areEqual(_ old: ExternalType, _ new: ExternalType) -> Bool {
    switch (old, new) {
    case (.type(let before), .type(let after)): return areEqual(before, after)
    case (.function(let before), .function(let after)):
      return before.withoutTypes == after.withoutTypes
        && zip(before.parameters, after.parameters).allSatisfy { areEqual($0.type, $1.type) }
        && zip(before.results, after.results).allSatisfy { areEqual($0, $1) }
    default: return old == new
    }
  }

  private func areEqual(_ old: String, _ new: String) -> Bool {
    if areSame { return old == new }
    let before = NumberedTypeText(old, on: .old, in: self)
    let after = NumberedTypeText(new, on: .new, in: self)
    guard before.isCertain, after.isCertain, before.bytes == after.bytes else { return false }
    return !before.hasComponent && !after.hasComponent || old == new
  }
}

extension FunctionSignature {
  /// All but the value types, of which there are as many.
  fileprivate var withoutTypes: FunctionSignature {
    var signature = self
    for index in parameters.indices { signature.parameters[index].type = "" }
    signature.results = results.map { _ in "" }
    return signature
  }
}
