internal import ModuleStore
internal import Wasm

// The members are described in Documentation/cli.md, "inspect".

extension ExternalType {
  /// The type as an object: its kind, its text on one line, and its parts.
  func json(in encoding: Encoding) -> JSONValue {
    .object([("text", .text(text(in: encoding)))] + parts)
  }

  private var parts: [(String, JSONValue)] {
    switch self {
    case .function(let signature):
      [
        ("kind", .text("function")), ("parameters", .array(signature.parameters.map(\.json))),
        ("results", .array(signature.results.map { .text($0) })), ("async", .boolean(signature.isAsync)),
      ]
    case .table(let table): [("kind", .text("table"))] + table.members
    case .memory(let memory): [("kind", .text("memory"))] + memory.members
    case .global(let type, let isMutable):
      [("kind", .text("global")), ("type", .text(type)), ("mutable", .boolean(isMutable))]
    case .tag(let parameters):
      [
        ("kind", .text("tag")),
        ("parameters", .array(parameters.map { FunctionSignature.Parameter(name: nil, type: $0).json })),
      ]
    case .module(let imports, let exports):
      [("kind", .text("module"))] + members(imports, exports, in: .core)
    case .component(let imports, let exports):
      [("kind", .text("component"))] + members(imports, exports, in: .component)
    case .instance(let exports):
      [("kind", .text("instance")), ("exports", .array(exports.map { $0.json(in: .component) }))]
    case .resource: [("kind", .text("resource"))]
    case .type(let definition): [("kind", .text("type")), ("definition", .text(definition))]
    }
  }
}

/// The members `imports` and `exports`.
private func members(
  _ imports: [ModuleImport], _ exports: [ModuleExport], in encoding: Encoding
) -> [(String, JSONValue)] {
  [
    ("imports", .array(imports.map { $0.json(in: encoding) })),
    ("exports", .array(exports.map { $0.json(in: encoding) })),
  ]
}

extension ModuleImport {
  fileprivate func json(in encoding: Encoding) -> JSONValue {
    .object([("module", .optional(module)), ("name", .text(name)), ("type", type.json(in: encoding))])
  }
}

extension ModuleExport {
  fileprivate func json(in encoding: Encoding) -> JSONValue {
    .object([("name", .text(name)), ("type", type.json(in: encoding))])
  }
}

extension FunctionSignature.Parameter {
  fileprivate var json: JSONValue { .object([("name", .optional(name)), ("type", .text(type))]) }
}

extension SizeBounds {
  fileprivate var members: [(String, JSONValue)] {
    [
      ("minimum", .number(Int64(clamping: minimum))),
      ("maximum", maximum.map { .number(Int64(clamping: $0)) } ?? .null),
    ]
  }
}

extension MemoryDescription {
  fileprivate var members: [(String, JSONValue)] {
    bounds.members + [
      ("address", .text(is64Bit ? "i64" : "i32")), ("shared", .boolean(isShared)),
      ("page_size", .count(pageSize)),
    ]
  }
}

extension TableDescription {
  fileprivate var members: [(String, JSONValue)] {
    bounds.members + [("address", .text(is64Bit ? "i64" : "i32")), ("element", .text(element))]
  }
}

extension SectionDescription {
  var json: JSONValue {
    .object([
      ("count", .optional(count)), ("custom", .boolean(isCustom)), ("name", .text(name)),
      ("offset", .count(offset)), ("size", .count(size)),
    ])
  }
}

extension Producer {
  fileprivate var json: JSONValue {
    .object([("field", .text(field)), ("name", .text(name)), ("version", .text(version))])
  }
}

extension ModuleDescription {
  /// The names of the members, which are null for an invalid module.
  static let memberNames = [
    "complete", "exports", "features", "functions", "imports", "memories", "module_name", "producers",
    "sections", "start",
    "tables", "target_features",
  ]

  /// What the module needs and offers, as members of an object.
  var members: [(String, JSONValue)] {
    [
      ("complete", .boolean(isComplete)),
      ("features", .array(features.featureNames.map { .text($0) })), ("module_name", .optional(name)),
      ("functions", .count(definedFunctions)), ("start", .optional(start.map { Int($0) })),
      ("memories", .array(memories.map { ExternalType.memory($0).json(in: encoding) })),
      ("tables", .array(tables.map { ExternalType.table($0).json(in: encoding) })),
      ("sections", .array(sections.map(\.json))), ("producers", .array(producers.map(\.json))),
      ("target_features", .array(targetFeatures.map { .text($0) })),
    ] + CommandLineTool.members(imports, exports, in: encoding)
  }
}
