/// The sections of a core module, by their ids (specification 5.5.2).
enum CoreSection: UInt8, Sendable {
  case custom = 0
  case type = 1
  case `import` = 2
  case function = 3
  case table = 4
  case memory = 5
  case global = 6
  case export = 7
  case start = 8
  case element = 9
  case code = 10
  case data = 11
  case dataCount = 12
  case tag = 13

  /// The name in the specification.
  var name: String {
    switch self {
    case .custom: "custom"
    case .type: "type"
    case .import: "import"
    case .function: "function"
    case .table: "table"
    case .memory: "memory"
    case .global: "global"
    case .export: "export"
    case .start: "start"
    case .element: "element"
    case .code: "code"
    case .data: "data"
    case .dataCount: "data count"
    case .tag: "tag"
    }
  }

  /// The section's place in the prescribed order; custom sections have none.
  var rank: Int {
    switch self {
    case .custom: 0
    case .type: 1
    case .import: 2
    case .function: 3
    case .table: 4
    case .memory: 5
    case .tag: 6
    case .global: 7
    case .export: 8
    case .start: 9
    case .element: 10
    case .dataCount: 11
    case .code: 12
    case .data: 13
    }
  }

  /// Whether the contents are one number instead of a vector.
  var holdsOneNumber: Bool { self == .start || self == .dataCount }

  /// The maximum number of entries in the section, and the name of the entries.
  var limit: (count: Int, subject: String) {
    switch self {
    case .custom: (0, "custom section")
    case .type: (Limit.types, "type")
    case .import: (Limit.imports, "import")
    case .function: (Limit.functions, "function")
    case .table: (Limit.tables, "table")
    case .memory: (Limit.memories, "memory")
    case .global: (Limit.globals, "global")
    case .export: (Limit.exports, "export")
    case .start: (1, "start function")
    case .element: (Limit.elementSegments, "element segment")
    case .code: (Limit.functions, "function body")
    case .data: (Limit.dataSegments, "data segment")
    case .dataCount: (1, "data count")
    case .tag: (Limit.tags, "tag")
    }
  }
}
