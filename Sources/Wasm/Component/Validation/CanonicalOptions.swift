/// The options of a canonical function, checked.
struct CanonicalOptions {
  enum StringEncoding: String {
    case utf8 = "utf8"
    case utf16 = "utf16"
    case compactUTF16 = "latin1-utf16"
  }

  var encoding: StringEncoding?
  var hasMemory = false
  var realloc: UInt32?
  var postReturn: UInt32?
  var isAsync = false
  var callback: UInt32?

  func requireMemory(at offset: Int) throws(ValidationError) {
    guard hasMemory else {
      throw ValidationError(.invalid, at: offset, "canonical option `memory` is required")
    }
  }

  func requireRealloc(at offset: Int) throws(ValidationError) {
    try requireMemory(at: offset)
    guard realloc != nil else {
      throw ValidationError(.invalid, at: offset, "canonical option `realloc` is required")
    }
  }

  /// Checks that there is no option that only `canon lift` has.
  func checkLower(at offset: Int) throws(ValidationError) {
    for (name, isGiven) in [("post-return", postReturn != nil), ("callback", callback != nil)] where isGiven {
      throw ValidationError(
        .invalid, at: offset, "canonical option `\(name)` cannot be specified for lowerings")
    }
  }
}

extension ComponentValidator {
  /// Checks the options of a canonical function.
  mutating func check(_ options: [CanonicalOption], at offset: Int) throws(ValidationError)
    -> CanonicalOptions
  {
    var result = CanonicalOptions()
    for option in options { try note(option, in: &result, at: offset) }
    if result.callback != nil && !result.isAsync {
      throw invalid("cannot specify callback without async", at: offset)
    }
    if result.postReturn != nil && result.isAsync {
      throw invalid("cannot specify post-return function in async", at: offset)
    }
    if let realloc = result.realloc { try checkRealloc(realloc, hasMemory: result.hasMemory, at: offset) }
    return result
  }

  private mutating func note(
    _ option: CanonicalOption, in options: inout CanonicalOptions, at offset: Int
  ) throws(ValidationError) {
    switch option {
    case .utf8: try setEncoding(.utf8, in: &options, at: offset)
    case .utf16: try setEncoding(.utf16, in: &options, at: offset)
    case .compactUTF16: try setEncoding(.compactUTF16, in: &options, at: offset)
    case .memory(let index):
      if options.hasMemory { throw repeated("memory", at: offset) }
      try checkMemory(index, at: offset)
      options.hasMemory = true
    case .realloc(let index): try set(&options.realloc, index, "realloc", at: offset)
    case .postReturn(let index): try set(&options.postReturn, index, "post-return", at: offset)
    case .async:
      if options.isAsync { throw repeated("async", at: offset) }
      try requireAsync("canonical option `async` requires the component model async feature", at: offset)
      options.isAsync = true
    case .callback(let index): try set(&options.callback, index, "callback", at: offset)
    case .coreType:
      throw ValidationError(
        .unsupported, at: offset, "canonical option `core type` requires the component model gc feature")
    case .gc:
      throw ValidationError(
        .unsupported, at: offset, "canonical option `gc` requires the `cm-gc` feature")
    }
  }

  private func setEncoding(
    _ encoding: CanonicalOptions.StringEncoding, in options: inout CanonicalOptions, at offset: Int
  ) throws(ValidationError) {
    if let earlier = options.encoding {
      throw invalid(
        "canonical encoding option `\(earlier.rawValue)` conflicts with option `\(encoding.rawValue)`",
        at: offset)
    }
    options.encoding = encoding
  }

  private func set(
    _ option: inout UInt32?, _ index: UInt32, _ name: String, at offset: Int
  ) throws(ValidationError) {
    guard option == nil else { throw repeated(name, at: offset) }
    option = index
  }

  private func repeated(_ name: String, at offset: Int) -> ValidationError {
    invalid("canonical option `\(name)` is specified more than once", at: offset)
  }

  /// Checks that a memory can be used by canonical functions; its pages may have any size.
  func checkMemory(_ index: UInt32, at offset: Int) throws(ValidationError) {
    let memory = try scope.coreMemory(index, at: offset)
    guard !memory.limits.is64Bit else {
      throw ValidationError(
        .unsupported, at: offset, "64-bit memories require the `cm64` feature to be enabled")
    }
    let plain = MemoryType(
      limits: ResizableLimits(minimum: 0, maximum: nil, is64Bit: false, isShared: false),
      pageSizeLog2: memory.pageSizeLog2)
    try types.check(memory, fits: plain, at: offset)
  }

  private func checkRealloc(
    _ index: UInt32, hasMemory: Bool, at offset: Int
  ) throws(ValidationError) {
    guard hasMemory else {
      throw invalid("canonical option `realloc` requires `memory` to also be specified", at: offset)
    }
    let function = try scope.coreFunction(index, at: offset)
    let isFitting =
      types.core.parameters(ofFunction: function) == [.i32, .i32, .i32, .i32]
      && types.core.results(ofFunction: function) == [.i32]
    guard isFitting else {
      throw invalid(
        "canonical option `realloc` uses a core function with an incorrect signature", at: offset)
    }
  }
}
