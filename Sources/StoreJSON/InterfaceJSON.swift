public import JSONText
public import Wasm

// The JSON of a module's interface. Documentation/cli.md, "inspect", describes the members. An interface may have
// thousands of values, so it is written directly, with the members sorted by name.

extension ModuleDescription {
  /// The names of the members. They are null for an invalid module.
  static let memberNames = [
    "complete", "exports", "features", "functions", "imports", "memories", "module_name", "producers",
    "sections", "start", "tables", "target_features", "worlds",
  ]

  /// The interface and the other properties of the module, as members of an object.
  public var jsonMembers: [(String, JSONValue)] {
    [
      ("complete", .boolean(isComplete)),
      ("exports", .written { $0.array(exports) { $0.writeJSON(in: encoding, to: &$1) } }),
      ("features", .array(features.featureNames.map { .text($0) })), ("functions", .count(definedFunctions)),
      ("imports", .written { $0.array(imports) { $0.writeJSON(in: encoding, to: &$1) } }),
      (
        "memories",
        .written { $0.array(memories) { ExternalType.memory($0).writeJSON(in: encoding, to: &$1) } }
      ),
      ("module_name", .optional(name)),
      ("producers", .written { $0.array(producers) { $0.writeJSON(to: &$1) } }),
      ("sections", .written { $0.array(sections) { $0.writeJSON(to: &$1) } }),
      ("start", .optional(start.map { Int($0) })),
      ("tables", .written { $0.array(tables) { ExternalType.table($0).writeJSON(in: encoding, to: &$1) } }),
      ("target_features", .array(targetFeatures.map { .text($0) })),
      ("worlds", .written { $0.array(worlds) { $0.writeJSON(to: &$1) } }),
    ]
  }
}

extension JSONWriter {
  /// Writes the members `exports` and `imports`.
  fileprivate mutating func members(
    _ exports: [ModuleExport], _ imports: [ModuleImport], in encoding: Encoding
  ) {
    member("exports", exports) { $0.writeJSON(in: encoding, to: &$1) }
    member("imports", imports) { $0.writeJSON(in: encoding, to: &$1) }
  }
}

extension WorldDescription {
  fileprivate func writeJSON(to writer: inout JSONWriter) {
    writer.object { object in
      object.members(exports, imports, in: .component)
      object.member("name", name)
    }
  }
}

extension ExternalType {
  /// Writes the type as an object: its kind, its text on one line, and its parts.
  fileprivate func writeJSON(in encoding: Encoding, to writer: inout JSONWriter) {
    writer.object { object in
      writeParts(to: &object)
      object.member("text") { $0.text { write(in: encoding, to: &$0) } }
      if case .global(let type, _) = self { object.member("type", type.text) }
    }
  }

  /// Writes the members that come before `text`.
  private func writeParts(to object: inout JSONWriter) {
    switch self {
    case .function(let signature): signature.writeParts(to: &object)
    case .table(let table): table.writeParts(to: &object)
    case .memory(let memory): memory.writeParts(to: &object)
    case .global(_, let isMutable):
      object.member("kind", "global")
      object.member("mutable", isMutable)
    case .tag(let parameters, let definedType):
      object.member("defined_type", definedType?.text)
      object.member("kind", "tag")
      object.member("parameters", parameters) {
        FunctionSignature.Parameter(name: nil, type: .core($0)).writeJSON(to: &$1)
      }
    case .module(let imports, let exports):
      object.members(exports, imports, in: .core)
      object.member("kind", "module")
    case .component(let imports, let exports):
      object.members(exports, imports, in: .component)
      object.member("kind", "component")
    case .instance(let exports, let implements):
      object.member("exports", exports) { $0.writeJSON(in: .component, to: &$1) }
      object.member("implements", implements)
      object.member("kind", "instance")
    case .resource: object.member("kind", "resource")
    case .type(let definition):
      object.member("definition") { $0.text { definition.write(to: &$0) } }
      object.member("kind", "type")
    case .typeOf(let type):
      object.member("definition") { $0.text { type.write(in: .component, to: &$0) } }
      object.member("kind", "type")
    }
  }
}

extension ExternalType {
  /// Writes the name and the type of an import or export.
  fileprivate func writeMembers(named name: String, in encoding: Encoding, to object: inout JSONWriter) {
    object.member("name", name)
    object.member("type") { writeJSON(in: encoding, to: &$0) }
  }
}

extension ModuleImport {
  fileprivate func writeJSON(in encoding: Encoding, to writer: inout JSONWriter) {
    writer.object { object in
      object.member("module", module)
      type.writeMembers(named: name, in: encoding, to: &object)
    }
  }
}

extension ModuleExport {
  fileprivate func writeJSON(in encoding: Encoding, to writer: inout JSONWriter) {
    writer.object { object in
      type.writeMembers(named: name, in: encoding, to: &object)
    }
  }
}

extension FunctionSignature {
  fileprivate func writeParts(to object: inout JSONWriter) {
    object.member("async", isAsync)
    object.member("defined_type", definedType?.text)
    object.member("kind", "function")
    object.member("parameters", parameters) { $0.writeJSON(to: &$1) }
    object.member("results", results) { type, result in result.text { type.write(to: &$0) } }
  }
}

extension FunctionSignature.Parameter {
  fileprivate func writeJSON(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("name", name)
      object.member("type") { $0.text { type.write(to: &$0) } }
    }
  }
}

extension SizeBounds {
  fileprivate func writeMembers(to object: inout JSONWriter) {
    object.member("maximum", maximum)
    object.member("minimum", minimum)
  }
}

extension MemoryDescription {
  fileprivate func writeParts(to object: inout JSONWriter) {
    object.member("address", is64Bit ? "i64" : "i32")
    object.member("kind", "memory")
    bounds.writeMembers(to: &object)
    object.member("page_size", pageSize)
    object.member("shared", isShared)
  }
}

extension TableDescription {
  fileprivate func writeParts(to object: inout JSONWriter) {
    object.member("address", is64Bit ? "i64" : "i32")
    object.member("element", element.text)
    object.member("kind", "table")
    bounds.writeMembers(to: &object)
  }
}

extension SectionDescription {
  /// The section as an object.
  public var json: JSONValue { .written { writeJSON(to: &$0) } }

  fileprivate func writeJSON(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("count", count)
      object.member("custom", isCustom)
      object.member("name", name)
      object.member("offset", offset)
      object.member("size", size)
    }
  }
}

extension Producer {
  fileprivate func writeJSON(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("field", field)
      object.member("name", name)
      object.member("version", version)
    }
  }
}
