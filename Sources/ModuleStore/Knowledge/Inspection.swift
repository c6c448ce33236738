internal import Catalog
internal import Crypto
internal import Git
internal import Identifiers
internal import Wasm

/// What is found out about bytes while they pass by.
///
/// The verdict that the catalog keeps is that of all features: a fact of the bytes, whatever a store accepts.
struct Inspection: ~Copyable {
  private var digest = SHA256()
  private var validator: ModuleValidator
  private(set) var size = 0
  /// Why the bytes are not a valid module.
  private(set) var error: ValidationError?
  /// The first bytes; a module that is refused has nothing else to go by.
  private var header: [UInt8] = []

  /// Begins an inspection that accepts the given features.
  init(features: Features = .all) { validator = ModuleValidator(features: features) }

  /// Whether the bytes begin as a module, valid or not.
  var isModule: Bool { header.starts(with: ModuleMagic.bytes) }

  /// Takes the next bytes.
  mutating func update(_ chunk: RawSpan) {
    if header.count < ModuleMagic.headerLength { ModuleMagic.complete(&header, from: chunk) }
    size += chunk.byteCount
    // Of what is no module the digest is not kept.
    if isModule || header.count < ModuleMagic.bytes.count { digest.update(chunk) }
    guard error == nil else { return }
    do { try validator.feed(chunk) } catch { self.error = error }
  }

  /// Sums up what was found.
  mutating func finish() -> ModuleFacts {
    var description: ModuleDescription?
    if error == nil {
      do { description = try validator.finish() } catch { self.error = error }
    }
    guard isModule else { return ModuleFacts(digest: nil, size: size, kind: .other, problem: nil) }
    return ModuleFacts(
      digest: ModuleDigest(digest.finalize()), size: size,
      kind: ModuleFacts.Kind(description?.encoding ?? Encoding(header: header[...])),
      problem: error?.description, description: description?.encoded())
  }
}

extension ModuleFacts.Kind {
  /// The kind of a module whose header says so; `.unknown` where it says neither.
  init(_ encoding: Encoding?) {
    switch encoding {
    case .core: self = .core
    case .component: self = .component
    case nil: self = .unknown
    }
  }
}
