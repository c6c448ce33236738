internal import Glibc
internal import SystemPackage

/// Runs a system call, again when a signal interrupts it, and names the action and the file in the error.
@discardableResult
func system<Value: SignedInteger>(
  _ action: StaticString, _ path: FilePath, _ call: () -> Value
) throws(GitError) -> Value {
  while true {
    let value = call()
    if value >= 0 { return value }
    let code = errno
    if code != EINTR { throw GitError(.system(code), "cannot \(action) \(path): \(Errno(rawValue: code))") }
  }
}

/// Owns an open file and closes it.
struct OpenFile: ~Copyable {
  let descriptor: FileDescriptor
  let path: FilePath

  /// Opens a file for reading; nil when there is none.
  init?(reading path: FilePath) throws(GitError) { try self.init(path, O_RDONLY) }

  /// Opens a file for writing at its end; nil when there is none.
  init?(appendingTo path: FilePath) throws(GitError) { try self.init(path, O_WRONLY | O_APPEND) }

  private init?(_ path: FilePath, _ flags: CInt) throws(GitError) {
    let raw: CInt
    do throws(GitError) {
      raw = try system("open", path) { path.withPlatformString { Glibc.open($0, flags | O_CLOEXEC) } }
    } catch {
      if case .system(ENOENT) = error.code { return nil }
      throw error
    }
    self.descriptor = FileDescriptor(rawValue: raw)
    self.path = path
  }

  deinit { _ = Glibc.close(descriptor.rawValue) }

  /// The file's length in bytes.
  func size() throws(GitError) -> Int {
    var status = stat()
    try system("examine", path) { fstat(descriptor.rawValue, &status) }
    return Int(status.st_size)
  }

  /// Writes a text at the end, in one call unless the disk is full.
  func append(_ text: String) throws(GitError) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let bytes = rest
      rest = rest.dropFirst(
        try system("write", path) {
          bytes.withUnsafeBytes { Glibc.write(descriptor.rawValue, $0.baseAddress, $0.count) }
        })
    }
  }

  /// Reads until the buffer is full or the file ends, and returns the number of bytes read.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(GitError) -> Int {
    var count = 0
    while count < buffer.count {
      let target = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
      let step = try system("read", path) {
        pread(descriptor.rawValue, target.baseAddress, target.count, off_t(offset + count))
      }
      if step == 0 { break }
      count += step
    }
    return count
  }

  /// Reads `count` bytes at `offset`.
  ///
  /// - Throws: `damaged` when the file ends before.
  func bytes(at offset: Int, count: Int) throws(GitError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var span = bytes.mutableSpan
    let length = try span.withUnsafeMutableBytes { (buffer) throws(GitError) -> Int in
      try read(at: offset, into: buffer)
    }
    guard length == count else { throw GitError(.damaged, "\(path) is truncated") }
    return bytes
  }
}

/// Makes the names in folders durable.
func synchronizeFolders(_ paths: some Collection<FilePath>) throws(GitError) {
  var folders: [WrittenFile] = []
  defer { for folder in folders { _ = Glibc.close(folder.descriptor.rawValue) } }
  for path in paths {
    let raw = try system("open", path) {
      path.withPlatformString { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    }
    folders.append(WrittenFile(FileDescriptor(rawValue: raw), at: path))
  }
  try synchronize(folders)
}

/// Makes the names in a folder durable.
func synchronizeFolder(_ path: FilePath) throws(GitError) { try synchronizeFolders([path]) }

/// Makes a folder unless it is there; says whether it was made.
@discardableResult
func makeFolder(_ path: FilePath) throws(GitError) -> Bool {
  do throws(GitError) {
    try system("make", path) {
      path.withPlatformString { mkdir($0, 0o777) } == 0 && SharedAccess.prepareFolder(path) ? 0 : -1
    }
    return true
  } catch {
    if case .system(EEXIST) = error.code { return false }
    throw error
  }
}

/// Sets a file's times to now, as git does for an object that is written again; false when that fails.
func touch(_ path: FilePath) -> Bool {
  path.withPlatformString { utimensat(AT_FDCWD, $0, nil, 0) } == 0
}

/// Says whether a name exists.
func fileExists(_ path: FilePath) -> Bool {
  path.withPlatformString { access($0, F_OK) } == 0
}
