internal import Catalog
internal import Crypto
internal import Git
internal import Wasm

extension Store {
  /// The facts of a blob: from the catalog, else from its bytes, which are then recorded.
  func facts(ofBlob blob: ObjectID) throws(StoreError) -> BlobFacts {
    let known = withCatalog { (catalog) throws(CatalogError) in try catalog.facts(ofBlob: blob.bytes) }
    if let known { return known }
    let facts = try computeFacts(ofBlob: blob)
    record(facts)
    return facts
  }

  /// Keeps facts in the catalog, where there is one that can be written.
  func record(_ facts: BlobFacts) {
    withCatalog { (catalog) throws(CatalogError) in
      if catalog.isWritable { try catalog.record(facts) }
    }
  }

  private func computeFacts(ofBlob blob: ObjectID) throws(StoreError) -> BlobFacts {
    var inspection = Inspection()
    var size = 0
    var isModule: Bool?
    try forEachChunk(ofBlob: blob) { (chunk) throws(StoreError) in
      size += chunk.byteCount
      if isModule == nil { isModule = ModuleMagic.begins(chunk) }
      if isModule == true { inspection.update(chunk) }
    }
    guard isModule == true else {
      return BlobFacts(blob: blob.bytes, digest: nil, size: size, kind: .other, problem: nil)
    }
    return inspection.facts(blob: blob)
  }

  /// Passes the bytes of a blob in pieces, the first of them at least four bytes long where there are as
  /// many.
  func forEachChunk(
    ofBlob blob: ObjectID, _ body: (RawSpan) throws(StoreError) -> Void
  ) throws(StoreError) {
    let found: FoundObject
    do { found = try objectReader.open(blob, verifying: false) } catch { throw StoreError(error) }
    switch found {
    case .stream(var stream):
      try stream.forEachChunk(failure: { StoreError($0) }, body)
    case .delta: try readWhole(blob, body)
    case .absent: try readWhole(blob, body)
    }
  }
}

extension Store {
  /// Reads a blob through libgit2, which puts deltas together and knows alternates; plain git alone writes
  /// either.
  private func readWhole(_ blob: ObjectID, _ body: (RawSpan) throws(StoreError) -> Void) throws(StoreError) {
    let bytes = try translated { () throws(GitError) in try repository.object(blob, kind: .blob) }
    try body(bytes.span.bytes)
  }
}

/// What is found out about a module while its bytes pass by.
struct Inspection: ~Copyable {
  private var digest = SHA256()
  private var validator = ModuleValidator()
  private(set) var size = 0
  private(set) var error: ValidationError?

  /// Takes the next bytes.
  mutating func update(_ chunk: RawSpan) {
    size += chunk.byteCount
    digest.update(chunk)
    guard error == nil else { return }
    do { try validator.feed(chunk) } catch { self.error = error }
  }

  /// Sums up what was found.
  mutating func finish() -> InspectionResult {
    var encoding = Encoding.core
    if error == nil {
      do { encoding = try validator.finish().encoding } catch { self.error = error }
    }
    return InspectionResult(
      digest: ModuleDigest(bytes: Array(digest.finalize())), size: size, encoding: encoding, error: error)
  }

  fileprivate mutating func facts(blob: ObjectID) -> BlobFacts { finish().facts(blob: blob) }
}

/// What was found out about a module.
struct InspectionResult: Sendable {
  let digest: ModuleDigest
  let size: Int
  let encoding: Encoding
  let error: ValidationError?

  /// The facts for the catalog.
  func facts(blob: ObjectID) -> BlobFacts {
    BlobFacts(
      blob: blob.bytes, digest: digest.bytes, size: size, kind: encoding == .component ? .component : .core,
      problem: error?.description)
  }
}
