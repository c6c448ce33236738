internal import Glibc
package import SystemPackage

/// The free space of a file system.
package struct DiskSpace: Sendable {
  /// The bytes that this user can still write.
  package let availableBytes: Int64
  /// The files that can still be created; nil if the file system does not count them.
  package let availableFiles: Int64?

  /// Asks the file system that contains a path.
  ///
  /// - Throws: Why the free space cannot be determined.
  package init(at path: FilePath) throws(FileError) {
    var status = statvfs()
    try call("examine", path) { path.withPlatformString { statvfs($0, &status) } }
    availableBytes = Int64(clamping: status.f_bavail) * Int64(clamping: status.f_frsize)
    availableFiles = status.f_files == 0 ? nil : Int64(clamping: status.f_favail)
  }
}
