internal import Glibc
package import SystemPackage

/// An open file or folder whose contents still have to be made durable; its owner closes it.
package struct WrittenFile: Sendable {
  package let descriptor: FileDescriptor
  package let path: FilePath

  /// Names a file that its owner keeps open.
  package init(_ descriptor: FileDescriptor, at path: FilePath) {
    self.descriptor = descriptor
    self.path = path
  }
}

/// Makes files and folders durable, several at a time.
///
/// Each fsync waits for the disk and not for a processor, and waiting at the same time takes little longer than
/// waiting once.
///
/// - Parameters:
///   - files: The files, which stay open.
///   - work: Work that does not use the files; it runs while the disk is busy.
/// - Throws: Why one of the files could not be synchronised; the others are still tried.
package func synchronize(_ files: [WrittenFile], meanwhile work: () -> Void = {}) throws(FileError) {
  // More threads were not faster in measurements.
  let failures = try inParallel(files.count, workers: 4, meanwhile: work) {
    (index) throws(FileError) -> FileError? in
    do throws(FileError) {
      try call("synchronize", files[index].path) { fsync(files[index].descriptor.rawValue) }
      return nil
    } catch {
      return error
    }
  }
  for case let failure? in failures { throw failure }
}

/// Makes the names in folders durable.
package func synchronizeFolders(_ paths: [FilePath]) throws(FileError) {
  var folders: [WrittenFile] = []
  defer { for folder in folders { _ = Glibc.close(folder.descriptor.rawValue) } }
  for path in paths {
    let raw = try call("open", path) {
      path.withPlatformString { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    }
    folders.append(WrittenFile(FileDescriptor(rawValue: raw), at: path))
  }
  try synchronize(folders)
}

/// Makes the names in a folder durable.
package func synchronizeFolder(_ path: FilePath) throws(FileError) { try synchronizeFolders([path]) }
