internal import Catalog
internal import Crypto
internal import Git
internal import Identifiers
internal import Wasm

/// What is found out about a module while its bytes pass by.
///
/// The verdict that the catalog keeps is that of all features: a fact of the bytes, whatever a store accepts.
struct Inspection: ~Copyable {
  private var digest = SHA256()
  private var validator: ModuleValidator
  private(set) var size = 0
  private(set) var error: ValidationError?
  /// Whether the bytes begin as a module, valid or not.
  private(set) var isModule = false
  /// The first bytes; a module that is refused has nothing else to go by.
  private var header: [UInt8] = []

  /// Begins an inspection that accepts the given features.
  init(features: Features = .all) { validator = ModuleValidator(features: features) }

  /// Takes the next bytes.
  mutating func update(_ chunk: RawSpan) {
    if size == 0 { isModule = ModuleMagic.begins(chunk) }
    if header.count < ModuleMagic.headerLength { ModuleMagic.complete(&header, from: chunk) }
    size += chunk.byteCount
    digest.update(chunk)
    guard error == nil else { return }
    do { try validator.feed(chunk) } catch { self.error = error }
  }

  /// Sums up what was found.
  mutating func finish() -> InspectionResult {
    var description: ModuleDescription?
    if error == nil {
      do { description = try validator.finish() } catch { self.error = error }
    }
    return InspectionResult(
      digest: ModuleDigest(digest.finalize()), size: size,
      encoding: description?.encoding ?? Encoding(header: header[...]), error: error,
      encodedDescription: description?.encoded())
  }
}

/// What was found out about a module.
struct InspectionResult: Sendable {
  let digest: ModuleDigest
  let size: Int
  /// What the module is; nil where it is invalid and its header says neither.
  let encoding: Encoding?
  let error: ValidationError?
  /// What the module needs and offers, in the encoding that the catalog keeps; nil where it is invalid.
  let encodedDescription: [UInt8]?

  /// The facts for the catalog.
  func facts(blob: ObjectID) -> BlobFacts {
    BlobFacts(
      blob: blob, digest: digest, size: size, kind: BlobFacts.Kind(encoding),
      problem: error?.description, description: encodedDescription)
  }
}

extension BlobFacts.Kind {
  /// The kind of a module whose header says so; `.unknown` where it says neither.
  init(_ encoding: Encoding?) {
    switch encoding {
    case .core: self = .core
    case .component: self = .component
    case nil: self = .unknown
    }
  }
}
