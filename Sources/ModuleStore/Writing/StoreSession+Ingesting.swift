internal import SQLite
internal import Catalog
internal import FileSystem
internal import Git
internal import Identifiers
internal import Synchronization
internal import SystemPackage
internal import Wasm

extension StoreSession {
  /// Reads, validates and stores one module; a large one as a separate loose object. Returns nil if it is optional and
  /// not a module.
  func store(
    _ source: ModuleSource, accepting features: Features?, in objects: ObjectSink
  ) throws(StoreError) -> StoredModule? {
    let reader = ModuleReader(writer: looseObjects, features: features, work: work)
    var buffer: [UInt8] = []
    return try reader.store(source, buffer: &buffer, known: knownBlob) { (bytes) throws(GitError) in
      try objects.write(bytes, kind: .blob)
    }
  }

  /// Reads and validates modules from pipes; nil for each source that is a file.
  func spool(
    _ sources: [ModuleSource], accepting features: Features?
  ) throws(StoreError) -> [SpooledModule?] {
    let reader = ModuleReader(writer: nil, features: features, work: work)
    return try sources.map { source throws(StoreError) in
      source.isStream ? try reader.spool(source, to: looseObjects) : nil
    }
  }

  /// Stores a module from a pipe.
  func store(_ module: SpooledModule, in objects: ObjectSink) throws(StoreError) -> StoredModule {
    try module.store(known: knownBlob) { (bytes) throws(GitError) in try objects.write(bytes, kind: .blob) }
  }

  /// Reads and validates one module without storing it; nil if it is optional and not a module.
  func survey(
    _ source: ModuleSource, accepting features: Features?
  ) throws(StoreError) -> StoredModule? {
    let reader = ModuleReader(writer: nil, features: features, work: work)
    var buffer: [UInt8] = []
    return try reader.store(source, buffer: &buffer, known: knownBlob) { (bytes) throws(GitError) in
      try ObjectID(of: bytes, kind: .blob)
    }
  }

  /// The blob of a module that is already stored; nil if that is not known.
  private func knownBlob(_ digest: ModuleDigest) -> ObjectID? {
    let module = withCatalog { (catalog) throws(DatabaseError) in try catalog.module(withDigest: digest) }
    guard let blob = module?.blob else { return nil }
    return objectReader.freshen(blob) ? blob : nil
  }

  /// Reads, validates and stores many modules on all cores: small ones into the pack, large ones as loose
  /// objects.
  ///
  /// Returns one entry per source, nil for those that are optional and not modules.
  ///
  /// `spooled`: The module that was already read from each source.
  ///
  /// - Throws: `StoreError.invalidModules`, and another error of the first source that has one.
  func store(
    _ sources: [ModuleSource], _ spooled: [SpooledModule?], accepting features: Features?, in pack: PackWriter
  ) throws(StoreError) -> [StoredModule?] {
    let objects = looseObjects
    var stored = try spooled.map { module throws(StoreError) in
      try module?.store(known: knownBlob) { (bytes) throws(GitError) in try objects.write(bytes, kind: .blob)
      }
    }
    let files = sources.indices.filter { spooled[$0] == nil }
    let before = Progress(
      .adding, done: sources.count - files.count, total: sources.count,
      bytes: stored.reduce(0) { $0 + Int64($1?.facts.size ?? 0) })
    let modules = try store(files.map { sources[$0] }, after: before, accepting: features, in: pack).modules()
    for (index, module) in zip(files, modules) { stored[index] = module }
    return stored
  }

  private func store(
    _ sources: [ModuleSource], after before: Progress, accepting features: Features?, in pack: PackWriter
  ) throws(StoreError) -> [Judged] {
    let work = work
    // The progress of all modules is reported here.
    var quiet = work
    quiet.progress = { _ in }
    let reader = ModuleReader(writer: looseObjects, features: features, work: quiet)
    let done = Mutex((count: before.done, bytes: before.bytes))
    return try inParallel(
      sources.count, workers: availableCores(), check: { () throws(StoreError) in try work.check() },
      begin: { () throws(StoreError) in
        IngestWorker(encoder: try translated { () throws(GitError) in try pack.encoder() })
      },
      end: { (worker) throws(StoreError) in
        do throws(GitError) { try worker.encoder.finish() } catch { throw StoreError(error) }
      }
    ) { (index, worker) throws(StoreError) in
      var size = 0
      let judged = try Judged { () throws(StoreError) in
        let module = try reader.store(sources[index], encoder: &worker.encoder, buffer: &worker.buffer)
        size = module?.facts.size ?? 0
        return module
      }
      let (count, bytes) = done.withLock { done in
        done = (done.count + 1, done.bytes + Int64(size))
        return done
      }
      work.progress(Progress(.adding, done: count, total: before.total, bytes: bytes))
      return judged
    }
  }
}

/// The private state of a thread that stores modules.
private struct IngestWorker: ~Copyable {
  var encoder: PackEncoder
  var buffer: [UInt8] = []

  init(encoder: consuming PackEncoder) { self.encoder = encoder }
}

extension ModuleReader {
  /// Stores one module in a pack, or as a loose object if it is large; nil if it is optional and not a module.
  fileprivate func store(
    _ source: ModuleSource, encoder: inout PackEncoder, buffer: inout [UInt8]
  ) throws(StoreError) -> StoredModule? {
    try store(source, buffer: &buffer) { (bytes) throws(GitError) in try encoder.append(bytes, kind: .blob) }
  }
}
