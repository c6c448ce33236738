internal import Glibc
internal import SystemPackage

/// The state of a catalog's log, the file in which SQLite keeps rows until they are folded into the database.
struct CatalogLog {
  /// The number of bytes; 0 where there is no such file.
  let size: Int64
  /// Whether nothing was written for a second.
  let rests: Bool

  /// The size at which a log is folded: every later process that opens it reads it whole.
  static let largestSize: Int64 = 256 << 10

  init(ofCatalog path: FilePath) {
    var status = stat()
    guard stat(path.string + "-wal", &status) == 0 else {
      (size, rests) = (0, true)
      return
    }
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    size = Int64(status.st_size)
    let seconds = now.tv_sec - status.st_mtim.tv_sec
    rests = seconds > 1 || (seconds == 1 && now.tv_nsec >= status.st_mtim.tv_nsec)
  }
}
