/// Validates a WebAssembly module or component while its bytes arrive.
///
/// Memory is bounded by the declarations of the module and by its largest single entry: each function body is validated
/// when it is complete; the bytes of data segments and custom sections are skipped. The first error in file order is
/// reported, and it does not depend on how the input is cut into pieces.
public struct ModuleValidator: ~Copyable {
  private var decoder: BinaryDecoder
  private var pending = PendingInput()
  /// The number of decoded bytes of the input; pending bytes come after them.
  private var decoded = 0
  private var failure: ValidationError?

  /// Makes a validator that accepts the given features.
  public init(features: Features = .default) {
    decoder = BinaryDecoder(features: features)
  }

  /// Validates the next bytes of the input.
  ///
  /// - Throws: The first error of the input, as soon as its bytes are there; then the same error each time.
  public mutating func feed(_ chunk: RawSpan) throws(ValidationError) {
    if let failure { throw failure }
    do throws(ValidationError) {
      try chunk.withUnsafeBytes { (bytes) throws(ValidationError) in
        try self.feed(bytes.bindMemory(to: UInt8.self))
      }
    } catch {
      failure = error
      throw error
    }
  }

  /// Ends the input and returns its imports, exports and structure.
  ///
  /// - Throws: The first error of the input, `unexpected end-of-file` if it ends too early.
  public mutating func finish() throws(ValidationError) -> ModuleDescription {
    if let failure { throw failure }
    do throws(ValidationError) {
      decoder.isInputComplete = true
      try retryPending()
      return try decoder.finish(at: decoded + pending.bytes.count, isEntryPending: !pending.isEmpty)
    } catch {
      failure = error
      throw error
    }
  }

  private mutating func feed(_ chunk: UnsafeBufferPointer<UInt8>) throws(ValidationError) {
    var rest = chunk
    while !pending.isEmpty && !rest.isEmpty {
      let added = min(pending.missing, rest.count)
      let isEnough = added == pending.missing
      pending.append(rest, count: added)
      rest = UnsafeBufferPointer(rebasing: rest[added...])
      if isEnough { try retryPending() }
    }
    if !rest.isEmpty { try decode(rest) }
  }

  /// Decodes bytes after those decoded so far, while none are pending, and keeps an incomplete rest.
  private mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>) throws(ValidationError) {
    var window = ByteReader(bytes, at: decoded)
    let needed = try decoder.advance(&window)
    let used = window.offset - decoded
    decoded += used
    pending.keep(UnsafeBufferPointer(rebasing: bytes[used...]), needed: needed)
  }

  private mutating func retryPending() throws(ValidationError) {
    let bytes = pending.bytes
    try bytes.withUnsafeBufferPointer { (buffer) throws(ValidationError) in
      try self.decode(buffer)
    }
  }
}

/// Validates a module or component that is completely in memory.
///
/// - Throws: The first error in file order.
public func validate(
  _ bytes: [UInt8], features: Features = .default
) throws(ValidationError) -> ModuleDescription {
  var validator = ModuleValidator(features: features)
  try validator.feed(bytes.span.bytes)
  return try validator.finish()
}
