internal import Glibc
package import SystemPackage

/// Owns an open file and closes it.
package struct OpenFile: ~Copyable, Sendable {
  /// The file's descriptor, which is open as long as this value exists.
  package let descriptor: FileDescriptor
  /// The name with which the file was opened.
  package let path: FilePath

  /// Opens a file for reading; nil if it does not exist.
  package init?(reading path: FilePath) throws(FileError) { try self.init(present: path, O_RDONLY) }

  /// Opens a file for writing at its end; nil if it does not exist.
  package init?(appendingTo path: FilePath) throws(FileError) {
    try self.init(present: path, O_WRONLY | O_APPEND)
  }

  private init?(present path: FilePath, _ flags: CInt) throws(FileError) {
    do throws(FileError) { try self.init(path, flags) } catch {
      if error.isAbsence { return nil }
      throw error
    }
  }

  /// Opens an existing file for reading.
  package init(_ path: FilePath) throws(FileError) { try self.init(path, O_RDONLY) }

  /// Opens a file for reading and for writing at its end, and creates it if it does not exist.
  package init(makingAndAppendingTo path: FilePath) throws(FileError) {
    try self.init(path, O_RDWR | O_APPEND | O_CREAT)
  }

  private init(_ path: FilePath, _ flags: CInt) throws(FileError) {
    let raw = try call("open", path) {
      path.withPlatformString { Glibc.open($0, flags | O_CLOEXEC, 0o666) }
    }
    self.descriptor = FileDescriptor(rawValue: raw)
    self.path = path
  }

  deinit { _ = Glibc.close(descriptor.rawValue) }

  /// The file's status.
  package func status() throws(FileError) -> FileStatus {
    try naming("examine", path) { () throws(Errno) in try FileStatus(descriptor) }
  }

  /// The file's length in bytes.
  package func size() throws(FileError) -> Int { Int(try status().size) }

  /// Writes bytes at the current position, in one call unless the disk is full.
  package func append(_ bytes: RawSpan) throws(FileError) {
    try naming("write", path) { () throws(Errno) in try writeAll(bytes, to: descriptor) }
  }

  /// Reads until the buffer is full or the file ends, and returns the number of bytes read.
  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    try naming("read", path) { () throws(Errno) in try fill(buffer, from: descriptor, at: offset) }
  }

  /// Reads `count` bytes at `offset`, or as many as the file has.
  package func bytes(at offset: Int, upTo count: Int) throws(FileError) -> [UInt8] {
    try naming("read", path) { () throws(Errno) in
      try readBytes(of: descriptor, at: offset, upTo: count)
    }
  }

  /// Truncates the file to this number of bytes.
  package func resize(to size: Int) throws(FileError) {
    try call("write", path) { ftruncate(descriptor.rawValue, off_t(size)) }
  }

  /// Makes the written bytes durable.
  package func synchronize() throws(FileError) {
    try call("synchronize", path) { fsync(descriptor.rawValue) }
  }
}
