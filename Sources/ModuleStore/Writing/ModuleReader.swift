internal import Catalog
internal import Crypto
internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage
internal import Wasm

/// Reads the bytes of a source, validates them, and stores them.
struct ModuleReader: Sendable {
  /// Writes large modules in pieces; nil if nothing is to be written.
  let writer: LooseObjectWriter?
  /// The features that modules may use; nil if invalid modules are stored too.
  let features: Features?
  /// Receives the progress of a large module, and can cancel reading.
  let work: Work

  /// The size in bytes above which modules are streamed into their own object, to limit memory.
  private static let wholeLimit = 1 << 20

  /// Stores one module; nil if the source is optional and not a module.
  ///
  /// `buffer`: Memory for the bytes, which the next call can use again.
  /// `known`: Returns the blob of a module that is already stored.
  /// `whole`: Stores a module that fits in memory.
  ///
  /// - Throws: `StoreError.invalidModule` as soon as the bytes are found invalid, `.source`.
  func store(
    _ source: ModuleSource, buffer: inout [UInt8], known: (ModuleDigest) -> ObjectID? = { _ in nil },
    whole: (RawSpan) throws(GitError) -> ObjectID
  ) throws(StoreError) -> StoredModule? {
    let file = try source.open()
    defer { try? file.close() }
    let status: FileStatus
    do { status = try FileStatus(file) } catch { throw .source(path: source.name, reason: "\(error)") }
    guard status.kind != .directory else { throw .source(path: source.name, reason: "it is a directory") }
    let isRegular = status.kind == .file
    let size = Int(status.size)
    // One byte more than the file has, so that a read that does not fill the buffer has reached the end. Some system
    // files report a size of 0 although they have contents.
    let length = isRegular ? min(size + 1, ModuleReader.wholeLimit) : ModuleReader.wholeLimit
    if buffer.count < length { buffer = [UInt8](repeating: 0, count: length) }
    let count: Int
    do {
      count = try fill(
        &buffer, upTo: length, enough: isRegular && size > 0 ? size : .max, from: file,
        while: isRegular ? nil : { !work.cancellation.isCancelled })
    } catch {
      try work.check()
      throw .source(path: source.name, reason: "\(error)")
    }
    let start = buffer.span.bytes.extracting(first: count)
    if source.isOptional, !ModuleMagic.begins(start) { return nil }
    var inspection = Inspection(features: features ?? .all)
    do throws(StoreError) {
      try update(&inspection, start, source)
      if count < length {
        let facts = try finish(&inspection, source)
        let blob = try translated { () throws(GitError) in try whole(start) }
        return StoredModule(blob: blob, facts: facts)
      }
      if isRegular { return try storeFile(file, source, &inspection, known: known) }
      return try surveyStream(file, source, &inspection, known: known)
    } catch {
      guard case .invalidModule = error, let refusal = inspection.error else { throw error }
      let named =
        isRegular
        // If the names can no longer be read, the error does not contain one.
        ? refusal.namingFunction { offset, count in
          (try? readBytes(of: file, at: offset, upTo: count)) ?? []
        }
        : refusal.namingFunction(Array(buffer.prefix(count)))
      throw .invalidModule(
        source: source.name, named, format: ForeignFormat(of: buffer.prefix(count)))
    }
  }

  /// Stores a large file: validates it first, then writes it unless it exists already.
  private func storeFile(
    _ file: FileDescriptor, _ source: ModuleSource, _ inspection: inout Inspection,
    known: (ModuleDigest) -> ObjectID?
  ) throws(StoreError) -> StoredModule {
    try forEachChunk(of: file, source) { (chunk) throws(StoreError) in try update(&inspection, chunk, source)
    }
    let facts = try finish(&inspection, source)
    if let blob = facts.digest.flatMap(known) { return StoredModule(blob: blob, facts: facts) }
    do { try file.seek(offset: 0, from: .start) } catch {
      throw .source(path: source.name, reason: "\(error)")
    }
    // The written bytes are hashed again, because the file may have changed since it was validated.
    var digest = SHA256()
    let blob: ObjectID
    do {
      if let writer {
        var stream = try writer.begin(kind: .blob, size: facts.size)
        try forEachChunk(of: file, source) { (chunk) throws(StoreError) in
          digest.update(chunk)
          try translated { () throws(GitError) in try stream.append(chunk) }
        }
        guard ModuleDigest(digest.finalize()) == facts.digest else { throw changed(source) }
        blob = try stream.finish()
      } else {
        var hash = try ObjectHash(kind: .blob, size: facts.size)
        try forEachChunk(of: file, source) { (chunk) throws(StoreError) in
          try translated { () throws(GitError) in try hash.update(chunk) }
        }
        blob = try hash.finish()
      }
    } catch let error as StoreError {
      throw error
    } catch let error as GitError {
      if case .system = error.code { throw StoreError(error) }
      throw changed(source)
    } catch {
      throw changed(source)
    }
    return StoredModule(blob: blob, facts: facts)
  }

  /// Validates a module from a pipe; its blob is unknown unless it is already stored.
  private func surveyStream(
    _ file: FileDescriptor, _ source: ModuleSource, _ inspection: inout Inspection,
    known: (ModuleDigest) -> ObjectID?
  ) throws(StoreError) -> StoredModule {
    try forEachChunk(of: file, source) { (chunk) throws(StoreError) in
      try update(&inspection, chunk, source)
    }
    let facts = try finish(&inspection, source)
    return StoredModule(blob: facts.digest.flatMap(known) ?? .zero, facts: facts)
  }

  /// Reads a module from a pipe, validates it while it arrives, and stores it temporarily. Nothing remains of a refused
  /// module.
  ///
  /// Must be called while no lock is held, because the writer of the pipe may be slow.
  ///
  /// - Throws: `StoreError.invalidModule` as soon as the bytes are found invalid, `.source`.
  func spool(_ source: ModuleSource, to writer: LooseObjectWriter) throws(StoreError) -> SpooledModule {
    if case .received(let module) = source.origin { return module }
    let file = try source.open()
    defer { try? file.close() }
    let module = IncomingModule(named: source.name, accepting: features, to: writer)
    while true {
      var chunk = [UInt8](repeating: 0, count: readLength)
      let count = try read(&chunk, from: file, source)
      let isLast = count < chunk.count
      chunk.removeLast(chunk.count - count)
      try module.append(chunk)
      if isLast { return try module.finish() }
      if module.size > ModuleReader.wholeLimit {
        work.progress(Progress(.adding, done: 0, total: 1, bytes: Int64(module.size)))
      }
      try work.check()
    }
  }

  private func changed(_ source: ModuleSource) -> StoreError {
    .source(path: source.name, reason: "it changed while it was read")
  }

  private func update(
    _ inspection: inout Inspection, _ chunk: RawSpan, _ source: ModuleSource
  ) throws(StoreError) {
    inspection.update(chunk)
    if isRefused(inspection), let error = inspection.error {
      throw .invalidModule(source: source.name, error)
    }
  }

  private func finish(_ inspection: inout Inspection, _ source: ModuleSource) throws(StoreError)
    -> ModuleFacts
  {
    let facts = inspection.finish()
    if isRefused(inspection), let error = inspection.error {
      throw .invalidModule(source: source.name, error)
    }
    return facts
  }

  /// Whether the module is refused. Even without a required verdict, the bytes must be a module.
  private func isRefused(_ inspection: borrowing Inspection) -> Bool {
    features != nil || !inspection.isModule
  }

  private func forEachChunk(
    of file: FileDescriptor, _ source: ModuleSource, _ body: (RawSpan) throws(StoreError) -> Void
  ) throws(StoreError) {
    var buffer = [UInt8](repeating: 0, count: readLength)
    var bytes: Int64 = 0
    while true {
      let count = try read(&buffer, from: file, source)
      bytes += Int64(count)
      try work.check()
      work.progress(Progress(.adding, done: 0, total: 1, bytes: bytes))
      if count > 0 { try body(buffer.span.bytes.extracting(first: count)) }
      if count < buffer.count { return }
    }
  }

  private func read(
    _ buffer: inout [UInt8], from file: FileDescriptor, _ source: ModuleSource
  ) throws(StoreError) -> Int {
    do {
      return try fill(&buffer, from: file, while: { !work.cancellation.isCancelled })
    } catch {
      try work.check()
      throw .source(path: source.name, reason: "\(error)")
    }
  }
}
