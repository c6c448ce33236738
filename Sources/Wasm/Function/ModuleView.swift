/// What function bodies may refer to, fixed once the code section begins.
final class CodeContext: Sendable {
  let allowedFeatures: Features
  let types: CoreTypes
  let typeIDs: [UInt32]
  /// As `CoreModule.functions`.
  let functions: [UInt32]
  let importedFunctions: Int
  let tables: [TableType]
  /// The address type of each memory.
  let memories: [UInt32]
  /// As `CoreModule.globals`.
  let globals: [UInt32]
  let tags: [UInt32]
  let elementSegments: [ValueType]
  /// The number of data segments, or -1 if the module does not say it before its code.
  let dataCount: Int

  init(_ module: CoreModule, types: CoreTypes) {
    allowedFeatures = module.features.allowed
    self.types = types
    typeIDs = module.typeIDs
    functions = module.functions
    importedFunctions = module.importedFunctions
    tables = module.tables
    memories = module.memories.map { ($0.limits.is64Bit ? ValueType.i64 : .i32).bits }
    globals = module.globals
    tags = module.tags
    elementSegments = module.elementSegments
    dataCount = module.dataCount ?? -1
  }

  /// Runs `body` with fast access to the contents.
  func withView<Result>(_ body: (ModuleView) throws(ValidationError) -> Result) throws(ValidationError)
    -> Result
  {
    try types.withView { (types) throws(ValidationError) in
      try typeIDs.withUnsafeBufferPointer { (typeIDs) throws(ValidationError) in
        try functions.withUnsafeBufferPointer { (functions) throws(ValidationError) in
          try globals.withUnsafeBufferPointer { (globals) throws(ValidationError) in
            try memories.withUnsafeBufferPointer { (memories) throws(ValidationError) in
              try tables.withUnsafeBufferPointer { (tables) throws(ValidationError) in
                try tags.withUnsafeBufferPointer { (tags) throws(ValidationError) in
                  try elementSegments.withUnsafeBufferPointer { (segments) throws(ValidationError) in
                    try body(
                      ModuleView(
                        types: types, typeIDs: typeIDs, functions: functions, globals: globals,
                        memories: memories, tables: tables, tags: tags, elementSegments: segments,
                        dataCount: dataCount))
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

/// Fast access to a `CodeContext`, valid for as long as the call that made it.
struct ModuleView {
  var types: CoreTypeView
  var typeIDs: UnsafeBufferPointer<UInt32>
  var functions: UnsafeBufferPointer<UInt32>
  var globals: UnsafeBufferPointer<UInt32>
  var memories: UnsafeBufferPointer<UInt32>
  var tables: UnsafeBufferPointer<TableType>
  var tags: UnsafeBufferPointer<UInt32>
  var elementSegments: UnsafeBufferPointer<ValueType>
  var dataCount: Int

  /// The view of a module that has nothing.
  static var empty: ModuleView {
    ModuleView(
      types: CoreTypeView(types: .init(start: nil, count: 0), words: .init(start: nil, count: 0)),
      typeIDs: .init(start: nil, count: 0), functions: .init(start: nil, count: 0),
      globals: .init(start: nil, count: 0), memories: .init(start: nil, count: 0),
      tables: .init(start: nil, count: 0), tags: .init(start: nil, count: 0),
      elementSegments: .init(start: nil, count: 0), dataCount: -1)
  }
}
