internal import Glibc
package import SystemPackage

/// A file that processes lock with `flock`. The lock ends with the value or with its process.
///
/// The order and the timeouts of a store's locks are defined in `ModuleStore`.
package struct AdvisoryLock: ~Copyable, Sendable {
  private let descriptor: FileDescriptor
  private let path: FilePath

  /// How a lock is held.
  package enum Mode: Sendable {
    /// Shared with other processes.
    case shared
    /// Exclusively.
    case exclusive
  }

  /// Opens the file to be locked, and creates it if it does not exist.
  package init(making path: FilePath) throws(FileError) { try self.init(path, O_RDWR | O_CREAT) }

  /// Opens a file that is locked and never written, and creates it if it does not exist.
  package init(readingOrMaking path: FilePath) throws(FileError) {
    do throws(FileError) { try self.init(path, O_RDONLY | O_CREAT) } catch {
      // If no file can be created, an existing one can still be locked.
      try self.init(path, O_RDONLY)
    }
  }

  /// Opens a file to be locked; nil if it does not exist.
  package init?(present path: FilePath) throws(FileError) {
    do throws(FileError) { try self.init(path, O_RDONLY) } catch {
      if error.isAbsence { return nil }
      throw error
    }
  }

  private init(_ path: FilePath, _ flags: CInt) throws(FileError) {
    descriptor = FileDescriptor(
      rawValue: try call("open", path) {
        path.withPlatformString { Glibc.open($0, flags | O_CLOEXEC, 0o666) }
      })
    self.path = path
  }

  deinit { _ = Glibc.close(descriptor.rawValue) }

  /// Takes the lock, or changes its mode; returns false if another process holds it in a conflicting mode.
  package func attempt(_ mode: Mode) throws(FileError) -> Bool {
    do throws(FileError) {
      try call("lock", path) { flock(descriptor.rawValue, (mode == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) }
      return true
    } catch {
      if error.reason == .wouldBlock { return false }
      throw error
    }
  }

  /// Releases the lock; the file stays open.
  package func release() { flock(descriptor.rawValue, LOCK_UN) }
}
