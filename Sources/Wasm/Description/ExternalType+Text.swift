extension ExternalType {
  /// The type on one line, safe to show on a terminal.
  ///
  /// The types of a core module are written as the text format writes them: `(func (param i32) (result i32))`,
  /// `(memory 1 2)`, `(table 0 funcref)`, `(global (mut i32))`, `(tag (param i32))`. Those of a component are
  /// written in the manner of WIT: `func(a: list<u8>) -> u32`, `interface { read: func() -> u8 }`, `resource`,
  /// `type record { a: u32 }`. `encoding` is that of the module or component that imports or exports it.
  public func text(in encoding: Encoding) -> String {
    switch self {
    case .function(let signature): encoding == .core ? signature.coreText : signature.componentText
    case .table(let table): table.text
    case .memory(let memory): memory.text
    case .global(let type, let isMutable): "(global " + (isMutable ? "(mut \(type))" : type) + ")"
    case .tag(let parameters): "(tag" + clause("param", parameters) + ")"
    case .module(let imports, let exports):
      "(core module"
        + imports.map { " (import \($0.quotedNames) \($0.type.text(in: .core)))" }.joined()
        + exports.map { " (export \($0.name.quotedInText) \($0.type.text(in: .core)))" }.joined() + ")"
    case .component(let imports, let exports):
      braced(
        "component",
        imports.map { "import \($0.name): \($0.type.text(in: .component))" }
          + exports.map { "export \($0.name): \($0.type.text(in: .component))" })
    case .instance(let exports):
      braced("interface", exports.map { "\($0.name): \($0.type.text(in: .component))" })
    case .resource: "resource"
    case .type(let definition): "type \(definition)"
    }
  }

  /// The type as a line among others shows it: as `text(in:)`, but what is inside modules, components and interfaces
  /// is only counted.
  public func summary(in encoding: Encoding) -> String {
    switch self {
    case .module(let imports, let exports):
      "core module with \(counted(imports.count, "import")), \(counted(exports.count, "export"))"
    case .component(let imports, let exports):
      "component with \(counted(imports.count, "import")), \(counted(exports.count, "export"))"
    case .instance(let exports): "interface with \(counted(exports.count, "item"))"
    case .function, .table, .memory, .global, .tag, .resource, .type: text(in: encoding)
    }
  }
}

extension ModuleImport {
  /// The name as lines of text show it: `env.log`, and of a component's import the one name that it has.
  public var shownName: String { ((module.map { $0 + "." } ?? "") + name).printable(upTo: .max) }

  /// The two names as the text format writes them.
  fileprivate var quotedNames: String {
    (module.map { $0.quotedInText + " " } ?? "") + name.quotedInText
  }
}

extension ModuleExport {
  /// The name as lines of text show it.
  public var shownName: String { name.printable(upTo: .max) }
}

extension FunctionSignature {
  /// The signature as the text format writes it.
  fileprivate var coreText: String {
    "(func" + clause("param", parameters.map(\.type)) + clause("result", results) + ")"
  }

  /// The signature in the manner of WIT.
  fileprivate var componentText: String {
    var text = isAsync ? "async func(" : "func("
    for (position, parameter) in parameters.enumerated() {
      if position > 0 { text += ", " }
      if let name = parameter.name {
        text += name
        text += ": "
      }
      text += parameter.type
    }
    text += ")"
    for (position, result) in results.enumerated() {
      text += position == 0 ? " -> " : ", "
      text += result
    }
    return text.printable(upTo: .max)
  }
}

extension TableDescription {
  fileprivate var text: String { "(table " + (is64Bit ? "i64 " : "") + "\(bounds.text) \(element))" }
}

extension MemoryDescription {
  fileprivate var text: String {
    "(memory " + (is64Bit ? "i64 " : "") + bounds.text + (isShared ? " shared" : "")
      + (pageSize == 65_536 ? "" : " (pagesize \(pageSize))") + ")"
  }
}

extension SizeBounds {
  fileprivate var text: String { "\(minimum)" + (maximum.map { " \($0)" } ?? "") }
}

extension String {
  /// The name as a string of the text format.
  fileprivate var quotedInText: String {
    var escaped = ""
    for scalar in unicodeScalars {
      if scalar == "\"" || scalar == "\\" { escaped.unicodeScalars.append("\\") }
      escaped.unicodeScalars.append(scalar)
    }
    return "\"\(escaped.printable(upTo: .max))\""
  }
}

private func clause(_ word: String, _ types: [String]) -> String {
  types.isEmpty ? "" : " (\(word) \(types.joined(separator: " ")))"
}

private func braced(_ word: String, _ items: [String]) -> String {
  items.isEmpty ? "\(word) {}" : "\(word) { \(items.joined(separator: "; ").printable(upTo: .max)) }"
}

private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
