internal import Glibc
package import SystemPackage

/// What a file system has left.
package struct DiskSpace: Sendable {
  /// The bytes that this user may still write.
  package let availableBytes: Int64
  /// The files that may still be made; nil where the file system does not count them.
  package let availableFiles: Int64?

  /// Asks the file system that a path lies on.
  ///
  /// - Throws: Why that cannot be told.
  package init(at path: FilePath) throws(FileError) {
    var status = statvfs()
    try call("examine", path) { path.withPlatformString { statvfs($0, &status) } }
    availableBytes = Int64(clamping: status.f_bavail) * Int64(clamping: status.f_frsize)
    availableFiles = status.f_files == 0 ? nil : Int64(clamping: status.f_favail)
  }
}
