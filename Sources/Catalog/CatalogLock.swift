internal import Glibc
internal import SystemPackage

/// The lock that keeps a catalog's file as it is: whoever reads the file without its log shares it, and whoever
/// folds the log into the file holds it alone.
///
/// It is a `flock` of a file of its own. SQLite drops its locks in the whole process when any descriptor of the
/// database's file is closed, so none may be opened beside it.
final class CatalogLock {
  private let descriptor: FileDescriptor

  /// Opens the lock of the catalogs in a folder, making it where it is missing.
  ///
  /// Nil where it can be neither opened nor made, as in a folder that cannot be written; whoever has no lock reads the
  /// file alone only where nobody can write to it, and folds nothing.
  init?(in folder: FilePath) {
    let path = folder.appending("catalog.lock")
    let made = try? FileDescriptor.open(
      path, .readOnly, options: [.create, .closeOnExec],
      permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
    guard let descriptor = made ?? (try? FileDescriptor.open(path, .readOnly, options: .closeOnExec)) else {
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
