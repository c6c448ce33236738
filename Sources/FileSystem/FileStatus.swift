internal import Glibc
package import SystemPackage

/// What a path or an open file leads to.
package struct FileStatus: Sendable {
  /// The kinds of thing that have a name.
  package enum Kind: Sendable {
    case file
    case directory
    case symlink
    case socket
    case other
  }

  package let kind: Kind
  /// The user that it belongs to.
  package let owner: UInt32
  /// The number of bytes.
  package let size: Int64
  package let inode: UInt64
  /// The file system that the inode is one of.
  package let device: UInt64
  /// The time of the last change of the bytes, in nanoseconds since 1970.
  package let modified: Int64
  /// The time of the last change of the bytes, the name, the rights or the times, which nobody can set, in nanoseconds
  /// since 1970.
  package let changed: Int64
  /// The number of 512-byte blocks on disk.
  package let blocks: Int64

  /// Reads the status; nil where there is nothing of that name.
  ///
  /// - Throws: Why it cannot be told what is there.
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

/// What this process may do with a file or folder.
package enum FileAccess: Sendable {
  case read
  case write
  /// To list a folder, and to step into it.
  case list
  /// To make and remove names in a folder.
  case change

  fileprivate var mode: CInt {
    switch self {
    case .read: R_OK
    case .write: W_OK
    case .list: R_OK | X_OK
    case .change: W_OK | X_OK
    }
  }

  /// What is refused, as errors call it.
  fileprivate var action: StaticString {
    switch self {
    case .read: "read"
    case .write, .change: "write"
    case .list: "list"
    }
  }
}

/// Asks whether this process may do something with a file or folder.
///
/// - Throws: Why it may not.
package func requireAccess(_ access: FileAccess, to path: FilePath) throws(FileError) {
  try call(access.action, path) {
    path.withPlatformString { Glibc.access($0, access.mode) }
  }
}

/// Says whether this process may write into a folder.
package func mayWrite(into path: FilePath) -> Bool {
  // Whatever the reason is, writing there would fail.
  do throws(FileError) { try requireAccess(.write, to: path) } catch { return false }
  return true
}

/// Says who may do what with a file, as `chmod` counts; the umask does not matter.
///
/// - Throws: Why that is as it was.
package func setPermissions(_ mode: UInt32, of path: FilePath) throws(FileError) {
  try call("change the permissions of", path) { path.withPlatformString { chmod($0, mode) } }
}

/// Removes an empty folder; false where something is in it, or it is not there.
///
/// - Throws: Why it is still there.
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

/// Sets a file's times to now; false where there is no file of that name, or the system refuses.
package func touch(_ path: FilePath) -> Bool {
  path.withPlatformString { utimensat(AT_FDCWD, $0, nil, 0) } == 0
}

/// Says whether there is a file or folder of that name.
///
/// - Throws: Why that cannot be told.
package func fileExists(_ path: FilePath) throws(FileError) -> Bool {
  do throws(FileError) {
    try call("examine", path) { path.withPlatformString { access($0, F_OK) } }
    return true
  } catch {
    if error.isAbsence { return false }
    throw error
  }
}

/// Reads where a symbolic link leads.
///
/// - Parameters:
///   - path: The link.
///   - limit: The most bytes that are read.
/// - Returns: The bytes of the path in it; nil where something else has that name.
/// - Throws: Why it cannot be read; also where there is nothing.
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

/// Removes a file; false where there is none.
///
/// - Throws: Why it is still there.
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

/// Moves a file or folder to another name, over a file or an empty folder that has it.
package func rename(_ old: FilePath, to new: FilePath) throws(FileError) {
  try call("rename", old) {
    old.withPlatformString { old in new.withPlatformString { new in Glibc.rename(old, new) } }
  }
}

/// Gives a file another name beside the one that it has.
package func linkFile(_ path: FilePath, to new: FilePath) throws(FileError) {
  try call("link", path) {
    path.withPlatformString { path in new.withPlatformString { new in link(path, new) } }
  }
}

/// Gives a folder the name of another one, which gets its name. For a moment neither is there: Swift has no name for the
/// call of the system that does it at once.
///
/// - Throws: Why it cannot be done; each then has its own name, unless taking that back failed too.
package func exchange(_ one: FilePath, _ other: FilePath) throws(FileError) {
  let between = FilePath(one.bytes + Array(".replaced".utf8))
  try rename(other, to: between)
  do throws(FileError) { try rename(one, to: other) } catch {
    try rename(between, to: other)
    throw error
  }
  try rename(between, to: one)
}

/// The absolute path without symbolic links that leads to the same; nil where there is nothing.
package func resolved(_ path: FilePath) -> FilePath? {
  path.withPlatformString { path in
    guard let text = realpath(path, nil) else { return nil }
    defer { free(text) }
    return FilePath(platformString: text)
  }
}
