extension WorldDescription {
  /// Appends the UTF-8 of the world in the style of WIT, in lines that are safe to show on a terminal: each interface
  /// with its contents, one item per line. For a list of more than `limit` names only the number is written.
  public func write(to text: inout [UInt8], upTo limit: Int = .max) {
    text.append(text: "world ")
    if !name.isEmpty {
      text.append(escaped: name)
      text.append(0x20)
    }
    guard !imports.isEmpty || !exports.isEmpty else { return text.append(text: "{}\n") }
    text.append(text: "{\n")
    if imports.count > limit { text.append(number: imports.count, of: "imports", indentation: "  ") }
    for item in imports.prefix(imports.count > limit ? 0 : .max) {
      item.type.write(to: &text, "  import ", named: item.name, indentation: "  ", upTo: limit)
    }
    if exports.count > limit { text.append(number: exports.count, of: "exports", indentation: "  ") }
    for item in exports.prefix(exports.count > limit ? 0 : .max) {
      item.type.write(to: &text, "  export ", named: item.name, indentation: "  ", upTo: limit)
    }
    text.append(text: "}\n")
  }
}

extension PackageDescription {
  /// Appends the UTF-8 of the package in the style of WIT, with its interfaces and worlds in order. For a list of more
  /// than `limit` names only the number is written.
  public func write(to text: inout [UInt8], upTo limit: Int = .max) {
    for (position, item) in items.enumerated() {
      if position > 0 { text.append(0x0a) }
      if case .component(let imports, let exports) = item.type {
        WorldDescription(name: item.name, imports: imports, exports: exports).write(to: &text, upTo: limit)
      } else if case .instance(let exports, _) = item.type {
        text.append(text: "interface ")
        text.append(escaped: item.name)
        text.append(0x20)
        exports.writeItems(to: &text, indentation: "", upTo: limit)
      }
    }
  }
}

extension [ModuleExport] {
  /// Writes the items of an interface in braces.
  fileprivate func writeItems(to text: inout [UInt8], indentation: String, upTo limit: Int) {
    guard !isEmpty else { return text.append(text: "{}\n") }
    text.append(text: "{\n")
    let inner = indentation + "  "
    if count > limit { text.append(number: count, of: "items", indentation: inner) }
    for item in prefix(count > limit ? 0 : .max) {
      item.type.write(to: &text, inner, named: item.name, indentation: inner, upTo: limit)
    }
    text.append(text: indentation)
    text.append(text: "}\n")
  }
}

extension ExternalType {
  /// Writes an item of a world or interface after its introduction.
  fileprivate func write(
    to text: inout [UInt8], _ introduction: String, named name: String, indentation: String,
    upTo limit: Int
  ) {
    text.append(text: introduction)
    switch self {
    case .instance(let exports, let implements):
      text.append(printable: name)
      text.append(text: ": interface ")
      if let implements { text.append(printable: implements + " ") }
      exports.writeItems(to: &text, indentation: indentation, upTo: limit)
    case .resource:
      text.append(text: "resource ")
      text.append(printable: name)
      text.append(UInt8(ascii: ";"))
      text.append(0x0a)
    case .type(let definition):
      text.append(text: "type ")
      text.append(printable: name)
      text.append(text: " = ")
      text.append(printable: definition.text)
      text.append(UInt8(ascii: ";"))
      text.append(0x0a)
    case .typeOf(let type):
      text.append(text: "type ")
      text.append(printable: name)
      text.append(text: " = ")
      type.write(in: .component, to: &text)
      text.append(UInt8(ascii: ";"))
      text.append(0x0a)
    case .function, .table, .memory, .global, .tag, .module, .component:
      write(in: .component, named: name, to: &text)
      text.append(UInt8(ascii: ";"))
      text.append(0x0a)
    }
  }
}

extension [UInt8] {
  /// Appends a line with a number of items.
  fileprivate mutating func append(number: Int, of noun: StaticString, indentation: String) {
    append(text: indentation + "// \(number) \(noun)\n")
  }
}
