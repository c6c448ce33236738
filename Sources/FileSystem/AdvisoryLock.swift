internal import Glibc
package import SystemPackage

/// A file that processes lock among themselves (`flock`). The lock ends when the value goes, or its process.
///
/// In what order a store's locks are taken, and how long they are waited for, is the store's part.
package struct AdvisoryLock: ~Copyable, Sendable {
  private let descriptor: FileDescriptor
  private let path: FilePath

  /// How a lock is held.
  package enum Mode: Sendable {
    /// Together with others who share it.
    case shared
    /// Alone.
    case exclusive
  }

  /// Opens the file that is to be locked, making it where there is none.
  package init(making path: FilePath) throws(FileError) { try self.init(path, O_RDWR | O_CREAT) }

  /// Opens a file that is to be locked and never written, making it where there is none.
  package init(readingOrMaking path: FilePath) throws(FileError) {
    do throws(FileError) { try self.init(path, O_RDONLY | O_CREAT) } catch {
      // Where nothing can be made, one that is there can still be locked.
      try self.init(path, O_RDONLY)
    }
  }

  /// Opens a file that is to be locked; nil where there is none.
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

  /// Takes the lock, or changes how it is held; false where others hold it in a way that does not allow that.
  package func attempt(_ mode: Mode) throws(FileError) -> Bool {
    do throws(FileError) {
      try call("lock", path) { flock(descriptor.rawValue, (mode == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) }
      return true
    } catch {
      if error.reason == .wouldBlock { return false }
      throw error
    }
  }

  /// Gives the lock back; the file stays open.
  package func release() { flock(descriptor.rawValue, LOCK_UN) }
}
