internal import ModuleStore
internal import Wasm

// What a module needs and offers, as JSON; the members are described in Documentation/cli.md, "inspect". An interface
// may be thousands of values, so it is written straight away: its objects begin with the member that sorts first.

extension [UInt8] {
  /// Appends a text as JSON.
  fileprivate mutating func append(value text: String) {
    JSONValue.writeText(to: &self) { $0.append(text: text) }
  }

  /// Appends a text as JSON, or null where there is none.
  fileprivate mutating func append(value text: String?) {
    if let text { append(value: text) } else { append(text: "null") }
  }

  /// Appends a number, or null where there is none.
  fileprivate mutating func append(value number: UInt64?) {
    if let number { append(number: Swift.min(number, UInt64(Int64.max))) } else { append(text: "null") }
  }

  fileprivate mutating func append(value: Bool) { append(text: value ? "true" : "false") }

  /// Appends a list, as `write` appends its items.
  fileprivate mutating func append<Item>(value items: [Item], _ write: (Item, inout [UInt8]) -> Void) {
    append(UInt8(ascii: "["))
    for index in items.indices {
      if index > 0 { append(UInt8(ascii: ",")) }
      write(items[index], &self)
    }
    append(UInt8(ascii: "]"))
  }

  fileprivate mutating func append(value texts: [String]) {
    append(value: texts) { $1.append(value: $0) }
  }
}

extension ExternalType {
  /// Appends the type as an object: its kind, its text on one line, and its parts.
  fileprivate func writeJSON(in encoding: Encoding, to text: inout [UInt8]) {
    writeParts(to: &text)
    text.append(text: ",\"text\":")
    JSONValue.writeText(to: &text) { write(in: encoding, to: &$0) }
    if case .global(let type, _) = self {
      text.append(text: ",\"type\":")
      text.append(value: type)
    }
    text.append(UInt8(ascii: "}"))
  }

  /// Begins the object with the members that sort before `text`.
  private func writeParts(to text: inout [UInt8]) {
    switch self {
    case .function(let signature): signature.writeParts(to: &text)
    case .table(let table): table.writeParts(to: &text)
    case .memory(let memory): memory.writeParts(to: &text)
    case .global(_, let isMutable):
      text.append(text: "{\"kind\":\"global\",\"mutable\":")
      text.append(value: isMutable)
    case .tag(let parameters, let definedType):
      text.append(text: "{\"defined_type\":")
      text.append(value: definedType)
      text.append(text: ",\"kind\":\"tag\",\"parameters\":")
      text.append(value: parameters) { FunctionSignature.Parameter(name: nil, type: $0).writeJSON(to: &$1) }
    case .module(let imports, let exports):
      writeInterface(imports, exports, in: .core, to: &text)
      text.append(text: ",\"kind\":\"module\"")
    case .component(let imports, let exports):
      writeInterface(imports, exports, in: .component, to: &text)
      text.append(text: ",\"kind\":\"component\"")
    case .instance(let exports, let implements):
      text.append(text: "{\"exports\":")
      text.append(value: exports) { $0.writeJSON(in: .component, to: &$1) }
      text.append(text: ",\"implements\":")
      text.append(value: implements)
      text.append(text: ",\"kind\":\"instance\"")
    case .resource: text.append(text: "{\"kind\":\"resource\"")
    case .type(let definition):
      text.append(text: "{\"definition\":")
      text.append(value: definition)
      text.append(text: ",\"kind\":\"type\"")
    }
  }
}

/// Begins an object with the members `exports` and `imports`.
private func writeInterface(
  _ imports: [ModuleImport], _ exports: [ModuleExport], in encoding: Encoding, to text: inout [UInt8]
) {
  text.append(text: "{\"exports\":")
  text.append(value: exports) { $0.writeJSON(in: encoding, to: &$1) }
  text.append(text: ",\"imports\":")
  text.append(value: imports) { $0.writeJSON(in: encoding, to: &$1) }
}

extension ModuleImport {
  fileprivate func writeJSON(in encoding: Encoding, to text: inout [UInt8]) {
    text.append(text: "{\"module\":")
    text.append(value: module)
    text.append(UInt8(ascii: ","))
    type.writeMembers(named: name, in: encoding, to: &text)
  }
}

extension ModuleExport {
  fileprivate func writeJSON(in encoding: Encoding, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "{"))
    type.writeMembers(named: name, in: encoding, to: &text)
  }
}

extension ExternalType {
  /// Ends the object of an import or export with its name and type.
  fileprivate func writeMembers(named name: String, in encoding: Encoding, to text: inout [UInt8]) {
    text.append(text: "\"name\":")
    text.append(value: name)
    text.append(text: ",\"type\":")
    writeJSON(in: encoding, to: &text)
    text.append(UInt8(ascii: "}"))
  }
}

extension FunctionSignature {
  fileprivate func writeParts(to text: inout [UInt8]) {
    text.append(text: isAsync ? "{\"async\":true" : "{\"async\":false")
    text.append(text: ",\"defined_type\":")
    text.append(value: definedType)
    text.append(text: ",\"kind\":\"function\",\"parameters\":")
    text.append(value: parameters) { $0.writeJSON(to: &$1) }
    text.append(text: ",\"results\":")
    text.append(value: results)
  }
}

extension FunctionSignature.Parameter {
  fileprivate func writeJSON(to text: inout [UInt8]) {
    text.append(text: "{\"name\":")
    text.append(value: name)
    text.append(text: ",\"type\":")
    text.append(value: type)
    text.append(UInt8(ascii: "}"))
  }
}

extension SizeBounds {
  fileprivate func writeMembers(to text: inout [UInt8]) {
    text.append(text: ",\"maximum\":")
    text.append(value: maximum)
    text.append(text: ",\"minimum\":")
    text.append(value: minimum)
  }
}

extension MemoryDescription {
  fileprivate func writeParts(to text: inout [UInt8]) {
    text.append(text: "{\"address\":\"\(is64Bit ? "i64" : "i32")\",\"kind\":\"memory\"")
    bounds.writeMembers(to: &text)
    text.append(text: ",\"page_size\":")
    text.append(value: UInt64(clamping: pageSize))
    text.append(text: ",\"shared\":")
    text.append(value: isShared)
  }
}

extension TableDescription {
  fileprivate func writeParts(to text: inout [UInt8]) {
    text.append(text: "{\"address\":\"\(is64Bit ? "i64" : "i32")\",\"element\":")
    text.append(value: element)
    text.append(text: ",\"kind\":\"table\"")
    bounds.writeMembers(to: &text)
  }
}

extension SectionDescription {
  var json: JSONValue { .written { writeJSON(to: &$0) } }

  fileprivate func writeJSON(to text: inout [UInt8]) {
    text.append(text: "{\"count\":")
    text.append(value: count.map { UInt64(clamping: $0) })
    text.append(text: ",\"custom\":")
    text.append(value: isCustom)
    text.append(text: ",\"name\":")
    text.append(value: name)
    text.append(text: ",\"offset\":")
    text.append(value: UInt64(clamping: offset))
    text.append(text: ",\"size\":")
    text.append(value: UInt64(clamping: size))
    text.append(UInt8(ascii: "}"))
  }
}

extension Producer {
  fileprivate func writeJSON(to text: inout [UInt8]) {
    text.append(text: "{\"field\":")
    text.append(value: field)
    text.append(text: ",\"name\":")
    text.append(value: name)
    text.append(text: ",\"version\":")
    text.append(value: version)
    text.append(UInt8(ascii: "}"))
  }
}

extension JSONValue {
  /// A value that `write` appends as JSON text on one line.
  fileprivate static func written(_ write: (inout [UInt8]) -> Void) -> JSONValue {
    var text: [UInt8] = []
    write(&text)
    return .serialized(text)
  }

  /// A list, as `write` appends its items.
  fileprivate static func list<Item>(_ items: [Item], _ write: (Item, inout [UInt8]) -> Void) -> JSONValue {
    .written { $0.append(value: items, write) }
  }
}

extension ModuleDescription {
  /// The names of the members, which are null for an invalid module.
  static let memberNames = [
    "complete", "exports", "features", "functions", "imports", "memories", "module_name", "producers",
    "sections", "start",
    "tables", "target_features", "worlds",
  ]

  /// What the module needs and offers, as members of an object.
  var members: [(String, JSONValue)] {
    [
      ("complete", .boolean(isComplete)),
      ("exports", .list(exports) { $0.writeJSON(in: encoding, to: &$1) }),
      ("features", .array(features.featureNames.map { .text($0) })), ("functions", .count(definedFunctions)),
      ("imports", .list(imports) { $0.writeJSON(in: encoding, to: &$1) }),
      ("memories", .list(memories) { ExternalType.memory($0).writeJSON(in: encoding, to: &$1) }),
      ("module_name", .optional(name)), ("producers", .list(producers) { $0.writeJSON(to: &$1) }),
      ("sections", .list(sections) { $0.writeJSON(to: &$1) }), ("start", .optional(start.map { Int($0) })),
      ("tables", .list(tables) { ExternalType.table($0).writeJSON(in: encoding, to: &$1) }),
      ("target_features", .array(targetFeatures.map { .text($0) })),
      ("worlds", .array(worlds.map(\.json))),
    ]
  }
}

extension WorldDescription {
  fileprivate var json: JSONValue {
    .object([
      ("exports", .list(exports) { $0.writeJSON(in: .component, to: &$1) }),
      ("imports", .list(imports) { $0.writeJSON(in: .component, to: &$1) }), ("name", .text(name)),
    ])
  }
}
