internal import Glibc
package import SystemPackage

/// An open folder in which files are written and removed, and nowhere else: no name in it may be a path, and no link in
/// it is followed.
package final class ConfinedFolder: Sendable {
  private let descriptor: FileDescriptor
  /// Where it lies, for messages.
  package let path: FilePath

  /// What unfinished files begin with.
  private static let unfinishedPrefix = ".wasmstore-"

  /// Opens a folder, making it and those above it where they are missing. Links on the way are followed: whoever named
  /// it meant it so.
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

  /// Opens a folder below, step by step.
  ///
  /// - Parameters:
  ///   - steps: The names that lead to it, none of them `.` or `..`, or with a slash.
  ///   - isMaking: Whether what is missing is made.
  /// - Returns: The folder.
  /// - Throws: `notDirectory` where a step is a link or a file, `noSuchFileOrDirectory` where it is missing.
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
      // Another thread makes it too.
      guard error.reason == .fileExists else { throw error }
    }
    return try ConfinedFolder(at: descriptor.rawValue, name, path: path, flags: O_NOFOLLOW)
  }

  /// Writes a file, which gets its name when it is whole. It takes the place of a file or link of that name.
  ///
  /// - Parameters:
  ///   - step: Its name.
  ///   - isExecutable: Whether it may be run.
  ///   - failure: The caller's error for one of the file.
  ///   - body: Writes the bytes.
  /// - Throws: What `body` throws; nothing is left of the file then.
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
      // Only where the disk does not tell it at once, closing may say that a write has failed.
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

  /// What is in the folder, without `.` and `..`, in no order.
  package func entries() throws(FileError) -> [FolderEntry] {
    // The stream closes what it reads from.
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

  /// Removes a file or link, or a folder that is empty.
  package func remove(_ step: [UInt8], isFolder: Bool) throws(FileError) {
    let name = try checked(step)
    try call("remove", path.appending(bytes: step)) {
      name.withPlatformString { unlinkat(descriptor.rawValue, $0, isFolder ? AT_REMOVEDIR : 0) }
    }
  }

  /// A name, which leads to nothing but what lies in the folder.
  private func checked(_ step: [UInt8]) throws(FileError) -> FilePath {
    guard !step.isEmpty, step != [0x2e], step != [0x2e, 0x2e], !step.contains(0x2f), !step.contains(0) else {
      throw FileError("enter", path.appending(bytes: step), .invalidArgument)
    }
    return FilePath(step)
  }
}
