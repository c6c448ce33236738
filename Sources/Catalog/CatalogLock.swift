internal import FileSystem
internal import Glibc
internal import SQLite
internal import SystemPackage

/// The lock that keeps a catalog's file as it is: whoever reads the file without its log shares it, and whoever
/// folds the log into the file holds it alone.
///
/// It is a `flock` of a file of its own. SQLite drops its locks in the whole process when any descriptor of the
/// database's file is closed, so none may be opened beside it.
final class CatalogLock {
  private let lock: AdvisoryLock

  /// Opens the lock of the catalogs in a folder, making it where it is missing.
  ///
  /// Nil where it can be neither opened nor made, as in a folder that cannot be written; whoever has no lock reads the
  /// file alone only where nobody can write to it, and folds nothing.
  init?(in folder: FilePath) {
    let path = folder.appending("catalog.lock")
    guard let lock = try? AdvisoryLock(readingOrMaking: path) else {
      return nil
    }
    self.lock = lock
  }

  /// Takes the lock with other readers; false where somebody holds it alone.
  func share() throws(DatabaseError) -> Bool {
    try translated { () throws(FileError) in try lock.attempt(.shared) }
  }

  /// Takes the lock alone; false where anybody else holds it.
  func takeAlone() throws(DatabaseError) -> Bool {
    try translated { () throws(FileError) in try lock.attempt(.exclusive) }
  }

  func release() { lock.release() }
}

/// Runs what throws errors of files, and throws the catalog's.
func translated<Result: ~Copyable>(
  _ body: () throws(FileError) -> Result
) throws(DatabaseError) -> Result {
  do throws(FileError) { return try body() } catch {
    throw DatabaseError(code: .unavailable, message: error.description)
  }
}
