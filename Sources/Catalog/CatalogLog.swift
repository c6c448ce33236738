internal import FileSystem
internal import Glibc
internal import SQLite
internal import SystemPackage

/// The state of a catalog's log, the file in which SQLite keeps rows until they are folded into the database.
struct CatalogLog {
  /// The number of bytes; 0 where there is no such file.
  let size: Int64
  /// Whether nothing was written for a second.
  let rests: Bool

  /// The size at which a log is folded: every later process that opens it reads it whole.
  static let largestSize: Int64 = 256 << 10

  /// Looks at the log of a catalog.
  ///
  /// - Throws: `unavailable` where it cannot be told whether there is one.
  init(ofCatalog path: FilePath) throws(DatabaseError) {
    let log = FilePath(path.string + "-wal")
    guard let status = try translated({ () throws(FileError) in try FileStatus(log) }) else {
      (size, rests) = (0, true)
      return
    }
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    size = status.size
    rests = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec) - status.modified >= 1_000_000_000
  }
}
