internal import Glibc
package import SystemPackage

/// The status of a path or an open file.
package struct FileStatus: Sendable {
  /// The kinds of files.
  package enum Kind: Sendable {
    case file
    case directory
    case symlink
    case socket
    case other
  }

  package let kind: Kind
  /// The user who owns the file.
  package let owner: UInt32
  /// The number of bytes.
  package let size: Int64
  package let inode: UInt64
  /// The file system that the inode belongs to.
  package let device: UInt64
  /// The time of the last change of the bytes, in nanoseconds since 1970.
  package let modified: Int64
  /// The time of the last change of the bytes, the name, the permissions or the times, in nanoseconds since 1970. No
  /// program can set it.
  package let changed: Int64
  /// Whether somebody may execute it.
  package let isExecutable: Bool
  /// The number of 512-byte blocks on disk.
  package let blocks: Int64

  /// Reads the status; nil if nothing has that name.
  ///
  /// - Throws: Why the status cannot be read.
  package init?(_ path: FilePath, followingLinks: Bool = true) throws(FileError) {
    var status = stat()
    do throws(FileError) {
      try call("examine", path) {
        path.withPlatformString { followingLinks ? stat($0, &status) : lstat($0, &status) }
      }
    } catch {
      if error.isAbsence { return nil }
      throw error
    }
    self.init(status)
  }

  /// Reads the status of an open file.
  package init(_ descriptor: FileDescriptor) throws(Errno) {
    var status = stat()
    try call { fstat(descriptor.rawValue, &status) }
    self.init(status)
  }

  private init(_ status: stat) {
    isExecutable = status.st_mode & 0o111 != 0
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .symlink
      case S_IFSOCK: .socket
      default: .other
      }
    owner = status.st_uid
    size = Int64(status.st_size)
    inode = UInt64(status.st_ino)
    device = UInt64(status.st_dev)
    modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
    blocks = Int64(status.st_blocks)
  }
}

/// The operations that this process may do with a file or folder.
package enum FileAccess: Sendable {
  case read
  case write
  /// To list a folder, and to enter it.
  case list
  /// To create and remove names in a folder.
  case change

  fileprivate var mode: CInt {
    switch self {
    case .read: R_OK
    case .write: W_OK
    case .list: R_OK | X_OK
    case .change: W_OK | X_OK
    }
  }

  /// The name of the refused operation in errors.
  fileprivate var action: StaticString {
    switch self {
    case .read: "read"
    case .write, .change: "write"
    case .list: "list"
    }
  }
}

/// Checks whether this process may do something with a file or folder.
///
/// - Throws: Why it may not.
package func requireAccess(_ access: FileAccess, to path: FilePath) throws(FileError) {
  try call(access.action, path) {
    path.withPlatformString { Glibc.access($0, access.mode) }
  }
}

/// Returns whether this process may write into a folder.
package func mayWrite(into path: FilePath) -> Bool {
  // For any reason, writing there would fail.
  do throws(FileError) { try requireAccess(.write, to: path) } catch { return false }
  return true
}

/// Sets the mode of a file, as `chmod` does; the umask is ignored.
///
/// - Throws: Why the mode did not change.
package func setPermissions(_ mode: UInt32, of path: FilePath) throws(FileError) {
  try call("change the permissions of", path) { path.withPlatformString { chmod($0, mode) } }
}

/// Removes an empty folder; returns false if it is not empty or does not exist.
///
/// - Throws: Why it was not removed.
@discardableResult
package func removeEmptyFolder(_ path: FilePath) throws(FileError) -> Bool {
  do throws(FileError) {
    try call("remove", path) { path.withPlatformString { rmdir($0) } }
    return true
  } catch {
    if error.isAbsence || error.reason == .directoryNotEmpty { return false }
    throw error
  }
}

/// Sets a file's times to now; returns false if the file does not exist or the system refuses.
package func touch(_ path: FilePath) -> Bool {
  path.withPlatformString { utimensat(AT_FDCWD, $0, nil, 0) } == 0
}

/// Returns whether a file or folder of that name exists.
///
/// - Throws: Why that cannot be determined.
package func fileExists(_ path: FilePath) throws(FileError) -> Bool {
  do throws(FileError) {
    try call("examine", path) { path.withPlatformString { access($0, F_OK) } }
    return true
  } catch {
    if error.isAbsence { return false }
    throw error
  }
}

/// Reads the target of a symbolic link.
///
/// - Parameters:
///   - path: The link.
///   - limit: The maximum number of bytes to read.
/// - Returns: The bytes of the target; nil if the path is not a symbolic link.
/// - Throws: Why it cannot be read; also if it does not exist.
package func linkTarget(of path: FilePath, limit: Int) throws(FileError) -> [UInt8]? {
  var target = [UInt8](repeating: 0, count: limit)
  do throws(FileError) {
    let count = try call("read", path) {
      path.withPlatformString { path in
        target.withUnsafeMutableBytes { bytes in
          bytes.withMemoryRebound(to: CChar.self) { text in
            text.baseAddress.map { readlink(path, $0, text.count) } ?? 0
          }
        }
      }
    }
    return Array(target.prefix(count))
  } catch {
    if error.reason == .invalidArgument { return nil }
    throw error
  }
}

/// Removes a file; returns false if it does not exist.
///
/// - Throws: Why it was not removed.
@discardableResult
package func removeFile(_ path: FilePath) throws(FileError) -> Bool {
  do throws(FileError) {
    try call("remove", path) { path.withPlatformString { unlink($0) } }
    return true
  } catch {
    if error.isAbsence { return false }
    throw error
  }
}

/// Moves a file or folder to another name, and replaces a file or an empty folder of that name.
package func rename(_ old: FilePath, to new: FilePath) throws(FileError) {
  try call("rename", old) {
    old.withPlatformString { old in new.withPlatformString { new in Glibc.rename(old, new) } }
  }
}

/// Gives a file a second name (hard link).
package func linkFile(_ path: FilePath, to new: FilePath) throws(FileError) {
  try call("link", path) {
    path.withPlatformString { path in new.withPlatformString { new in link(path, new) } }
  }
}

/// Exchanges the names of two folders. For a moment neither exists: Swift has no name for the system call that
/// exchanges them atomically.
///
/// - Parameters:
///   - one: A folder.
///   - other: Another folder on the same file system.
///   - between: The name of the other folder for that moment.
/// - Throws: Why it failed; each folder then has its own name, unless reverting failed too.
package func exchange(
  _ one: FilePath, _ other: FilePath, through between: FilePath
) throws(FileError) {
  try rename(other, to: between)
  do throws(FileError) { try rename(one, to: other) } catch {
    try rename(between, to: other)
    throw error
  }
  try rename(between, to: one)
}

/// The absolute path without symbolic links; nil if the path does not exist.
package func resolved(_ path: FilePath) -> FilePath? {
  path.withPlatformString { path in
    guard let text = realpath(path, nil) else { return nil }
    defer { free(text) }
    return FilePath(platformString: text)
  }
}
