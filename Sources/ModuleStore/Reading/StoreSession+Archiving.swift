internal import FileSystem
internal import Git
public import SystemPackage
internal import Tar

extension StoreSession {
  /// Writes files to a tar archive, as `export` does to a folder; links and submodules are left out.
  ///
  /// - Parameters:
  ///   - exported: The files to export.
  ///   - output: The output, an open file.
  ///   - isCompressed: Whether the archive is compressed with gzip.
  /// - Returns: The written files.
  /// - Throws: `StoreError.system` if the file cannot be written, `.damaged`.
  public func export(
    _ exported: ExportedFiles, toArchive output: FileDescriptor, compressed isCompressed: Bool
  ) throws(StoreError) -> ExportResult {
    defer { withExtendedLifetime(exported) {} }
    let buffer = OutputBuffer(output)
    var bytes: Int64 = 0
    do {
      var writer = try TarWriter(level: isCompressed ? 6 : nil) { (chunk) throws(TarError) in
        do throws(Errno) { try buffer.append(chunk) } catch { throw .system(error) }
      }
      for (index, file) in exported.files.enumerated() {
        try work.check()
        bytes += try append(file, to: &writer)
        work.progress(
          Progress(.exporting, done: index + 1, total: exported.files.count, bytes: bytes))
      }
      try writer.finish()
      do throws(Errno) { try buffer.flush() } catch { throw TarError.system(error) }
    } catch let error as TarError {
      switch error {
      case .system(let reason): throw StoreError("cannot write the archive", reason)
      case .damaged(let text), .failed(let text): throw .failed(text)
      }
    } catch let error as StoreError {
      throw error
    } catch {
      throw .failed("\(error)")
    }
    return ExportResult(
      commit: exported.commit, files: exported.files.count, bytes: bytes, skipped: exported.skipped)
  }

  /// Writes a file, and returns its size.
  private func append(_ file: ExportedFile, to writer: inout TarWriter) throws -> Int64 {
    var entry = TarEntry(
      name: Array(file.path.dropFirst()), mode: file.isExecutable ? 0o755 : 0o644)
    let found: FoundObject
    do { found = try objectReader.open(file.blob) } catch { throw StoreError(error) }
    guard case .stream(var stream) = found else {
      // Deltas, and objects in an alternate's folder.
      let bytes = try translated { () throws(GitError) in try repository.object(file.blob, kind: .blob) }
      entry.size = bytes.count
      try writer.begin(entry)
      try writer.append(bytes.span.bytes)
      return Int64(bytes.count)
    }
    entry.size = stream.size
    let size = Int64(stream.size)
    try writer.begin(entry)
    try stream.forEachChunk(failure: { StoreError($0) as any Error }) { (chunk) throws(any Error) in
      try writer.append(chunk)
    }
    return size
  }
}
