extension ExternalType {
  /// Parses the type of an import or export, in the form of `text(in:)` for this encoding.
  ///
  /// The text may have more white space between words. The result is nil if the text is not such a type, or nests
  /// deeper than a valid one. Names of types are not checked, because their definitions are unknown here. A type that
  /// was cut in a description (`ModuleDescription.isComplete`) is not valid.
  public init?(parsing text: String, in encoding: Encoding) {
    guard encoding == .component else {
      self.init(parsing: text)
      return
    }
    var parser = ComponentTypeParser(text)
    guard let type = parser.takeType(), parser.isAtEnd else { return nil }
    self = type
  }
}

/// A parser of the types of components; `TypeTextCursor` parses those of values.
private struct ComponentTypeParser {
  private var text: TypeTextCursor

  init(_ text: String) { self.text = TypeTextCursor(text) }

  var isAtEnd: Bool {
    mutating get {
      text.skipSpaces()
      return text.isAtEnd
    }
  }

  /// Parses a type; nil if there is none.
  mutating func takeType() -> ExternalType? {
    guard text.descend() else { return nil }
    defer { text.ascend() }
    if text.follows("(") { return takeModule() }
    switch text.peekedWord {
    case "resource":
      _ = text.takeWord()
      return .resource
    case "type":
      _ = text.takeWord()
      return takeDefinition()
    case "func", "async": return takeFunction().map { .function($0) }
    case "interface": return takeInterface()
    case "component": return takeComponent()
    default: return nil
    }
  }

  /// Parses the definition of a type.
  private mutating func takeDefinition() -> ExternalType? {
    switch text.peekedWord {
    case "func", "async", "interface", "component": takeType().map { .typeOf($0) }
    default: text.takeValueType().map { .type(definition: $0) }
    }
  }

  private mutating func takeFunction() -> FunctionSignature? {
    let isAsync = text.take(word: "async")
    guard text.take(word: "func"), text.take("(") else { return nil }
    var signature = FunctionSignature(parameters: [], results: [], isAsync: isAsync)
    while !text.take(")") {
      guard signature.parameters.isEmpty || text.take(","), let name = text.takeName(), name.isLabel,
        let type = text.takeValueType()
      else { return nil }
      signature.parameters.append(FunctionSignature.Parameter(name: name, type: type))
    }
    guard text.takeArrow() else { return signature }
    guard let result = text.takeValueType() else { return nil }
    signature.results = [result]
    return signature
  }

  private mutating func takeInterface() -> ExternalType? {
    guard text.take(word: "interface") else { return nil }
    let implemented = text.takeWord()
    guard implemented.isEmpty || implemented.utf8.contains(UInt8(ascii: "/")), text.take("{") else {
      return nil
    }
    var items: [ModuleExport] = []
    var names: Set<ExactName> = []
    while !text.take("}") {
      guard takeSeparator(after: items.last?.type) else { return nil }
      if text.take("}") { break }
      guard let (name, type) = takeItem(), names.insert(ExactName(name)).inserted else { return nil }
      items.append(ModuleExport(name: name, type: type))
    }
    return .instance(exports: items, implements: implemented.isEmpty ? nil : implemented)
  }

  private mutating func takeComponent() -> ExternalType? {
    guard text.take(word: "component"), text.take("{") else { return nil }
    var (imports, exports): ([ModuleImport], [ModuleExport]) = ([], [])
    var names = (imports: Set<ExactName>(), exports: Set<ExactName>())
    var last: ExternalType?
    while !text.take("}") {
      guard takeSeparator(after: last) else { return nil }
      if text.take("}") { break }
      let isImport = text.take(word: "import")
      guard isImport || text.take(word: "export"), let (name, type) = takeItem() else { return nil }
      last = type
      if isImport {
        guard names.imports.insert(ExactName(name)).inserted else { return nil }
        imports.append(ModuleImport(module: nil, name: name, type: type))
      } else {
        guard names.exports.insert(ExactName(name)).inserted else { return nil }
        exports.append(ModuleExport(name: name, type: type))
      }
    }
    return .component(imports: imports, exports: exports)
  }

  /// Parses the semicolon after an item, which is optional after an interface. There is none before the first item.
  private mutating func takeSeparator(after last: ExternalType?) -> Bool {
    guard let last else { return true }
    if text.take(";") { return true }
    guard case .instance = last else { return false }
    return true
  }

  /// Parses `NAME: TYPE`, or the forms of multi-line listings, `resource NAME` or `type NAME = DEFINITION`.
  private mutating func takeItem() -> (name: String, type: ExternalType)? {
    switch text.peekedWord {
    case "resource":
      _ = text.takeWord()
      let name = text.takeWord()
      return name.isLabel ? (name, .resource) : nil
    case "type":
      _ = text.takeWord()
      let name = text.takeWord()
      guard name.isLabel, text.take(word: "="), let definition = takeDefinition() else { return nil }
      return (name, definition)
    default:
      guard let name = text.takeName(), let type = takeType() else { return nil }
      return (name, type)
    }
  }

  private mutating func takeModule() -> ExternalType? {
    guard text.take("("), text.take(word: "core"), text.take(word: "module") else { return nil }
    var (imports, exports): ([ModuleImport], [ModuleExport]) = ([], [])
    var names: Set<ExactName> = []
    while !text.take(")") {
      guard text.take("(") else { return nil }
      if text.take(word: "import") {
        guard let module = text.takeString(), let name = text.takeString(), let type = text.takeCoreType()
        else {
          return nil
        }
        imports.append(ModuleImport(module: module, name: name, type: type))
      } else {
        guard text.take(word: "export"), let name = text.takeString(), names.insert(ExactName(name)).inserted,
          let type = text.takeCoreType()
        else { return nil }
        exports.append(ModuleExport(name: name, type: type))
      }
      guard text.take(")") else { return nil }
    }
    return .module(imports: imports, exports: exports)
  }
}
