internal import FileSystem
internal import Glibc
internal import ModuleStore
internal import SystemPackage
internal import StoreJSON

/// Where a command writes bytes that are no text: a file, or standard output.
///
/// A file appears under its name only when it is whole. A device or pipe is written as it is.
struct OutputFile {
  /// The file; nil for standard output.
  let path: String?
  /// What errors call it.
  var name: String { path ?? "standard output" }

  /// Takes a word of the command line; `-` and nil are standard output.
  init(_ word: String?) { path = word == "-" ? nil : word }

  /// Writes what `body` writes.
  ///
  /// - Parameters:
  ///   - session: The run.
  ///   - isDurable: Whether the file has to be on disk before it gets its name.
  ///   - body: Writes the bytes.
  /// - Returns: What `body` returns.
  /// - Throws: `Failure` where the file cannot be written, and what `body` throws.
  func write<Result>(
    _ session: Session, isDurable: Bool = false, _ body: (FileDescriptor) throws -> Result
  ) throws -> Result {
    do {
      guard let path else {
        try session.console.flush()
        return try body(session.console.streams.output)
      }
      return try write(to: path, session, isDurable: isDurable, body)
    } catch StoreError.system(_, EPIPE) {
      throw Console.OutputClosed()
    }
  }

  private func write<Result>(
    to path: String, _ session: Session, isDurable: Bool, _ body: (FileDescriptor) throws -> Result
  ) throws -> Result {
    do {
      if try FileKind(path) == .special {
        let descriptor = try FileDescriptor.open(FilePath(path), .writeOnly)
        return try descriptor.closeAfter { try body(descriptor) }
      }
      let number = String(UInt64.random(in: 0 ... .max), radix: 16)
      var draft = try session.withUserMask {
        try TemporaryFile(making: FilePath("\(path).\(number).part"), permissions: 0o666)
      }
      let result = try body(draft.descriptor)
      if isDurable { try draft.synchronize() }
      try draft.publish(at: FilePath(path))
      // Where the folder cannot be opened, the system writes it in its own time.
      if isDurable { try? synchronizeFolder(folder(of: path)) }
      return result
    } catch {
      guard let reason = (error as? FileError)?.reason ?? error as? Errno else { throw error }
      throw Failure(.failed, "cannot write \(path): \(reason)")
    }
  }

  private func folder(of path: String) -> FilePath {
    let folder = FilePath(path).removingLastComponent()
    return folder.isEmpty ? "." : folder
  }

  /// A folder for unfinished files that belong to no store.
  var folderForDrafts: FilePath { path.map { folder(of: $0) } ?? "/tmp" }
}
