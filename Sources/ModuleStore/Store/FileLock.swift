internal import FileSystem
internal import Glibc
internal import SystemPackage

/// A lock on a file; released when the value is destroyed, or when the process ends.
struct FileLock: ~Copyable {
  typealias Mode = AdvisoryLock.Mode

  private let lock: AdvisoryLock

  /// Takes the lock; waits up to `timeout` while others hold it, and calls `waiting` once, after `patience`.
  ///
  /// `flock` has no time-out, so it is called again after pauses that grow to 20 ms.
  static func take(
    _ path: FilePath, _ mode: Mode, timeout: Duration, patience: Duration = .seconds(1), work: Work = Work(),
    waiting: () -> Void
  ) throws(StoreError) -> FileLock {
    let lock = try translated { () throws(FileError) in try AdvisoryLock(making: path) }
    let clock = ContinuousClock()
    let start = clock.now
    var pause: UInt32 = 200
    var hasReported = false
    while try translated({ () throws(FileError) in try !lock.attempt(mode) }) {
      try work.check()
      let waited = clock.now - start
      if waited >= timeout { throw .locked(what: path.string, seconds: Int(timeout.components.seconds)) }
      if !hasReported, waited >= patience {
        waiting()
        hasReported = true
      }
      usleep(UInt32.random(in: pause / 2...pause))
      pause = min(pause * 2, 20_000)
    }
    return FileLock(lock: lock)
  }
}
