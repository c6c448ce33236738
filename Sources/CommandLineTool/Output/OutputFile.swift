internal import FileSystem
internal import Glibc
internal import ModuleStore
internal import SystemPackage
internal import StoreJSON

/// The destination of a command's binary output: a file, or standard output.
///
/// A file gets its name only when it is complete. A device or pipe is written directly.
struct OutputFile {
  /// The file; nil for standard output.
  let path: String?
  /// Its name in errors.
  var name: String { path ?? "standard output" }

  /// Parses a word of the command line; `-` and nil are standard output.
  init(_ word: String?) { path = word == "-" ? nil : word }

  /// Writes the output of `body`.
  ///
  /// - Parameters:
  ///   - session: The run.
  ///   - isDurable: Whether the file must be on disk before it gets its name.
  ///   - body: Writes the bytes.
  /// - Returns: The result of `body`.
  /// - Throws: `Failure` if the file cannot be written, and errors of `body`.
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
      var draft = try OutputFile.draft(of: path, session)
      let result = try body(draft.descriptor)
      if isDurable { try draft.synchronize() }
      try draft.publish(at: FilePath(path))
      // If the folder cannot be opened, the system writes it later.
      if isDurable { try? synchronizeFolder(OutputFile.folder(of: path)) }
      return result
    } catch {
      guard let reason = (error as? FileError)?.reason ?? error as? Errno else { throw error }
      throw Failure(.failed, "cannot write \(path): \(reason)")
    }
  }

  /// Creates the unfinished version of a file, `NAME.NUMBER.part` next to it, and removes those of processes that died.
  ///
  /// - Throws: `FileError` if it cannot be created.
  static func draft(of path: String, _ session: Session) throws -> TemporaryFile {
    let names = DraftNames(
      in: OutputFile.folder(of: path), prefix: (FilePath(path).lastComponent?.string ?? "") + ".",
      suffix: ".part")
    // A file that remains does no harm, and may belong to another process.
    try? names.removeAbandoned(olderThan: (Timestamp.now.seconds - OutputFile.youth) * 1_000_000_000)
    let draft = try session.withUserMask {
      try TemporaryFile(making: names.fresh(), permissions: 0o666)
    }
    draft.lock()
    return draft
  }

  /// The age up to which a draft may not be locked yet, in seconds.
  private static let youth: Int64 = 10

  private static func folder(of path: String) -> FilePath {
    let folder = FilePath(path).removingLastComponent()
    return folder.isEmpty ? "." : folder
  }

  /// A folder for unfinished files that belong to no store.
  var folderForDrafts: FilePath { path.map { OutputFile.folder(of: $0) } ?? "/tmp" }
}
