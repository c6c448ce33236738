internal import Glibc
package import SystemPackage

/// A name in a folder.
package struct FolderEntry: Sendable {
  /// The bytes of the name, which may not be UTF-8.
  package let bytes: [UInt8]
  /// The kind of the entry; nil if the file system does not report it in the listing.
  package let kind: FileStatus.Kind?

  /// The name, repaired if it is not UTF-8.
  package var name: String { String(decoding: bytes, as: UTF8.self) }
}

/// The entries of a folder, without `.` and `..`, in no particular order.
///
/// - Throws: Why it cannot be read.
package func entries(in folder: FilePath) throws(FileError) -> [FolderEntry] {
  var code: CInt = 0
  let opened = folder.withPlatformString { name in
    let stream = opendir(name)
    code = errno
    return stream
  }
  guard let stream = opened else { throw FileError("list", folder, Errno(rawValue: code)) }
  defer { closedir(stream) }
  return try entries(in: folder) { readdir(stream) }
}

/// The entries of a folder that was opened for listing; `next` reads an entry.
func entries(
  in folder: FilePath, reading next: () -> UnsafeMutablePointer<dirent>?
) throws(FileError) -> [FolderEntry] {
  var entries: [FolderEntry] = []
  while true {
    errno = 0
    guard let entry = next() else {
      let code = errno
      guard code == 0 else { throw FileError("list", folder, Errno(rawValue: code)) }
      return entries
    }
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix(while: { $0 != 0 })) }
    guard name != [0x2e], name != [0x2e, 0x2e] else { continue }
    let kind: FileStatus.Kind? =
      switch Int(entry.pointee.d_type) {
      case DT_REG: .file
      case DT_DIR: .directory
      case DT_LNK: .symlink
      case DT_SOCK: .socket
      case DT_UNKNOWN: nil
      default: .other
      }
    entries.append(FolderEntry(bytes: name, kind: kind))
  }
}

/// The names in a folder, without `.` and `..`, in no particular order; empty if there is no such folder.
///
/// - Throws: Why it cannot be read.
package func names(in folder: FilePath) throws(FileError) -> [String] {
  do throws(FileError) { return try entries(in: folder).map(\.name) } catch {
    if error.isAbsence { return [] }
    throw error
  }
}

/// Creates a folder unless it exists; returns whether it was created.
@discardableResult
package func makeFolder(_ path: FilePath) throws(FileError) -> Bool {
  do throws(FileError) {
    try call("make", path) {
      path.withPlatformString { mkdir($0, 0o777) } == 0 && SharedAccess.prepareFolder(path) ? 0 : -1
    }
    return true
  } catch {
    if error.reason == .fileExists { return false }
    throw error
  }
}

/// Creates a folder and its parent folders, unless they exist.
package func makeFolders(_ path: FilePath) throws(FileError) {
  do throws(FileError) { try makeFolder(path) } catch {
    let parent = path.folder
    guard error.reason == .noSuchFileOrDirectory, !parent.isEmpty, parent != path else { throw error }
    try makeFolders(parent)
    try makeFolder(path)
  }
}

/// Removes a file, or a folder and everything in it; does nothing if it does not exist. Links are not followed.
///
/// - Throws: The first reason why something was not removed.
package func removeTree(_ path: FilePath) throws(FileError) {
  guard try clearTree(path) else { throw FileError("remove", path, .directoryNotEmpty) }
}

/// Does the same while other processes may add entries: these stay, and so do the folders that contain them.
///
/// - Returns: Whether nothing is left.
/// - Throws: Why something from before was not removed.
@discardableResult
package func clearTree(_ path: FilePath) throws(FileError) -> Bool {
  guard let status = try FileStatus(path, followingLinks: false) else { return true }
  guard status.kind == .directory else {
    try removeFile(path)
    return true
  }
  do throws(FileError) {
    for entry in try entries(in: path) { try clearTree(path.appending(bytes: entry.bytes)) }
  } catch {
    // Another process has removed it.
    guard error.isAbsence else { throw error }
  }
  if try removeEmptyFolder(path) { return true }
  return try FileStatus(path, followingLinks: false) == nil
}
