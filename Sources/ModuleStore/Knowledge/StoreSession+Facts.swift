internal import SQLite
internal import Catalog
internal import FileSystem
internal import Git
internal import Identifiers
internal import Synchronization
internal import Wasm

extension StoreSession {
  /// The facts of a blob: from the catalog, else from its bytes, which are then recorded.
  func facts(ofBlob blob: ObjectID) throws(StoreError) -> ModuleFacts {
    let known = withCatalog { (catalog) throws(DatabaseError) in try catalog.facts(ofBlob: blob) }
    if let known { return known }
    let facts = try inspect(blob)
    record([StoredModule(blob: blob, facts: facts)])
    return facts
  }

  /// What a module needs and offers; nil where it is invalid.
  func description(of module: Module) throws(StoreError) -> ModuleDescription? {
    guard module.problem == nil else { return nil }
    let encoded = withCatalog { (catalog) throws(DatabaseError) in
      try catalog.facts(ofBlob: module.blob, .description)?.description
    }
    if let description = encoded.flatMap({ ModuleDescription(encoded: $0) }) { return description }
    let facts = try inspect(module.blob)
    record([StoredModule(blob: module.blob, facts: facts)])
    return facts.description.flatMap { ModuleDescription(encoded: $0) }
  }

  /// Passes the facts of blobs in any order: those that the catalog knows, then those of the others, which are
  /// computed on all cores and recorded.
  ///
  /// Where `body` answers false, what the catalog knows is not enough, and is computed anew.
  func forEachFacts(
    ofBlobs blobs: consuming Set<ObjectID>, _ detail: FactsDetail = .summary,
    _ body: (ObjectID, ModuleFacts) -> Bool
  ) throws(StoreError) {
    let count = blobs.count
    var unknown = blobs
    _ = withCatalog { (catalog) throws(DatabaseError) in
      try catalog.forEachFacts(ofBlobs: Array(unknown), count: count, detail) { module in
        guard unknown.remove(module.blob) != nil else { return }
        if !body(module.blob, module.facts) { unknown.insert(module.blob) }
      }
      return true
    }
    var pending = unknown.sorted()[...]
    var bytes: Int64 = 0
    while !pending.isEmpty {
      let round = pending.prefix(StoreSession.surveyRound)
      pending = pending.dropFirst(round.count)
      let before = Progress(
        .inspecting, done: unknown.count - pending.count - round.count, total: unknown.count,
        bytes: bytes)
      let modules = try inspect(Array(round), after: before)
      bytes += modules.reduce(0) { $0 + Int64($1.facts.size) }
      record(modules)
      for module in modules { _ = body(module.blob, module.facts) }
    }
  }

  /// Blobs that are read before what they turned out to be is recorded: an interruption loses no more.
  private static let surveyRound = 256

  /// Keeps facts in the catalog, where there is one that can be written.
  func record(_ modules: [StoredModule]) {
    withCatalog { (catalog) throws(DatabaseError) in
      guard catalog.isWritable else { return }
      try catalog.transaction { () throws(DatabaseError) in
        for module in modules { try catalog.record(module) }
      }
    }
  }

  private func inspect(_ blob: ObjectID) throws(StoreError) -> ModuleFacts {
    var inspection = Inspection()
    try forEachChunk(ofBlob: blob) { (chunk) throws(StoreError) in inspection.update(chunk) }
    return inspection.finish()
  }

  private func inspect(_ blobs: [ObjectID], after before: Progress) throws(StoreError) -> [StoredModule] {
    let reader = objectReader
    let work = work
    let done = Mutex((count: 0, bytes: Int64(0)))
    let found = try inParallel(blobs.count, workers: availableCores()) {
      (index) throws(StoreError) -> ModuleFacts? in
      try work.check()
      var inspection = Inspection()
      let isRead = try reader.forEachChunk(ofBlob: blobs[index]) { (chunk) throws(StoreError) in
        inspection.update(chunk)
      }
      guard isRead else { return nil }
      let facts = inspection.finish()
      let (count, bytes) = done.withLock { done in
        done = (done.count + 1, done.bytes + Int64(facts.size))
        return done
      }
      work.progress(
        Progress(
          before.phase, done: before.done + count, total: before.total, bytes: before.bytes + bytes))
      return facts
    }
    return try zip(blobs, found).map { blob, facts throws(StoreError) in
      if let facts { return StoredModule(blob: blob, facts: facts) }
      return StoredModule(blob: blob, facts: try inspect(blob))
    }
  }

  /// Passes the bytes of a blob in pieces, the first of them at least four bytes long where there are as
  /// many.
  func forEachChunk(
    ofBlob blob: ObjectID, _ body: (RawSpan) throws(StoreError) -> Void
  ) throws(StoreError) {
    guard try !objectReader.forEachChunk(ofBlob: blob, body) else { return }
    // Deltas, and what lies in an alternate's folder: plain git alone writes either, and libgit2 reads both.
    let bytes = try translated { () throws(GitError) in try repository.object(blob, kind: .blob) }
    try body(bytes.span.bytes)
  }
}

extension ObjectReader {
  /// Passes the bytes of a blob in pieces; answers false, and passes nothing, where only libgit2 can read it.
  fileprivate func forEachChunk(
    ofBlob blob: ObjectID, _ body: (RawSpan) throws(StoreError) -> Void
  ) throws(StoreError) -> Bool {
    let found: FoundObject
    do { found = try open(blob, verifying: false) } catch { throw StoreError(error) }
    switch found {
    case .stream(var stream):
      try stream.forEachChunk(failure: { StoreError($0) }, body)
      return true
    case .delta: return false
    case .absent: return false
    }
  }
}
