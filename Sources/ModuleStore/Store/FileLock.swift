internal import Glibc
internal import SystemPackage

/// An advisory lock on a file (`flock`); released when the value goes, or when the process dies.
struct FileLock: ~Copyable {
  private let descriptor: FileDescriptor

  enum Mode {
    case shared
    case exclusive

    fileprivate var flag: Int32 { self == .shared ? LOCK_SH : LOCK_EX }
  }

  private init(descriptor: FileDescriptor) { self.descriptor = descriptor }

  deinit { try? descriptor.close() }

  /// Takes the lock, waiting up to `timeout` while others hold it; `waiting` is called once, after `patience`.
  ///
  /// `flock` has no time-out, so it is asked again after pauses that grow to 20 ms.
  static func take(
    _ path: FilePath, _ mode: Mode, timeout: Duration, patience: Duration = .seconds(1), waiting: () -> Void
  ) throws(StoreError) -> FileLock {
    let descriptor: FileDescriptor
    do {
      descriptor = try FileDescriptor.open(
        path, .readWrite, options: [.create, .closeOnExec],
        permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
    } catch {
      throw StoreError.system(what: "cannot open \(path)", errno: (error as? Errno)?.rawValue ?? EIO)
    }
    let lock = FileLock(descriptor: descriptor)
    let clock = ContinuousClock()
    let start = clock.now
    var pause: UInt32 = 200
    var hasReported = false
    while flock(descriptor.rawValue, mode.flag | LOCK_NB) != 0 {
      let code = errno
      guard code == EWOULDBLOCK || code == EINTR else {
        throw .system(what: "cannot lock \(path)", errno: code)
      }
      let waited = clock.now - start
      if waited >= timeout { throw .locked(what: path.string, seconds: Int(timeout.components.seconds)) }
      if !hasReported, waited >= patience {
        waiting()
        hasReported = true
      }
      usleep(UInt32.random(in: pause / 2...pause))
      pause = min(pause * 2, 20_000)
    }
    return lock
  }
}
