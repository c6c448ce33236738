internal import SQLite
internal import Catalog
internal import FileSystem
internal import Git
internal import Identifiers
internal import Synchronization
internal import Wasm

extension StoreSession {
  /// The facts about a blob: from the catalog, otherwise from its bytes; these facts are then recorded.
  func facts(ofBlob blob: ObjectID) throws(StoreError) -> ModuleFacts {
    let known = withCatalog { (catalog) throws(DatabaseError) in try catalog.facts(ofBlob: blob) }
    if let known { return known }
    let facts = try inspect(blob)
    record([StoredModule(blob: blob, facts: facts)])
    return facts
  }

  /// The interface of a module; nil if it is invalid.
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

  /// Passes the facts about blobs in any order: first those in the catalog, then those of the others, which are
  /// computed on all cores and recorded.
  ///
  /// If `body` returns false, the catalog's facts are not sufficient, and are computed again.
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

  /// The number of blobs that are read before their facts are recorded: an interruption loses no more than these.
  private static let surveyRound = 256

  /// Records facts in the catalog, if it can be written.
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

  /// Passes the bytes of a blob in pieces. The first piece has at least four bytes, if the blob has.
  func forEachChunk(
    ofBlob blob: ObjectID, _ body: (RawSpan) throws(StoreError) -> Void
  ) throws(StoreError) {
    guard try !objectReader.forEachChunk(ofBlob: blob, body) else { return }
    // Deltas, and objects of alternates: only plain git writes these, and libgit2 reads both.
    let bytes = try translated { () throws(GitError) in try repository.object(blob, kind: .blob) }
    try body(bytes.span.bytes)
  }
}

extension ObjectReader {
  /// Passes the bytes of a blob in pieces; returns false, and passes none, if only libgit2 can read it.
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
