/// The state machine that decodes a module or component, one entry at a time.
///
/// It receives windows of the input and does not consume the bytes of an incomplete entry. An entry is read completely
/// or not at all, so the result does not depend on how the input is cut into windows; bytes that need no decoding
/// (data, custom sections) are skipped.
struct BinaryDecoder: ~Copyable {
  /// A module or component that has not ended yet.
  struct Level {
    var encoding: Encoding
    /// The end of the enclosing section; the outermost level has no such bound.
    var end: Int
  }

  /// A section that has not ended yet.
  struct Section {
    var code: UInt8
    var end: Int
    /// The number of entries still to read.
    var remaining = 0
  }

  /// The expected next item.
  enum State {
    case header(expected: Encoding?, end: Int)
    case sectionHeader
    /// The number of entries of the section.
    case count
    case entries
    /// Bytes of the section up to an offset that need no decoding.
    case payload(end: Int)
    /// Bytes of a custom section up to an offset, which are decoded at once; the rest of the section is skipped.
    case contents(CustomSection, end: Int)
  }

  private(set) var levels: [Level] = []
  private(set) var state = State.header(expected: nil, end: Int.max)
  private(set) var outermost = Encoding.core
  var section = Section(code: 0, end: 0)
  /// The core types of all modules so far.
  var types = CoreTypes()
  /// The current core module; core modules do not nest.
  var module: CoreModule
  var code: CodeContext?
  var functions: FunctionValidator
  /// The number of bodies of the module that were read.
  var bodies = 0
  /// Whether bodies are collected instead of validated.
  let defersBodies: Bool
  /// Whether the input ends with the window.
  var isInputComplete: Bool
  var batch: BodyBatch?
  /// Whether all bodies of a module are in the batch, so that it should be validated before decoding continues.
  var isBatchComplete = false
  var component: ComponentReader
  /// The data collected for the description.
  var draft = DescriptionBuilder()
  let features: Features
  private(set) var usedFeatures: Features = []

  init(features: Features, defersBodies: Bool = false) {
    self.features = features
    self.defersBodies = defersBodies
    isInputComplete = defersBodies
    module = CoreModule(features: features)
    component = ComponentReader(features: features)
    functions = FunctionValidator(allowedFeatures: features)
  }

  /// Reads all complete entries of the window, advances it past them, and returns the minimum number of bytes of the
  /// next entry.
  ///
  /// It also stops when all bodies of a module were collected.
  mutating func advance(_ window: inout ByteReader) throws(ValidationError) -> Int {
    while !isBatchComplete {
      switch state {
      case .header(let expected, let end):
        let needed = try readHeader(&window, expected: expected, end: end)
        if needed > 0 { return needed }
      case .sectionHeader:
        if let level = levels.last, window.offset == level.end {
          try closeLevel(at: window.offset)
        } else if window.isAtEnd {
          return 1
        } else if try !readSectionHeader(&window) {
          return 2
        }
      case .payload(let end):
        window.skip(upTo: end - window.offset)
        guard window.offset == end else { return 1 }
        state = .entries
      case .contents(let custom, let end):
        let size = end - window.offset
        guard window.remaining >= size else { return size }
        draft.read(try window.slice(size), of: custom)
        state = .payload(end: section.end)
      case .count:
        guard try readCount(&window) else { return 1 }
      case .entries:
        let needed = try readEntry(&window)
        if needed > 0 { return needed }
      }
    }
    return 0
  }

  /// Checks that the input may end at `offset`, and returns its description.
  mutating func finish(at offset: Int, isEntryPending: Bool) throws(ValidationError) -> ModuleDescription {
    guard case .sectionHeader = state, levels.count == 1, !isEntryPending else {
      throw .unexpectedEnd(at: offset)
    }
    try closeLevel(at: offset)
    var description = ModuleDescription(encoding: outermost, features: usedFeatures, size: offset)
    switch outermost {
    case .core: description.add(module, types: types)
    case .component: component.describe(core: types, in: &description)
    }
    draft.finish(&description)
    return description
  }

  /// Runs `read` on the bytes of the window up to `limit` and moves the window after the read bytes. Returns false, and
  /// moves nothing, if the window ends too early; missing bytes are an error if all bytes before `limit` are there.
  mutating func attempt(
    _ window: inout ByteReader, limit: Int,
    _ read: (inout BinaryDecoder, inout ByteReader) throws(ValidationError) -> Void
  ) throws(ValidationError) -> Bool {
    var reader = window.limited(to: limit)
    do throws(ValidationError) {
      try read(&self, &reader)
    } catch {
      if error.kind != .unexpectedEnd { throw error }
      if reader.endOffset < limit { return false }
      if window.isContinued(before: limit) {
        guard isInputComplete || window.endOffset >= limit + ByteReader.longestInteger else { return false }
        if let refusal = refusalOfInteger(window, across: limit, read) { throw refusal }
      }
      throw error.asEndOfEnclosingItem(in: levels.last?.encoding ?? .core)
    }
    window.move(to: reader)
    return true
  }

  /// The error of an integer that continues after the end of its section, if it has an error besides that.
  private mutating func refusalOfInteger(
    _ window: ByteReader, across limit: Int,
    _ read: (inout BinaryDecoder, inout ByteReader) throws(ValidationError) -> Void
  ) -> ValidationError? {
    var reader = window.limited(to: limit + ByteReader.longestInteger)
    do throws(ValidationError) {
      try read(&self, &reader)
    } catch {
      return error.isOfInteger ? error : nil
    }
    return nil
  }

  mutating func setState(_ state: State) { self.state = state }

  private mutating func readHeader(
    _ window: inout ByteReader, expected: Encoding?, end: Int
  ) throws(ValidationError) -> Int {
    let start = window.offset
    var encoding = Encoding.core
    let isComplete = try attempt(&window, limit: end) { (_, reader) throws(ValidationError) in
      encoding = try reader.header()
    }
    guard isComplete else { return 8 }
    if levels.isEmpty { outermost = encoding }
    if let expected, expected != encoding {
      let name = expected == .core ? "module" : "component"
      throw ValidationError(.malformed, at: start, "expected a version header for a \(name)")
    }
    guard encoding == .core || features.contains(.componentModel) else {
      throw ValidationError(.unsupported, at: start, "the component model feature is not enabled")
    }
    levels.append(Level(encoding: encoding, end: end))
    if encoding == .core {
      module = CoreModule(features: features)
    } else {
      component.openComponent()
      usedFeatures.formUnion(.componentModel)
    }
    state = .sectionHeader
    return 0
  }

  private mutating func closeLevel(at offset: Int) throws(ValidationError) {
    let level = levels.removeLast()
    switch level.encoding {
    case .core:
      module.features.note(functions.takeUsedFeatures())
      try module.finish(at: offset)
      usedFeatures.formUnion(module.features.used)
      if !levels.isEmpty { try component.closeModule(module, types: types, at: offset) }
      code = nil
    case .component:
      try component.closeComponent(types: &types, at: offset)
      usedFeatures.formUnion(component.usedFeatures.withoutParts)
    }
  }
}

extension ByteReader {
  /// Reads the magic number and the version (specification 5.5.16; Component Model, Binary.md).
  fileprivate mutating func header() throws(ValidationError) -> Encoding {
    let start = offset
    var magic: UInt32 = 0
    for shift in 0..<4 as Range<UInt32> { magic |= UInt32(try byte()) << (8 * shift) }
    guard magic == 0x6d73_6100 else { throw malformed("magic header not detected", at: start) }
    var version: UInt32 = 0
    for shift in 0..<4 as Range<UInt32> { version |= UInt32(try byte()) << (8 * shift) }
    switch version {
    case 0x0000_0001: return .core
    case 0x0001_000d: return .component
    default:
      throw malformed("unknown binary version 0x\(String(version, radix: 16))", at: start + 4)
    }
  }
}
