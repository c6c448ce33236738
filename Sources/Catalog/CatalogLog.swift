internal import FileSystem
internal import Glibc
internal import SQLite
internal import SystemPackage

/// The state of a catalog's write-ahead log, in which SQLite keeps rows until a checkpoint.
struct CatalogLog {
  /// The number of bytes; 0 if the file does not exist.
  let size: Int64
  /// Whether nothing was written for the last second.
  let rests: Bool

  /// The size from which a checkpoint is run: every later process that opens the log reads all of it.
  static let largestSize: Int64 = 256 << 10

  /// Reads the state of a catalog's log.
  ///
  /// - Throws: `unavailable` if it cannot be determined whether the log exists.
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
