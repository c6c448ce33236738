internal import Glibc
internal import SystemPackage

/// Owns a new file under a name of its own, which goes away with the value unless it was published.
struct TemporaryFile: ~Copyable {
  let path: FilePath
  let descriptor: FileDescriptor
  /// The number of bytes appended so far.
  private(set) var size = 0
  private var isPublished = false

  /// Makes an empty file `PREFIX` + 16 random hexadecimal digits in `folder`, which is made when missing.
  ///
  /// Readable by everyone the umask allows, writable by nobody: an object never changes once it has a name.
  init(in folder: FilePath, prefix: String) throws(GitError) {
    var random = SystemRandomNumberGenerator()
    var hasMadeFolder = false
    while true {
      let path = folder.appending(prefix + String(random.next() | 1 << 63, radix: 16))
      do throws(GitError) {
        self.descriptor = try TemporaryFile.create(path, permissions: 0o444)
        self.path = path
        return
      } catch {
        switch error.code {
        case .system(EEXIST): continue
        case .system(ENOENT) where !hasMadeFolder:
          try makeFolder(folder)
          hasMadeFolder = true
        default: throw error
        }
      }
    }
  }

  /// Makes the lock file `PATH.lock`, by which git's programs agree on who changes the file at `path`.
  ///
  /// - Throws: `locked` while it is there already.
  init(locking path: FilePath) throws(GitError) {
    let path = FilePath(path.string + ".lock")
    do throws(GitError) {
      self.descriptor = try TemporaryFile.create(path, permissions: 0o666)
      self.path = path
    } catch {
      guard case .system(EEXIST) = error.code else { throw error }
      throw GitError(.locked, path.string)
    }
  }

  private static func create(_ path: FilePath, permissions: mode_t) throws(GitError) -> FileDescriptor {
    FileDescriptor(
      rawValue: try system("create", path) {
        path.withPlatformString { Glibc.open($0, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, permissions) }
      })
  }

  deinit {
    _ = Glibc.close(descriptor.rawValue)
    if !isPublished { _ = path.withPlatformString { unlink($0) } }
  }

  /// Writes bytes at the end.
  mutating func append(_ bytes: RawSpan) throws(GitError) {
    try bytes.withUnsafeBytes { (buffer) throws(GitError) in try append(buffer) }
  }

  /// Writes bytes at the end.
  mutating func append(_ bytes: UnsafeRawBufferPointer) throws(GitError) {
    try write(bytes, at: size)
    size += bytes.count
  }

  /// Writes all bytes at `offset`, without regard to `size`.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(GitError) {
    var count = 0
    while count < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[count...])
      count += try system("write", path) {
        pwrite(descriptor.rawValue, rest.baseAddress, rest.count, off_t(offset + count))
      }
    }
  }

  /// Reads up to a buffer's length at `offset` and returns the number of bytes read.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(GitError) -> Int {
    try system("read", path) { pread(descriptor.rawValue, buffer.baseAddress, buffer.count, off_t(offset)) }
  }

  /// Makes the bytes durable.
  func synchronize() throws(GitError) {
    try system("synchronize", path) { fsync(descriptor.rawValue) }
  }

  /// Moves the file to its final name, over whatever is there. Making the name durable is the caller's part.
  mutating func publish(at final: FilePath) throws(GitError) {
    try system("rename", path) {
      path.withPlatformString { old in final.withPlatformString { new in rename(old, new) } }
    }
    isPublished = true
  }

  /// Moves the file to its final name, making the folder it lies in where that is missing.
  ///
  /// - Returns: Whether the folder was made.
  mutating func publish(at final: FilePath, making folder: FilePath) throws(GitError) -> Bool {
    do throws(GitError) {
      try publish(at: final)
      return false
    } catch {
      guard case .system(ENOENT) = error.code else { throw error }
    }
    let isNew = try makeFolder(folder)
    try publish(at: final)
    return isNew
  }
}
