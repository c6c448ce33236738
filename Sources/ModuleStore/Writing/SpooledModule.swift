internal import Catalog
internal import Git
public import Identifiers

/// A module that came through a pipe or in a request: judged, and kept until it is stored, once.
///
/// The thread that received it hands it to the one that stores it and keeps nothing of it.
public final class SpooledModule: @unchecked Sendable {
  /// Where the bytes are.
  enum Content: ~Copyable {
    /// In memory.
    case whole([UInt8])
    /// In a temporary file, which becomes the object.
    case stream(LooseObjectStream)
  }

  /// What messages call it.
  let name: String
  /// The SHA-256 of its bytes.
  public let digest: ModuleDigest
  private let facts: ModuleFacts
  /// Missing once it was stored.
  private var content: Content?

  init(named name: String, digest: ModuleDigest, facts: ModuleFacts, content: consuming Content) {
    self.name = name
    self.digest = digest
    self.facts = facts
    self.content = consume content
  }

  /// Stores it, once.
  ///
  /// `known`: Answers the blob of a module that is stored already.
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
    case nil: throw .failed("a module was to be stored twice")
    }
    return StoredModule(blob: blob, facts: facts)
  }

  private func finish(_ stream: consuming LooseObjectStream) throws(StoreError) -> ObjectID {
    do { return try stream.finish() } catch { throw StoreError(error) }
  }
}

extension SpooledModule: Hashable {
  /// Whether they are the same one.
  public static func == (left: SpooledModule, right: SpooledModule) -> Bool { left === right }
  /// Tells one from another.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
