internal import FileSystem
internal import SystemPackage

/// An archive whose bytes come from where they may take any time, such as a request, until it can be imported. It lies in a
/// file of the store's own, which goes away with this.
///
/// Whoever receives an archive waits for each piece before the next one comes, on whatever thread: no two calls meet.
public final class IncomingArchive: @unchecked Sendable {
  private var file: TemporaryFile

  init(in folder: FilePath) throws(StoreError) {
    do throws(FileError) { file = try TemporaryFile(in: folder, prefix: "archive-") } catch {
      throw StoreError(error)
    }
  }

  /// The number of bytes that came.
  public var size: Int { file.size }

  /// Takes the next bytes.
  ///
  /// - Throws: `StoreError.system` where they cannot be kept.
  public func append(_ bytes: [UInt8]) throws(StoreError) {
    try translated { () throws(FileError) in try file.append(bytes.span.bytes) }
  }

  /// What an import takes; only as long as this is there.
  public var source: ImportRequest.Source { .archive(.file(file.path)) }
}

extension StoreSession {
  /// Begins to receive an archive.
  ///
  /// - Returns: What takes its bytes.
  /// - Throws: `StoreError.system`, `.readOnly`.
  public func receiveArchive() throws(StoreError) -> IncomingArchive {
    guard mayWrite(into: root) else { throw .readOnly(path: root.string) }
    return try IncomingArchive(in: layout.temporary)
  }
}
