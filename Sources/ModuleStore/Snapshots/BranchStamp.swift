internal import FileSystem
internal import Glibc
internal import SystemPackage

/// What the files look like that say where a branch stands: the time of the last change, size and inode of each.
/// A copy may bring the time of its bytes along, so that is not the one; and either file may be a link to another place.
///
/// While it is the same and settled, the branch stands where it stood. File systems stamp with a grain, and use inodes
/// again: two moves within the grain may leave all three as they were, so what is young counts as changed.
public struct BranchStamp: Hashable, Sendable {
  private struct File: Hashable {
    let changed: Int64
    let size: Int64
    let inode: UInt64
  }

  private let files: [File?]
  /// Whether no file is so young that it may change again without a trace.
  public let isSettled: Bool

  /// No file system's clock has a coarser grain, in nanoseconds; the kernel's own is 1 to 10 ms.
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
  /// The stamp of a branch. Costs the system's look at two files, and no connection.
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
