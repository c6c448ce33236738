extension ExternalType {
  /// Parses the type of an import or export of a core module, in the form of `text(in: .core)`.
  ///
  /// References may be in either form: `(ref null func)` is `funcref`. The result is nil if the text is not such a
  /// type.
  public init?(parsing text: String) {
    guard let list = TextNode(text)?.items, case .word(let keyword)? = list.first else { return nil }
    let rest = list.dropFirst()
    switch keyword {
    case "func":
      let (type, clauses) = Self.typeUse(rest)
      guard let (parameters, results) = Self.signature(clauses) else { return nil }
      self = .function(
        FunctionSignature(
          parameters: parameters.map { .init(name: nil, type: .core($0)) },
          results: results.map { .core($0) },
          definedType: type))
    case "tag":
      let (type, clauses) = Self.typeUse(rest)
      guard let (parameters, results) = Self.signature(clauses), results.isEmpty else { return nil }
      self = .tag(parameters: parameters, definedType: type)
    case "global":
      guard rest.count == 1, let node = rest.first else { return nil }
      if let items = node.items, items.first == .word("mut") {
        guard items.count == 2, let type = items[1].valueType else { return nil }
        self = .global(type: type, isMutable: true)
      } else {
        guard let type = node.valueType else { return nil }
        self = .global(type: type, isMutable: false)
      }
    case "memory":
      guard let memory = MemoryDescription(rest) else { return nil }
      self = .memory(memory)
    case "table":
      guard let table = TableDescription(rest) else { return nil }
      self = .table(table)
    default: return nil
    }
  }

  /// Parses `(type $…)` if it is first.
  private static func typeUse(
    _ nodes: ArraySlice<TextNode>
  ) -> (type: DefinedTypeHash?, rest: ArraySlice<TextNode>) {
    guard let items = nodes.first?.items, items.count == 2, items[0] == .word("type"),
      case .word(let word) = items[1], let type = DefinedTypeHash(word: word)
    else { return (nil, nodes) }
    return (type, nodes.dropFirst())
  }

  private static func signature(
    _ nodes: ArraySlice<TextNode>
  ) -> (parameters: [CoreValueTypeDescription], results: [CoreValueTypeDescription])? {
    var parameters: [CoreValueTypeDescription] = []
    var results: [CoreValueTypeDescription] = []
    for node in nodes {
      guard let items = node.items, case .word(let keyword)? = items.first else { return nil }
      let types = items.dropFirst().compactMap(\.valueType)
      guard types.count == items.count - 1 else { return nil }
      switch keyword {
      case "param" where results.isEmpty: parameters += types
      case "result": results += types
      default: return nil
      }
    }
    return (parameters, results)
  }
}

extension MemoryDescription {
  fileprivate init?(_ nodes: ArraySlice<TextNode>) {
    var rest = nodes
    let is64Bit = rest.takeIndexType()
    guard let bounds = rest.takeBounds() else { return nil }
    let isShared = rest.first == .word("shared")
    if isShared { rest.removeFirst() }
    var pageSize = 65_536
    if let items = rest.first?.items, items.first == .word("pagesize") {
      guard items.count == 2, case .word(let size) = items[1], let size = Int(size) else { return nil }
      pageSize = size
      rest.removeFirst()
    }
    guard rest.isEmpty else { return nil }
    self.init(bounds: bounds, is64Bit: is64Bit, isShared: isShared, pageSize: pageSize)
  }
}

extension TableDescription {
  fileprivate init?(_ nodes: ArraySlice<TextNode>) {
    var rest = nodes
    let is64Bit = rest.takeIndexType()
    guard let bounds = rest.takeBounds(), rest.count == 1, let element = rest.first?.valueType else {
      return nil
    }
    self.init(element: element, bounds: bounds, is64Bit: is64Bit)
  }
}

extension ArraySlice<TextNode> {
  /// Parses `i64` or `i32` if it is next; returns whether it was `i64`.
  fileprivate mutating func takeIndexType() -> Bool {
    let is64Bit = first == .word("i64")
    if is64Bit || first == .word("i32") { removeFirst() }
    return is64Bit
  }

  fileprivate mutating func takeBounds() -> SizeBounds? {
    guard let minimum = takeNumber() else { return nil }
    return SizeBounds(minimum: minimum, maximum: takeNumber())
  }

  private mutating func takeNumber() -> UInt64? {
    guard case .word(let word)? = first, let number = UInt64(word) else { return nil }
    removeFirst()
    return number
  }
}

/// A word or a list in parentheses.
private enum TextNode: Equatable {
  case word(String)
  case list([TextNode])

  /// Parses one node from a whole text; nil if parentheses do not match or other text follows.
  init?(_ text: String) {
    var open: [[TextNode]] = [[]]
    var word = ""
    for character in text + " " {
      if !word.isEmpty, character == " " || character == "\t" || character == "(" || character == ")" {
        open[open.count - 1].append(.word(word))
        word = ""
      }
      switch character {
      case " ", "\t": break
      case "(":
        guard open.count < 8 else { return nil }
        open.append([])
      case ")":
        guard open.count > 1, let list = open.popLast() else { return nil }
        open[open.count - 1].append(.list(list))
      default: word.append(character)
      }
    }
    guard open.count == 1, open[0].count == 1 else { return nil }
    self = open[0][0]
  }

  var items: [TextNode]? {
    if case .list(let items) = self { items } else { nil }
  }

  /// The value type that the node means; nil if it is none.
  var valueType: CoreValueTypeDescription? {
    switch self {
    case .word(let word): return CoreValueTypeDescription(word: word)
    case .list(let items):
      let words = items.compactMap { item in if case .word(let word) = item { word } else { nil } }
      guard words.count == items.count, words.first == "ref" else { return nil }
      let isNullable = words.count == 3 && words[1] == "null"
      guard isNullable || words.count == 2 else { return nil }
      return HeapTypeDescription(word: words[words.count - 1]).map { .reference($0, isNullable: isNullable) }
    }
  }
}
