internal import Glibc
internal import SystemPackage

/// The lock that keeps a catalog's file as it is: whoever reads the file without its log shares it, and whoever
/// folds the log into the file holds it alone.
///
/// It is a `flock` of the file itself, beside the `fcntl` locks that SQLite takes. Those are dropped when a process
/// closes any descriptor of the file, so the lock must live as long as the connections.
final class CatalogLock {
  private let descriptor: FileDescriptor

  /// Opens the catalog's file; nil where it is not there, or cannot be read.
  init?(_ path: FilePath) {
    guard let descriptor = try? FileDescriptor.open(path, .readOnly, options: .closeOnExec) else {
      return nil
    }
    self.descriptor = descriptor
  }

  deinit { try? descriptor.close() }

  /// Takes the lock with other readers; false where somebody holds it alone.
  func share() -> Bool { flock(descriptor.rawValue, LOCK_SH | LOCK_NB) == 0 }

  /// Takes the lock alone; false where anybody else holds it.
  func takeAlone() -> Bool { flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 }

  func release() { flock(descriptor.rawValue, LOCK_UN) }
}

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
