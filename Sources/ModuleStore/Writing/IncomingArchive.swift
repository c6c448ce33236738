internal import FileSystem
internal import SystemPackage

/// An archive that arrives slowly, for example in a request, and is imported when it is complete. It is stored in a
/// file of the store that is removed with this object.
///
/// The receiver waits for each piece before it takes the next, on any thread, so calls never run at the same time.
public final class IncomingArchive: @unchecked Sendable {
  private var file: TemporaryFile

  init(in folder: FilePath) throws(StoreError) {
    do throws(FileError) { file = try TemporaryFile(in: folder, prefix: "archive-") } catch {
      throw StoreError(error)
    }
  }

  /// The number of received bytes.
  public var size: Int { file.size }

  /// Appends the next bytes.
  ///
  /// - Throws: `StoreError.system` if they cannot be written.
  public func append(_ bytes: [UInt8]) throws(StoreError) {
    try translated { () throws(FileError) in try file.append(bytes.span.bytes) }
  }

  /// The source for an import; valid as long as this object exists.
  public var source: ImportRequest.Source { .archive(.file(file.path)) }
}

extension StoreSession {
  /// Starts to receive an archive.
  ///
  /// - Returns: The archive, to which its bytes are appended.
  /// - Throws: `StoreError.system`, `.readOnly`.
  public func receiveArchive() throws(StoreError) -> IncomingArchive {
    guard mayWrite(into: root) else { throw .readOnly(path: root.string) }
    return try IncomingArchive(in: layout.temporary)
  }
}
