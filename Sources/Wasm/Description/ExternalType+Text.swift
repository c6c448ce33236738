extension ExternalType {
  /// The type on one line, safe to show on a terminal.
  ///
  /// The types of a core module are in the text format: `(func (param i32) (result i32))`, `(memory 1 2)`, `(table 0
  /// funcref)`, `(global (mut i32))`, `(tag (param i32))`, `(func (type $…) (param i32))`. Those of a component are
  /// similar to WIT: `func(a: list<u8>) -> u32`, `interface { read: func() -> u8 }`, `interface a:b/c { … }` for an
  /// instance that implements `a:b/c`, `resource`, `type record { a: u32 }`. `encoding` is that of the module or
  /// component that imports or exports it.
  public func text(in encoding: Encoding) -> String {
    var text: [UInt8] = []
    write(in: encoding, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the UTF-8 of `text(in:)`.
  public func write(in encoding: Encoding, to text: inout [UInt8]) {
    let start = text.count
    writeUnescaped(in: encoding, to: &text)
    text.makePrintable(from: start)
  }

  /// Appends a name, a colon and the UTF-8 of `text(in:)`.
  public func write(in encoding: Encoding, named name: String, to text: inout [UInt8]) {
    let start = text.count
    writeUnescaped(in: encoding, named: name, to: &text)
    text.makePrintable(from: start)
  }

  private func writeUnescaped(in encoding: Encoding, named name: String, to text: inout [UInt8]) {
    text.append(text: name)
    text.append(UInt8(ascii: ":"))
    text.append(UInt8(ascii: " "))
    writeUnescaped(in: encoding, to: &text)
  }

  /// Appends the type with unescaped names.
  private func writeUnescaped(in encoding: Encoding, to text: inout [UInt8]) {
    switch self {
    case .function(let signature):
      if encoding == .core { signature.writeCore(to: &text) } else { signature.writeComponent(to: &text) }
    case .table(let table): table.write(to: &text)
    case .memory(let memory): memory.write(to: &text)
    case .global(let type, let isMutable):
      text.append(text: isMutable ? "(global (mut " : "(global ")
      text.append(text: type.text)
      text.append(text: isMutable ? "))" : ")")
    case .tag(let parameters, let definedType):
      text.append(text: "(tag")
      text.append(use: definedType)
      text.append(clause: "param", parameters.lazy.map(\.text))
      text.append(UInt8(ascii: ")"))
    case .module(let imports, let exports): ExternalType.writeModule(imports, exports, to: &text)
    case .component(let imports, let exports): ExternalType.writeComponent(imports, exports, to: &text)
    case .instance(let exports, let implements):
      text.append(text: "interface ")
      if let implements { text.append(text: implements + " ") }
      guard !exports.isEmpty else { return text.append(text: "{}") }
      for (position, item) in exports.enumerated() {
        text.append(text: position == 0 ? "{ " : "; ")
        item.type.writeUnescaped(in: .component, named: item.name, to: &text)
      }
      text.append(text: " }")
    case .resource: text.append(text: "resource")
    case .type(let definition):
      text.append(text: "type ")
      definition.write(to: &text)
    case .typeOf(let type):
      text.append(text: "type ")
      type.writeUnescaped(in: .component, to: &text)
    }
  }

  private static func writeModule(
    _ imports: [ModuleImport], _ exports: [ModuleExport], to text: inout [UInt8]
  ) {
    text.append(text: "(core module")
    for item in imports {
      text.append(text: " (import ")
      if let module = item.module {
        text.append(quoted: module)
        text.append(UInt8(ascii: " "))
      }
      text.append(quoted: item.name)
      text.append(UInt8(ascii: " "))
      item.type.writeUnescaped(in: .core, to: &text)
      text.append(UInt8(ascii: ")"))
    }
    for item in exports {
      text.append(text: " (export ")
      text.append(quoted: item.name)
      text.append(UInt8(ascii: " "))
      item.type.writeUnescaped(in: .core, to: &text)
      text.append(UInt8(ascii: ")"))
    }
    text.append(UInt8(ascii: ")"))
  }

  private static func writeComponent(
    _ imports: [ModuleImport], _ exports: [ModuleExport], to text: inout [UInt8]
  ) {
    guard !imports.isEmpty || !exports.isEmpty else { return text.append(text: "component {}") }
    var introduction = "component { "
    for item in imports {
      text.append(text: introduction)
      introduction = "; "
      text.append(text: "import ")
      item.type.writeUnescaped(in: .component, named: item.name, to: &text)
    }
    for item in exports {
      text.append(text: introduction)
      introduction = "; "
      text.append(text: "export ")
      item.type.writeUnescaped(in: .component, named: item.name, to: &text)
    }
    text.append(text: " }")
  }

  /// The type for a line of a listing: as `text(in:)`, but with only the number of items in modules, components and
  /// interfaces.
  public func summary(in encoding: Encoding) -> String {
    switch self {
    case .module(let imports, let exports):
      "core module with \(counted(imports.count, "import")), \(counted(exports.count, "export"))"
    case .component(let imports, let exports):
      "component with \(counted(imports.count, "import")), \(counted(exports.count, "export"))"
    case .instance(let exports, nil): "interface with \(counted(exports.count, "item"))"
    case .instance(let exports, let implements?):
      "interface \(implements.printable(upTo: .max)) with \(counted(exports.count, "item"))"
    case .typeOf(let type): "type " + type.summary(in: encoding)
    case .function, .table, .memory, .global, .tag, .resource, .type: text(in: encoding)
    }
  }
}

extension ModuleImport {
  /// The name for display: `env.log`, or for a component's import its only name.
  public var shownName: String { ((module.map { $0 + "." } ?? "") + name).escaped() }
}

extension ModuleExport {
  /// The name for display.
  public var shownName: String { name.escaped() }
}

extension FunctionSignature {
  /// Appends the signature in the text format.
  fileprivate func writeCore(to text: inout [UInt8]) {
    text.append(text: "(func")
    text.append(use: definedType)
    text.append(clause: "param", parameters.lazy.map(\.type.text))
    text.append(clause: "result", results.lazy.map(\.text))
    text.append(UInt8(ascii: ")"))
  }

  /// Appends the signature in the style of WIT.
  fileprivate func writeComponent(to text: inout [UInt8]) {
    text.append(text: isAsync ? "async func(" : "func(")
    let parameters = parameters.span
    for index in parameters.indices {
      if index > 0 { text.append(text: ", ") }
      if let name = parameters[index].name {
        text.append(text: name)
        text.append(UInt8(ascii: ":"))
        text.append(UInt8(ascii: " "))
      }
      parameters[index].type.write(to: &text)
    }
    text.append(UInt8(ascii: ")"))
    let results = results.span
    for index in results.indices {
      text.append(text: index == 0 ? " -> " : ", ")
      results[index].write(to: &text)
    }
  }
}

extension TableDescription {
  fileprivate func write(to text: inout [UInt8]) {
    text.append(text: is64Bit ? "(table i64 " : "(table ")
    bounds.write(to: &text)
    text.append(UInt8(ascii: " "))
    text.append(text: element.text)
    text.append(UInt8(ascii: ")"))
  }
}

extension MemoryDescription {
  fileprivate func write(to text: inout [UInt8]) {
    text.append(text: is64Bit ? "(memory i64 " : "(memory ")
    bounds.write(to: &text)
    if isShared { text.append(text: " shared") }
    if pageSize != 65_536 {
      text.append(text: " (pagesize ")
      text.append(number: UInt64(clamping: pageSize))
      text.append(UInt8(ascii: ")"))
    }
    text.append(UInt8(ascii: ")"))
  }
}

extension SizeBounds {
  fileprivate func write(to text: inout [UInt8]) {
    text.append(number: minimum)
    guard let maximum else { return }
    text.append(UInt8(ascii: " "))
    text.append(number: maximum)
  }
}

extension [UInt8] {
  /// Appends a name as a string of the text format.
  fileprivate mutating func append(quoted name: String) {
    append(UInt8(ascii: "\""))
    for byte in name.utf8 {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { append(UInt8(ascii: "\\")) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }

  /// Appends the use of a defined type, if there is any.
  fileprivate mutating func append(use type: DefinedTypeHash?) {
    guard let type else { return }
    append(text: " (type ")
    append(text: type.text)
    append(UInt8(ascii: ")"))
  }

  /// Appends the types of parameters or results, if there are any.
  fileprivate mutating func append(clause word: String, _ types: some Collection<String>) {
    guard !types.isEmpty else { return }
    append(text: " (")
    append(text: word)
    append(UInt8(ascii: " "))
    append(texts: types, separator: " ")
    append(UInt8(ascii: ")"))
  }
}

private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
