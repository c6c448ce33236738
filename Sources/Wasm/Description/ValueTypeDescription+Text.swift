extension ValueTypeDescription {
  /// The type in the text format of core modules, or as in WIT: `list<u8>`, `record { a: u32 }`.
  public var text: String {
    var text: [UInt8] = []
    write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the UTF-8 of `text`.
  public func write(to text: inout [UInt8]) {
    switch self {
    case .core(let type): text.append(text: type.text)
    case .primitive(let type): text.append(text: type.description)
    case .record(let fields):
      text.append(braced: "record", fields) { text, field in
        text.append(text: field.name)
        text.append(text: ": ")
        field.type.write(to: &text)
      }
    case .variant(let cases):
      text.append(braced: "variant", cases) { text, item in
        text.append(text: item.name)
        guard let type = item.type else { return }
        text.append(UInt8(ascii: "("))
        type.write(to: &text)
        text.append(UInt8(ascii: ")"))
      }
    case .flags(let names): text.append(braced: "flags", names) { $0.append(text: $1) }
    case .enumeration(let names): text.append(braced: "enum", names) { $0.append(text: $1) }
    case .list(let type): text.append(generic: "list", [type])
    case .map(let key, let value): text.append(generic: "map", [key, value])
    case .tuple(let types): text.append(generic: "tuple", types)
    case .option(let type): text.append(generic: "option", [type])
    case .result(nil, let error?):
      text.append(text: "result<_, ")
      error.write(to: &text)
      text.append(UInt8(ascii: ">"))
    case .result(let ok, let error): text.append(generic: "result", [ok, error].compactMap { $0 })
    case .stream(let type): text.append(generic: "stream", type.map { [$0] } ?? [])
    case .future(let type): text.append(generic: "future", type.map { [$0] } ?? [])
    case .borrow(let type): text.append(generic: "borrow", [type])
    case .resource: text.append(text: "resource")
    case .named(let reference): reference.write(to: &text)
    case .cut(let beginning): text.append(text: beginning)
    }
  }
}

extension TypeReference {
  /// Appends the name: `NAME`, `export NAME`, `$outer.{NAME}`, `INTERFACE.{NAME}` and so on. A name that is a WIT keyword
  /// has a percent sign, as in WIT.
  fileprivate func write(to text: inout [UInt8]) {
    for _ in 0..<outerCount { text.append(text: "$outer.") }
    let isBraced = interface.isEmpty && outerCount > 0
    if isBraced { text.append(UInt8(ascii: "{")) }
    if isExport { text.append(text: "export ") }
    if interface.isEmpty {
      if TypeReference.keywords.contains(name.text) { text.append(UInt8(ascii: "%")) }
      text.append(text: name.text)
    } else {
      text.append(texts: interface.lazy.map(\.text), separator: ".")
      text.append(text: ".{")
      text.append(text: name.text)
      text.append(UInt8(ascii: "}"))
    }
    if isBraced { text.append(UInt8(ascii: "}")) }
  }

  /// The keywords that begin a type in WIT; names that are equal to them get a percent sign.
  static let keywords: Set<String> = [
    "bool", "s8", "s16", "s32", "s64", "u8", "u16", "u32", "u64", "float32", "float64", "f32", "f64", "char",
    "string", "error-context", "list", "option", "result", "tuple", "record", "variant", "enum", "flags",
    "own",
    "borrow", "resource", "stream", "future", "map", "func", "async", "interface", "component", "core",
    "type",
    "export",
  ]
}

extension [UInt8] {
  /// Appends a keyword and its type arguments in angle brackets, if there are any.
  fileprivate mutating func append(generic word: StaticString, _ arguments: [ValueTypeDescription]) {
    append(word)
    guard !arguments.isEmpty else { return }
    append(UInt8(ascii: "<"))
    append(list: arguments) { $1.write(to: &$0) }
    append(UInt8(ascii: ">"))
  }

  /// Appends a keyword and its items in braces.
  fileprivate mutating func append<Item>(
    braced word: StaticString, _ items: [Item], _ write: (inout [UInt8], Item) -> Void
  ) {
    append(word)
    append(text: " { ")
    append(list: items, write)
    append(text: " }")
  }

  private mutating func append<Item>(list items: [Item], _ write: (inout [UInt8], Item) -> Void) {
    for (position, item) in items.enumerated() {
      if position > 0 { append(text: ", ") }
      write(&self, item)
    }
  }

  private mutating func append(_ word: StaticString) { append(text: word.description) }
}
