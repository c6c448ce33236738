internal import FileSystem
internal import Glibc
internal import SystemPackage

/// The state of the files that contain the value of a branch: the time of the last change (ctime), size and inode of
/// each. A copied file may keep its modification time, so that time is not used; and each file may be a link.
///
/// If the stamp is the same and settled, the branch has not moved. File system clocks have a limited resolution, and
/// inodes are reused: after two moves within that resolution all three may be unchanged, so a young file counts as
/// changed.
public struct BranchStamp: Hashable, Sendable {
  private struct File: Hashable {
    let changed: Int64
    let size: Int64
    let inode: UInt64
  }

  private let files: [File?]
  /// Whether no file is so young that it may change again without a visible difference.
  public let isSettled: Bool

  /// A coarser resolution than the clock of any file system, in nanoseconds; that of the kernel is 1 to 10 ms.
  private static let youth: Int64 = 20_000_000

  fileprivate init(_ paths: [FilePath]) throws(FileError) {
    var files: [File?] = []
    var youngest = Int64.min
    for path in paths {
      let status = try FileStatus(path)
      files.append(status.map { File(changed: $0.changed, size: $0.size, inode: $0.inode) })
      youngest = max(youngest, status?.changed ?? .min)
    }
    self.files = files
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    isSettled =
      youngest == .min
      || Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec) - youngest >= BranchStamp.youth
  }
}

extension Store {
  /// The stamp of a branch. It takes two `stat` calls, and no connection.
  ///
  /// - Throws: `StoreError.system`.
  public func stamp(of branch: BranchName) throws(StoreError) -> BranchStamp {
    try stamp([root.appending("packed-refs"), root.pushing(FilePath(branch.reference))])
  }

  /// The stamp of HEAD, which names the default branch.
  ///
  /// - Throws: `StoreError.system`.
  public func stampOfHead() throws(StoreError) -> BranchStamp { try stamp([root.appending("HEAD")]) }

  private func stamp(_ paths: [FilePath]) throws(StoreError) -> BranchStamp {
    try translated { () throws(FileError) in try BranchStamp(paths) }
  }
}
