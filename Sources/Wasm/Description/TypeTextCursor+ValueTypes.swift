/// The value types of components: `list<u8>`, `record { a: u32 }`, `wasi:io/error@0.2.0.{error}`.
extension TypeTextCursor {
  /// Parses a value type or the definition of one; nil if there is none.
  mutating func takeValueType() -> ValueTypeDescription? {
    guard descend() else { return nil }
    defer { ascend() }
    switch peekedWord {
    case "record": return takeItems { $0.takeField() }.map { .record($0) }
    case "variant": return takeItems { $0.takeCase() }.map { .variant($0) }
    case "flags": return takeItems { $0.takeLabel() }.map { .flags($0) }
    case "enum": return takeItems { $0.takeLabel() }.map { .enumeration($0) }
    case "list": return takeArguments(1...1)?[0].map { .list($0) }
    case "option": return takeArguments(1...1)?[0].map { .option($0) }
    case "borrow": return takeArguments(1...1)?[0].map { .borrow($0) }
    case "tuple": return takeArguments(1...Int.max).map { .tuple($0.compactMap { $0 }) }
    case "map":
      guard let types = takeArguments(2...2), let key = types[0], let value = types[1] else { return nil }
      return .map(key, value)
    case "result":
      guard let types = takeArguments(0...2, mayOmitFirst: true) else { return nil }
      return .result(ok: types.first ?? nil, error: types.count == 2 ? types[1] : nil)
    case "stream": return takeArguments(0...1).map { .stream($0.first ?? nil) }
    case "future": return takeArguments(0...1).map { .future($0.first ?? nil) }
    case "resource":
      _ = takeWord()
      return .resource
    case let word:
      guard let primitive = Self.primitives[word] else { return takeReference().map { .named($0) } }
      _ = takeWord()
      return .primitive(primitive)
    }
  }

  private static let primitives = Dictionary(
    uniqueKeysWithValues: PrimitiveType.allCases.map { ($0.description, $0) })

  /// Parses a keyword and its type arguments. `mayOmitFirst` means that the first of two may be `_`, which is nil.
  private mutating func takeArguments(
    _ counts: ClosedRange<Int>, mayOmitFirst: Bool = false
  ) -> [ValueTypeDescription?]? {
    _ = takeWord()
    guard take("<") else { return counts.contains(0) ? [] : nil }
    var arguments: [ValueTypeDescription?] = []
    repeat {
      if mayOmitFirst, arguments.isEmpty, take(word: "_") {
        guard follows(",") else { return nil }
        arguments.append(nil)
      } else {
        guard let type = takeValueType() else { return nil }
        arguments.append(type)
      }
    } while take(",")
    return take(">") && counts.contains(arguments.count) ? arguments : nil
  }

  /// Parses a keyword and its items in braces.
  private mutating func takeItems<Item>(_ takeItem: (inout TypeTextCursor) -> Item?) -> [Item]? {
    _ = takeWord()
    guard take("{") else { return nil }
    var items: [Item] = []
    while !take("}") {
      guard items.isEmpty || take(","), let item = takeItem(&self) else { return nil }
      items.append(item)
    }
    return items
  }

  private mutating func takeLabel() -> String? {
    let word = takeWord()
    return word.isLabel ? word : nil
  }

  private mutating func takeField() -> ValueTypeDescription.Field? {
    guard let name = takeName(), name.isLabel, let type = takeValueType() else { return nil }
    return ValueTypeDescription.Field(name: name, type: type)
  }

  private mutating func takeCase() -> ValueTypeDescription.Case? {
    guard let name = takeLabel() else { return nil }
    guard take("(") else { return ValueTypeDescription.Case(name: name, type: nil) }
    guard let type = takeValueType(), take(")") else { return nil }
    return ValueTypeDescription.Case(name: name, type: type)
  }

  /// Parses the name of a type: `NAME`, `export NAME`, `$outer.{NAME}`, `INTERFACE.{NAME}` and so on.
  private mutating func takeReference() -> TypeReference? {
    var word = takeWord().utf8[...]
    var outerCount = 0
    while word.starts(with: "$outer.".utf8) {
      word = word.dropFirst(7)
      outerCount += 1
    }
    if outerCount > 0, word.isEmpty {
      guard let words = takeBraced()?.split(separator: " "), let last = words.last,
        words.count == 1 || words.count == 2 && words[0] == "export"
      else { return nil }
      return TypeReference(outerCount: outerCount, isExport: words.count == 2, name: Self.name(last.utf8))
    }
    let isExport = word.elementsEqual("export".utf8)
    if isExport { word = takeWord().utf8[...] }
    guard word.last == UInt8(ascii: ".") else {
      guard outerCount == 0, Self.isName(word) else { return nil }
      return TypeReference(isExport: isExport, name: Self.name(word))
    }
    guard word.count > 1, let name = takeBraced(), !name.isEmpty, !name.contains(" ") else { return nil }
    return TypeReference(
      outerCount: outerCount, interface: Self.path(word.dropLast()), isExport: isExport,
      name: Self.name(name.utf8[...]))
  }

  /// The names of interfaces that are joined by full stops. There are more of these in versions: those of a pre-release
  /// or of a build go on up to a name with a colon.
  private static func path(_ word: Substring.UTF8View) -> [ExactName] {
    var names: [String] = []
    for part in Substring(word).split(separator: ".", omittingEmptySubsequences: false) {
      let last = names.last ?? ""
      let version = last.utf8.firstIndex(of: UInt8(ascii: "@")).map { last.utf8[$0...].dropFirst() }
      let isInVersion = version.map { version in
        version.count { $0 == UInt8(ascii: ".") } < 2 || version.contains { "+-".utf8.contains($0) }
      }
      if isInVersion == true, !part.utf8.contains(UInt8(ascii: ":")) {
        names[names.count - 1] += "." + part
      } else {
        names.append(String(part))
      }
    }
    return names.map { ExactName($0) }
  }

  /// Whether a word is the name of a type. A keyword is one only after a percent sign.
  private static func isName(_ word: Substring.UTF8View) -> Bool {
    if word.first == UInt8(ascii: "%") { return word.dropFirst().isLabel }
    guard !TypeReference.keywords.contains(String(Substring(word))) else { return false }
    return word.isLabel || word.contains(UInt8(ascii: "/"))
  }

  /// The name of a type, without the percent sign before a WIT keyword.
  private static func name(_ word: Substring.UTF8View) -> ExactName {
    ExactName(String(Substring(word.first == UInt8(ascii: "%") ? word.dropFirst() : word)))
  }
}
