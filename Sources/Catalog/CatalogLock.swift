internal import FileSystem
internal import Glibc
internal import SQLite
internal import SystemPackage

/// The lock that prevents changes to a catalog's file: a process that reads the file without its log holds it shared,
/// and a process that runs a checkpoint holds it exclusively.
///
/// It is a `flock` on a separate file. SQLite drops its locks in the whole process when any descriptor of the
/// database file is closed, so no other descriptor of that file may be opened.
final class CatalogLock {
  private let lock: AdvisoryLock

  /// Opens the lock of the catalogs in a folder, and creates the file if it is missing.
  ///
  /// Nil if it can be neither opened nor created, as in a folder that is not writable. A process without the lock
  /// reads the file without its log only if no process can write to it, and runs no checkpoint.
  init?(in folder: FilePath) {
    let path = folder.appending("catalog.lock")
    guard let lock = try? AdvisoryLock(readingOrMaking: path) else {
      return nil
    }
    self.lock = lock
  }

  /// Takes the lock shared; returns false if another process holds it exclusively.
  func share() throws(DatabaseError) -> Bool {
    try translated { () throws(FileError) in try lock.attempt(.shared) }
  }

  /// Takes the lock exclusively; returns false if any other process holds it.
  func takeAlone() throws(DatabaseError) -> Bool {
    try translated { () throws(FileError) in try lock.attempt(.exclusive) }
  }

  func release() { lock.release() }
}

/// Runs code that throws file errors, and throws the catalog's error instead.
func translated<Result: ~Copyable>(
  _ body: () throws(FileError) -> Result
) throws(DatabaseError) -> Result {
  do throws(FileError) { return try body() } catch {
    throw DatabaseError(code: .unavailable, message: error.description)
  }
}
