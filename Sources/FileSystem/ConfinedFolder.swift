internal import Glibc
package import SystemPackage

/// An open folder. Files are written and removed only in it: names must not be paths, and links in it are not
/// followed.
package final class ConfinedFolder: Sendable {
  private let descriptor: FileDescriptor
  /// The path of the folder, for messages.
  package let path: FilePath

  /// The beginning of the names of unfinished files.
  private static let unfinishedPrefix = ".wasmstore-"

  /// Opens a folder, and creates it and its parent folders if they are missing. Links in the path are followed,
  /// because the user gave the path.
  package convenience init(making path: FilePath) throws(FileError) {
    try makeFolders(path)
    try self.init(at: AT_FDCWD, path, path: path, flags: 0)
  }

  private init(at parent: CInt, _ name: FilePath, path: FilePath, flags: CInt) throws(FileError) {
    let raw = try call("enter", path) {
      name.withPlatformString { openat(parent, $0, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags) }
    }
    descriptor = FileDescriptor(rawValue: raw)
    self.path = path
  }

  deinit { _ = Glibc.close(descriptor.rawValue) }

  /// Opens a folder below this one, step by step.
  ///
  /// - Parameters:
  ///   - steps: The names on the path, none of them `.` or `..`, or with a slash.
  ///   - isMaking: Whether missing folders are created.
  /// - Returns: The folder.
  /// - Throws: `notDirectory` if a step is a link or a file, `noSuchFileOrDirectory` if it is missing.
  package func folder(_ steps: some Collection<[UInt8]>, making isMaking: Bool) throws(FileError)
    -> ConfinedFolder
  {
    var current = self
    for step in steps { current = try current.entered(step, making: isMaking) }
    return current
  }

  private func entered(_ step: [UInt8], making isMaking: Bool) throws(FileError) -> ConfinedFolder {
    let (name, path) = (try checked(step), path.appending(bytes: step))
    do throws(FileError) {
      return try ConfinedFolder(at: descriptor.rawValue, name, path: path, flags: O_NOFOLLOW)
    } catch {
      guard isMaking, error.reason == .noSuchFileOrDirectory else { throw error }
    }
    do throws(FileError) {
      try call("make", path) { name.withPlatformString { mkdirat(descriptor.rawValue, $0, 0o777) } }
    } catch {
      // Another thread may create it at the same time.
      guard error.reason == .fileExists else { throw error }
    }
    return try ConfinedFolder(at: descriptor.rawValue, name, path: path, flags: O_NOFOLLOW)
  }

  /// Writes a file, which gets its name when it is complete. It replaces a file or link of that name.
  ///
  /// - Parameters:
  ///   - step: Its name.
  ///   - isExecutable: Whether the file is executable.
  ///   - failure: Makes the caller's error from a file error.
  ///   - body: Writes the bytes.
  /// - Throws: Errors of `body`; then nothing is left of the file.
  package func write<Failure: Error>(
    _ step: [UInt8], executable isExecutable: Bool, failure: (FileError) -> Failure,
    _ body: (FileDescriptor) throws(Failure) -> Void
  ) throws(Failure) {
    let draft = FilePath(
      ConfinedFolder.unfinishedPrefix + String(UInt64.random(in: 1 << 63 ... .max), radix: 16))
    let path = path.appending(bytes: step)
    let name: FilePath
    let file: FileDescriptor
    do throws(FileError) {
      name = try checked(step)
      file = FileDescriptor(
        rawValue: try call("write", path) {
          draft.withPlatformString {
            openat(
              descriptor.rawValue, $0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
              isExecutable ? 0o777 : 0o666)
          }
        })
    } catch {
      throw failure(error)
    }
    do throws(Failure) {
      // Some file systems report a failed write only at `close`.
      do throws(Failure) { try body(file) } catch {
        _ = Glibc.close(file.rawValue)
        throw error
      }
      do throws(FileError) {
        try call("write", path) { Glibc.close(file.rawValue) }
        try call("write", path) {
          draft.withPlatformString { draft in
            name.withPlatformString { renameat(descriptor.rawValue, draft, descriptor.rawValue, $0) }
          }
        }
      } catch {
        throw failure(error)
      }
    } catch {
      _ = draft.withPlatformString { unlinkat(descriptor.rawValue, $0, 0) }
      throw error
    }
  }

  /// The entries of the folder, without `.` and `..`, in no particular order.
  package func entries() throws(FileError) -> [FolderEntry] {
    // The stream closes its descriptor.
    let copy = try call("list", path) {
      openat(descriptor.rawValue, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard let stream = fdopendir(copy) else {
      let reason = Errno(rawValue: errno)
      _ = Glibc.close(copy)
      throw FileError("list", path, reason)
    }
    defer { closedir(stream) }
    return try FileSystem.entries(in: path) { readdir(stream) }
  }

  /// Removes a file or link, or an empty folder.
  package func remove(_ step: [UInt8], isFolder: Bool) throws(FileError) {
    let name = try checked(step)
    try call("remove", path.appending(bytes: step)) {
      name.withPlatformString { unlinkat(descriptor.rawValue, $0, isFolder ? AT_REMOVEDIR : 0) }
    }
  }

  /// A name that can only refer to an entry of the folder.
  private func checked(_ step: [UInt8]) throws(FileError) -> FilePath {
    guard !step.isEmpty, step != [0x2e], step != [0x2e, 0x2e], !step.contains(0x2f), !step.contains(0) else {
      throw FileError("enter", path.appending(bytes: step), .invalidArgument)
    }
    return FilePath(step)
  }
}
