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
      var draft = try OutputFile.draft(of: path, session)
      let result = try body(draft.descriptor)
      if isDurable { try draft.synchronize() }
      try draft.publish(at: FilePath(path))
      // Where the folder cannot be opened, the system writes it in its own time.
      if isDurable { try? synchronizeFolder(OutputFile.folder(of: path)) }
      return result
    } catch {
      guard let reason = (error as? FileError)?.reason ?? error as? Errno else { throw error }
      throw Failure(.failed, "cannot write \(path): \(reason)")
    }
  }

  /// Makes the unfinished version of a file, `NAME.NUMBER.part` beside it, and removes those that processes left which
  /// died.
  ///
  /// - Throws: `FileError` where it cannot be made.
  static func draft(of path: String, _ session: Session) throws -> TemporaryFile {
    let names = DraftNames(
      in: OutputFile.folder(of: path), prefix: (FilePath(path).lastComponent?.string ?? "") + ".",
      suffix: ".part")
    // What stays does no harm, and may belong to somebody else.
    try? names.removeAbandoned(olderThan: (Timestamp.now.seconds - OutputFile.youth) * 1_000_000_000)
    let draft = try session.withUserMask {
      try TemporaryFile(making: names.fresh(), permissions: 0o666)
    }
    draft.lock()
    return draft
  }

  /// How young a draft is that may not be locked yet, in seconds.
  private static let youth: Int64 = 10

  private static func folder(of path: String) -> FilePath {
    let folder = FilePath(path).removingLastComponent()
    return folder.isEmpty ? "." : folder
  }

  /// A folder for unfinished files that belong to no store.
  var folderForDrafts: FilePath { path.map { OutputFile.folder(of: $0) } ?? "/tmp" }
}
