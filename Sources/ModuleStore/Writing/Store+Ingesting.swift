internal import SQLite
internal import Catalog
internal import Dispatch
internal import Git
internal import Identifiers
internal import Synchronization
internal import SystemPackage
internal import Wasm

/// A module whose bytes are in the store, though no commit names it yet.
struct StoredModule: Sendable {
  let blob: ObjectID
  let inspection: InspectionResult
}

extension Store {
  /// Reads, validates and stores one module; a large one as a loose object of its own. Nil where it is optional
  /// and no module.
  func store(
    _ source: ModuleSource, accepting features: Features?, in objects: ObjectSink
  ) throws(StoreError) -> StoredModule? {
    let reader = ModuleReader(writer: looseObjects, features: features, report: options.progress)
    var buffer: [UInt8] = []
    return try reader.store(source, buffer: &buffer, known: knownBlob) { (bytes) throws(GitError) in
      try objects.write(bytes, kind: .blob)
    }
  }

  /// Reads and validates what comes through pipes; nil for each source that is a file.
  func spool(
    _ sources: [ModuleSource], accepting features: Features?
  ) throws(StoreError) -> [SpooledModule?] {
    let reader = ModuleReader(writer: nil, features: features, report: options.progress)
    return try sources.map { source throws(StoreError) in
      source.isStream ? try reader.spool(source, to: looseObjects) : nil
    }
  }

  /// Stores a module that came through a pipe.
  func store(_ module: SpooledModule, in objects: ObjectSink) throws(StoreError) -> StoredModule {
    try module.store(known: knownBlob) { (bytes) throws(GitError) in try objects.write(bytes, kind: .blob) }
  }

  /// Reads and validates one module without storing it; nil where it is optional and no module.
  func survey(
    _ source: ModuleSource, accepting features: Features?
  ) throws(StoreError) -> StoredModule? {
    let reader = ModuleReader(writer: nil, features: features)
    var buffer: [UInt8] = []
    return try reader.store(source, buffer: &buffer, known: knownBlob) { (bytes) throws(GitError) in
      try ObjectID(of: bytes, kind: .blob)
    }
  }

  /// The blob of a module that is stored already; nil where it is not known to be.
  private func knownBlob(_ digest: ModuleDigest) -> ObjectID? {
    let facts = withCatalog { (catalog) throws(DatabaseError) in try catalog.facts(ofDigest: digest) }
    guard let blob = facts?.blob else { return nil }
    return objectReader.freshen(blob) ? blob : nil
  }

  /// Reads, validates and stores many modules on all cores: small ones into the pack, large ones as loose
  /// objects.
  ///
  /// Answers one entry a source, nil for those that are optional and no modules.
  ///
  /// `spooled`: What was read of each source already.
  ///
  /// - Throws: The error of the first source that has one.
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
      what: "adding", done: sources.count - files.count, total: sources.count,
      bytes: stored.reduce(0) { $0 + Int64($1?.inspection.size ?? 0) })
    let modules = try store(files.map { sources[$0] }, after: before, accepting: features, in: pack)
    for (index, module) in zip(files, modules) { stored[index] = module }
    return stored
  }

  private func store(
    _ sources: [ModuleSource], after before: Progress, accepting features: Features?, in pack: PackWriter
  ) throws(StoreError) -> [StoredModule?] {
    let reader = ModuleReader(writer: looseObjects, features: features)
    let batch = IngestBatch(sources: sources, after: before)
    let workers = max(1, min(availableCores(), sources.count))
    let report = options.progress
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      batch.work(reader: reader, pack: pack, report: report)
    }
    return try batch.modules()
  }
}

/// Hands out sources to workers and gathers what became of them.
private final class IngestBatch: Sendable {
  private let sources: [ModuleSource]
  private let total: Int?
  private let next = Atomic<Int>(0)
  private let isStopped = Atomic<Bool>(false)
  private let state: Mutex<State>

  private struct State {
    var modules: [StoredModule?]
    var firstFailure: (index: Int, error: StoreError)?
    var done: Int
    var bytes: Int64
  }

  init(sources: [ModuleSource], after before: Progress) {
    self.sources = sources
    total = before.total
    state = Mutex(
      State(modules: Array(repeating: nil, count: sources.count), done: before.done, bytes: before.bytes))
  }

  /// Stores sources until there are no more, or one has failed.
  func work(reader: ModuleReader, pack: PackWriter, report: (Progress) -> Void) {
    do throws(GitError) {
      var encoder = try pack.encoder()
      var buffer: [UInt8] = []
      while !isStopped.load(ordering: .relaxed) {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < sources.count else { break }
        do throws(StoreError) {
          let module = try reader.store(sources[index], buffer: &buffer) { (bytes) throws(GitError) in
            try encoder.append(bytes, kind: .blob)
          }
          succeed(index, module, report: report)
        } catch {
          fail(index, error)
        }
      }
      try encoder.finish()
    } catch {
      fail(sources.count, StoreError(error))
    }
  }

  private func succeed(_ index: Int, _ module: StoredModule?, report: (Progress) -> Void) {
    let (done, bytes) = state.withLock { state in
      state.modules[index] = module
      state.done += 1
      state.bytes += Int64(module?.inspection.size ?? 0)
      return (state.done, state.bytes)
    }
    report(Progress(what: "adding", done: done, total: total, bytes: bytes))
  }

  private func fail(_ index: Int, _ error: StoreError) {
    isStopped.store(true, ordering: .relaxed)
    state.withLock { state in
      if index < state.firstFailure?.index ?? .max { state.firstFailure = (index, error) }
    }
  }

  /// What became of the sources, in their order.
  func modules() throws(StoreError) -> [StoredModule?] {
    let (modules, failure) = state.withLock { ($0.modules, $0.firstFailure) }
    if let failure { throw failure.error }
    return modules
  }
}
