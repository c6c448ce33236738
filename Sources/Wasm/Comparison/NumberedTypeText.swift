/// The text of a component's type with numbers instead of known names (`InterfaceNames`), which is the same for the
/// same type in two components, whatever the versions in its names.
///
/// If expanded, it has the definitions of types instead of their names, so that it does not depend on the names of
/// types; only resources keep theirs.
struct NumberedTypeText {
  /// The text; a number is between two bytes that no text contains.
  private(set) var bytes: [UInt8] = []
  /// Whether every name in it has a single meaning.
  private(set) var isCertain = true
  /// Whether it contains the type of a component, which has names of its own.
  private(set) var hasComponent = false

  private let source: [UInt8]
  private let names: InterfaceNames
  private let side: InterfaceNames.Side
  private var position = 0
  /// For each open bracket, whether it contains the cases of a variant.
  private var open: [Bool] = []
  /// Whether the next word is the name of a case.
  private var isAtCase = false
  private var lastWord: ArraySlice<UInt8> = []
  private let context: InterfaceNames.Context
  /// How many more levels of definitions may replace names; nil to keep names.
  private let expansionDepth: Int?

  /// The maximum size of an expanded text in bytes, above which it is uncertain: a few hundred bytes can mean a million
  /// types.
  private static let expandedLimit = 1 << 16

  init(_ text: String, on side: InterfaceNames.Side, in names: InterfaceNames, isExpanded: Bool = false) {
    self.init(text, on: side, in: names, names.context, isExpanded ? ModuleDescription.deepestType : nil)
  }

  private init(
    _ text: String, on side: InterfaceNames.Side, in names: InterfaceNames, _ context: InterfaceNames.Context,
    _ expansionDepth: Int?
  ) {
    source = Array(text.utf8)
    self.side = side
    self.names = names
    self.context = context
    self.expansionDepth = expansionDepth
    bytes.reserveCapacity(source.count)
    while position < source.count, isCertain {
      readNext()
      if expansionDepth != nil, bytes.count > Self.expandedLimit { isCertain = false }
    }
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

  /// Copies up to and including a byte.
  private mutating func copy(through last: UInt8) {
    let end = source[position...].firstIndex(of: last) ?? source.count - 1
    copy(end + 1 - position)
  }

  /// Copies a quoted name of a core module.
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

  /// Reads the name of a type, which ends with `word` or with the braces after it.
  private mutating func readReference(_ word: ArraySlice<UInt8>, isExport: Bool) {
    guard word.last == UInt8(ascii: "."), follows(UInt8(ascii: "{"), at: word.endIndex) else {
      let name = typeName(word)
      guard word.first == UInt8(ascii: "%") || !TypeNames.words.contains(name.text) else {
        return copy(word.count)
      }
      if expansionDepth != nil,
        let found = names.definition(ofType: name, isExport: isExport, in: context, on: side)
      {
        return expand(found, endingAt: word.endIndex)
      }
      let meanings = names.meanings(ofType: name, isExport: isExport, isOuter: false, in: context, on: side)
      return write(meanings, endingAt: word.endIndex)
    }
    let inner = source[(word.endIndex + 1)...].prefix { $0 != UInt8(ascii: "}") }
    let end = min(inner.endIndex + 1, source.count)
    guard word.isText("$outer.") else {
      let path = word.dropLast()
      if expansionDepth != nil,
        let found = names.definition(
          ofType: typeName(inner), inPath: path, isExport: isExport, in: context, on: side)
      {
        return expand(found, endingAt: end)
      }
      write(
        names.meanings(ofPath: path, isExport: isExport, in: context, on: side), endingAt: word.endIndex)
      return copy(through: UInt8(ascii: "}"))
    }
    let isSecond = inner.starts(with: "export ".utf8)
    let name = typeName(isSecond ? inner.dropFirst(7) : inner)
    write(
      names.meanings(ofType: name, isExport: isSecond, isOuter: true, in: context, on: side), endingAt: end)
  }

  /// The name of a type, without the percent sign before a WIT keyword.
  private func typeName(_ word: ArraySlice<UInt8>) -> ExactName {
    ExactName(String(decoding: word.first == UInt8(ascii: "%") ? word.dropFirst() : word, as: UTF8.self))
  }

  /// Writes the definition of the name that ends at `end`.
  private mutating func expand(_ found: (text: String, context: InterfaceNames.Context), endingAt end: Int) {
    position = end
    guard let depth = expansionDepth, depth > 0 else {
      isCertain = false
      return
    }
    let inner = NumberedTypeText(found.text, on: side, in: names, found.context, depth - 1)
    bytes += inner.bytes
    if !inner.isCertain { isCertain = false }
    if inner.hasComponent { hasComponent = true }
  }

  /// Writes numbers for the name that ends at `end`, or copies the name if it is unknown.
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
  /// Whether this byte ends a word in a type's text.
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
  /// Whether two function types, or two definitions, are certainly the same; other kinds are compared as they are.
  mutating func areEqual(_ old: ExternalType, _ new: ExternalType) -> Bool {
    switch (old, new) {
    case (.type(let before), .type(let after)): return areEqual(before, after)
    case (.typeOf(let before), .typeOf(let after)):
      return areEqual(before.text(in: .component), after.text(in: .component))
    case (.function(let before), .function(let after)):
      guard before.withoutTypes == after.withoutTypes else { return false }
      for (before, after) in zip(before.parameters, after.parameters)
      where !areEqual(before.type, after.type) { return false }
      for (before, after) in zip(before.results, after.results) where !areEqual(before, after) {
        return false
      }
      return true
    default: return old == new
    }
  }

  private mutating func areEqual(_ old: String, _ new: String) -> Bool {
    if areSame, old == new { return true }
    let before = NumberedTypeText(old, on: .old, in: self)
    let after = NumberedTypeText(new, on: .new, in: self)
    let hasComponent = before.hasComponent || after.hasComponent
    if !areSame, before.isCertain, after.isCertain, before.bytes == after.bytes, !hasComponent || old == new {
      return true
    }
    return !hasComponent && areExpandedEqual(old, new)
  }

  /// Whether two types are the same if names are replaced by the definitions of types.
  private mutating func areExpandedEqual(_ old: String, _ new: String) -> Bool {
    guard expansionBudget > 0 else { return false }
    let before = NumberedTypeText(old, on: .old, in: self, isExpanded: true)
    let after = NumberedTypeText(new, on: .new, in: self, isExpanded: true)
    expansionBudget -= before.bytes.count + after.bytes.count
    return before.isCertain && after.isCertain && before.bytes == after.bytes
  }
}

extension FunctionSignature {
  /// The signature without the value types, but with their number.
  fileprivate var withoutTypes: FunctionSignature {
    var signature = self
    for index in parameters.indices { signature.parameters[index].type = "" }
    signature.results = results.map { _ in "" }
    return signature
  }
}
