internal import Catalog
internal import Git
public import Identifiers

/// A module from a pipe or a request: validated, and held until it is stored, once.
///
/// The receiving thread passes it to the storing one, and does not use it any more.
public final class SpooledModule: @unchecked Sendable {
  /// The place of the bytes.
  enum Content: ~Copyable {
    /// In memory.
    case whole([UInt8])
    /// In a temporary file, which becomes the object.
    case stream(LooseObjectStream)
  }

  /// Its name in messages.
  let name: String
  /// The SHA-256 of its bytes.
  public let digest: ModuleDigest
  private let facts: ModuleFacts
  /// The content; nil after it was stored.
  private var content: Content?

  init(named name: String, digest: ModuleDigest, facts: ModuleFacts, content: consuming Content) {
    self.name = name
    self.digest = digest
    self.facts = facts
    self.content = consume content
  }

  /// Stores the module; can be called once.
  ///
  /// `known`: Returns the blob of a module that is already stored.
  /// `whole`: Stores a module that fits in memory.
  func store(
    known: (ModuleDigest) -> ObjectID?, whole: (RawSpan) throws(GitError) -> ObjectID
  ) throws(StoreError) -> StoredModule {
    let blob: ObjectID
    switch content.take() {
    case .whole(let bytes)?: blob = try translated { () throws(GitError) in try whole(bytes.span.bytes) }
    case .stream(let stream)?:
      blob =
        if let blob = known(digest) {
          blob
        } else {
          try finish(stream)
        }
    case nil: throw .failed("the module is already stored")
    }
    return StoredModule(blob: blob, facts: facts)
  }

  private func finish(_ stream: consuming LooseObjectStream) throws(StoreError) -> ObjectID {
    do { return try stream.finish() } catch { throw StoreError(error) }
  }
}

extension SpooledModule: Hashable {
  /// Whether both are the same object.
  public static func == (left: SpooledModule, right: SpooledModule) -> Bool { left === right }
  /// Hashes the identity of the object.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
