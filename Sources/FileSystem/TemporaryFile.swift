internal import Glibc
package import SystemPackage

/// Owns a new file with a unique name. The file is deleted with the value unless it was published.
package struct TemporaryFile: ~Copyable, Sendable {
  /// The name of the file until it is published.
  package let path: FilePath
  /// The file's descriptor, which is open as long as this value exists.
  package let descriptor: FileDescriptor
  /// The number of bytes appended so far.
  package private(set) var size = 0
  private var isPublished = false

  /// Creates an empty file `PREFIX` + 16 random hexadecimal digits in `folder`, and creates the folder if it is
  /// missing.
  ///
  /// - Parameters:
  ///   - folder: The folder of the file.
  ///   - prefix: The beginning of its name.
  ///   - permissions: The file's mode, reduced by the umask. By default everybody may read it and nobody may write
  ///     it: an object never changes once it has a name.
  /// - Throws: Why the file cannot be created.
  package init(in folder: FilePath, prefix: String, permissions: UInt32 = 0o444) throws(FileError) {
    var random = SystemRandomNumberGenerator()
    var hasMadeFolder = false
    while true {
      let path = folder.appending(prefix + String(random.next() | 1 << 63, radix: 16))
      do throws(FileError) {
        self.descriptor = try TemporaryFile.create(path, permissions: permissions)
        self.path = path
        return
      } catch {
        switch error.reason {
        case .fileExists: continue
        case .noSuchFileOrDirectory where !hasMadeFolder:
          try makeFolder(folder)
          hasMadeFolder = true
        default: throw error
        }
      }
    }
  }

  /// Creates an empty file of that name.
  ///
  /// - Throws: `fileExists` if the name is in use.
  package init(making path: FilePath, permissions: UInt32) throws(FileError) {
    self.descriptor = try TemporaryFile.create(path, permissions: permissions)
    self.path = path
  }

  private static func create(_ path: FilePath, permissions: UInt32) throws(FileError) -> FileDescriptor {
    FileDescriptor(
      rawValue: try call("create", path) {
        path.withPlatformString { Glibc.open($0, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, permissions) }
      })
  }

  deinit {
    _ = Glibc.close(descriptor.rawValue)
    if !isPublished { _ = path.withPlatformString { unlink($0) } }
  }

  /// Locks the file as long as the value exists, which shows other processes that its creator is alive.
  package func lock() {
    // If files cannot be locked here, no process treats one as abandoned either.
    _ = flock(descriptor.rawValue, LOCK_EX | LOCK_NB)
  }

  /// Writes bytes at the end.
  package mutating func append(_ bytes: RawSpan) throws(FileError) {
    try bytes.withUnsafeBytes { (buffer) throws(FileError) in try append(buffer) }
  }

  /// Writes bytes at the end.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try write(bytes, at: size)
    size += bytes.count
  }

  /// Writes all bytes at `offset`; `size` does not change.
  package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
    var count = 0
    while count < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[count...])
      count += try call("write", path) {
        pwrite(descriptor.rawValue, rest.baseAddress, rest.count, off_t(offset + count))
      }
    }
  }

  /// Reads until a buffer is full or the file ends, and returns the number of bytes read.
  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    try naming("read", path) { () throws(Errno) in try fill(buffer, from: descriptor, at: offset) }
  }

  /// Gives the file the owner, the group and the permissions of the file that it is going to replace; does nothing if
  /// there is no such file.
  package func takeAccess(of other: FilePath) throws(FileError) {
    var (wanted, present) = (stat(), stat())
    do throws(FileError) {
      try call("examine", other) { other.withPlatformString { stat($0, &wanted) } }
    } catch {
      if error.isAbsence { return }
      throw error
    }
    try call("examine", path) { fstat(descriptor.rawValue, &present) }
    if (wanted.st_uid, wanted.st_gid) != (present.st_uid, present.st_gid) {
      try call("change the owner of", path) { fchown(descriptor.rawValue, wanted.st_uid, wanted.st_gid) }
    }
    try call("change the permissions of", path) { fchmod(descriptor.rawValue, wanted.st_mode & 0o777) }
  }

  /// Makes the bytes durable.
  package func synchronize() throws(FileError) {
    try call("synchronize", path) { fsync(descriptor.rawValue) }
  }

  /// Moves the file to its final name, and replaces any file of that name. The caller makes the name durable.
  package mutating func publish(at final: FilePath) throws(FileError) {
    try rename(path, to: final)
    isPublished = true
  }

  /// Moves the file to its final name, and creates the folder if it is missing.
  ///
  /// - Returns: Whether the folder was created.
  package mutating func publish(at final: FilePath, making folder: FilePath) throws(FileError) -> Bool {
    do throws(FileError) {
      try publish(at: final)
      return false
    } catch {
      guard error.reason == .noSuchFileOrDirectory else { throw error }
    }
    let isNew = try makeFolder(folder)
    try publish(at: final)
    return isNew
  }
}
