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
  private let inspection: InspectionResult
  /// Missing once it was stored.
  private var content: Content?

  init(named name: String, inspection: InspectionResult, content: consuming Content) {
    self.name = name
    self.inspection = inspection
    self.content = consume content
  }

  /// The SHA-256 of its bytes.
  public var digest: ModuleDigest { inspection.digest }

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
        if let blob = known(inspection.digest) {
          blob
        } else {
          try finish(stream)
        }
    case nil: throw .failed("a module was to be stored twice")
    }
    return StoredModule(blob: blob, inspection: inspection)
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
