internal import Catalog
internal import Crypto
internal import Git
internal import Identifiers
internal import Wasm

/// Determines the facts about bytes while they are read.
///
/// The verdict in the catalog is for all features: it depends only on the bytes, not on the features that a store
/// accepts.
struct Inspection: ~Copyable {
  private var digest = SHA256()
  private var validator: ModuleValidator
  private(set) var size = 0
  /// The reason why the bytes are not a valid module.
  private(set) var error: ValidationError?
  /// The first bytes; nothing else is known of a refused module.
  private var header: [UInt8] = []

  /// Starts an inspection that accepts the given features.
  init(features: Features = .all) { validator = ModuleValidator(features: features) }

  /// Whether the bytes begin as a module, valid or not.
  var isModule: Bool { header.starts(with: ModuleMagic.bytes) }

  /// Inspects the next bytes.
  mutating func update(_ chunk: RawSpan) {
    if header.count < ModuleMagic.headerLength { ModuleMagic.complete(&header, from: chunk) }
    size += chunk.byteCount
    // The digest of bytes that are not a module is not needed.
    if isModule || header.count < ModuleMagic.bytes.count { digest.update(chunk) }
    guard error == nil else { return }
    do { try validator.feed(chunk) } catch { self.error = error }
  }

  /// Returns the facts about all bytes.
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
  /// The kind of a module by its header; `.unknown` if it states neither.
  init(_ encoding: Encoding?) {
    switch encoding {
    case .core: self = .core
    case .component: self = .component
    case nil: self = .unknown
    }
  }
}
