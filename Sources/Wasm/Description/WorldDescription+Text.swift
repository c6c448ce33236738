extension WorldDescription {
  /// Appends the UTF-8 of the world in the manner of WIT, in lines that are safe to show on a terminal: an interface with
  /// what it holds, one thing a line.
  public func write(to text: inout [UInt8]) {
    text.append(text: "world ")
    if !name.isEmpty {
      text.append(escaped: name)
      text.append(0x20)
    }
    guard !imports.isEmpty || !exports.isEmpty else { return text.append(text: "{}\n") }
    text.append(text: "{\n")
    for index in imports.indices {
      imports[index].type.write(to: &text, "  import ", named: imports[index].name, indentation: "  ")
    }
    for index in exports.indices {
      exports[index].type.write(to: &text, "  export ", named: exports[index].name, indentation: "  ")
    }
    text.append(text: "}\n")
  }
}

extension PackageDescription {
  /// Appends the UTF-8 of the package in the manner of WIT, its interfaces and worlds one after the other.
  public func write(to text: inout [UInt8]) {
    for (position, item) in items.enumerated() {
      if position > 0 { text.append(0x0a) }
      if case .component(let imports, let exports) = item.type {
        WorldDescription(name: item.name, imports: imports, exports: exports).write(to: &text)
      } else if case .instance(let exports, _) = item.type {
        text.append(text: "interface ")
        text.append(escaped: item.name)
        text.append(0x20)
        exports.writeItems(to: &text, indentation: "")
      }
    }
  }
}

extension [ModuleExport] {
  /// Writes the items of an interface in braces.
  fileprivate func writeItems(to text: inout [UInt8], indentation: String) {
    guard !isEmpty else { return text.append(text: "{}\n") }
    text.append(text: "{\n")
    let inner = indentation + "  "
    for index in indices {
      self[index].type.write(to: &text, inner, named: self[index].name, indentation: inner)
    }
    text.append(text: indentation)
    text.append(text: "}\n")
  }
}

extension ExternalType {
  /// Writes an item of a world or interface after what introduces it.
  fileprivate func write(
    to text: inout [UInt8], _ introduction: String, named name: String, indentation: String
  ) {
    text.append(text: introduction)
    switch self {
    case .instance(let exports, let implements):
      text.append(printable: name)
      text.append(text: ": interface ")
      if let implements { text.append(printable: implements + " ") }
      exports.writeItems(to: &text, indentation: indentation)
    case .resource:
      text.append(text: "resource ")
      text.append(printable: name)
      text.append(UInt8(ascii: ";"))
      text.append(0x0a)
    case .type(let definition):
      text.append(text: "type ")
      text.append(printable: name)
      text.append(text: " = ")
      text.append(printable: definition)
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
