internal import Git
internal import Identifiers

/// A module that came through a pipe: judged, and kept until it can be stored.
final class SpooledModule {
  /// Where the bytes are.
  enum Content: ~Copyable {
    /// In memory.
    case whole([UInt8])
    /// In a temporary file, which becomes the object.
    case stream(LooseObjectStream)
  }

  private let inspection: InspectionResult
  /// Missing once it was stored.
  private var content: Content?

  init(inspection: InspectionResult, content: consuming Content) {
    self.inspection = inspection
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
