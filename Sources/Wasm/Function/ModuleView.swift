/// The definitions that function bodies may refer to, fixed when the code section starts.
///
/// It has a copy of everything except the types, at fixed addresses for as long as the context exists. Nothing writes to
/// the copy after `init`, so threads may share it.
final class CodeContext: @unchecked Sendable {
  let allowedFeatures: Features
  let importedFunctions: Int
  private let types: CoreTypes
  /// The copies, with no types.
  private let copies: ModuleView

  init(_ module: CoreModule, types: CoreTypes) {
    allowedFeatures = module.features.allowed
    importedFunctions = module.importedFunctions
    self.types = types
    copies = ModuleView(
      types: ModuleView.empty.types, typeIDs: .copy(of: module.typeIDs),
      functions: .copy(of: module.functions),
      globals: .copy(of: module.globals),
      memories: .copy(of: module.memories.map { ($0.limits.is64Bit ? ValueType.i64 : .i32).bits }),
      tables: .copy(of: module.tables), tags: .copy(of: module.tags),
      elementSegments: .copy(of: module.elementSegments), dataCount: module.dataCount ?? -1)
  }

  deinit {
    copies.typeIDs.deallocate()
    copies.functions.deallocate()
    copies.globals.deallocate()
    copies.memories.deallocate()
    copies.tables.deallocate()
    copies.tags.deallocate()
    copies.elementSegments.deallocate()
  }

  /// Runs `body` with fast access to the contents.
  func withView<Result>(_ body: (ModuleView) throws(ValidationError) -> Result) throws(ValidationError)
    -> Result
  {
    // The context owns the copies and must not be freed before `body` returns.
    defer { withExtendedLifetime(self) {} }
    return try types.withView { (types) throws(ValidationError) in
      var view = copies
      view.types = types
      return try body(view)
    }
  }
}

extension UnsafeBufferPointer where Element: BitwiseCopyable {
  /// Copies an array. The caller frees the memory.
  fileprivate static func copy(of elements: [Element]) -> UnsafeBufferPointer<Element> {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = copy.initialize(from: elements)
    return UnsafeBufferPointer(copy)
  }
}

/// Fast access to a `CodeContext`, valid until the call that created it returns.
struct ModuleView {
  var types: CoreTypeView
  var typeIDs: UnsafeBufferPointer<UInt32>
  /// As `CoreModule.functions`.
  var functions: UnsafeBufferPointer<UInt32>
  /// As `CoreModule.globals`.
  var globals: UnsafeBufferPointer<UInt32>
  /// The address type of each memory.
  var memories: UnsafeBufferPointer<UInt32>
  var tables: UnsafeBufferPointer<TableType>
  var tags: UnsafeBufferPointer<UInt32>
  var elementSegments: UnsafeBufferPointer<ValueType>
  /// The number of data segments, or -1 if the module does not state it before its code.
  var dataCount: Int

  /// The view of an empty module.
  static var empty: ModuleView {
    ModuleView(
      types: CoreTypeView(types: .init(start: nil, count: 0), words: .init(start: nil, count: 0)),
      typeIDs: .init(start: nil, count: 0), functions: .init(start: nil, count: 0),
      globals: .init(start: nil, count: 0), memories: .init(start: nil, count: 0),
      tables: .init(start: nil, count: 0), tags: .init(start: nil, count: 0),
      elementSegments: .init(start: nil, count: 0), dataCount: -1)
  }
}
