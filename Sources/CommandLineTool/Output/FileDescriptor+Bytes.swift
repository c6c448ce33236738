internal import FileSystem
internal import SystemPackage

extension FileDescriptor {
  /// Writes all bytes.
  ///
  /// - Throws: The system's error.
  func write(whole bytes: [UInt8]) throws(Errno) { try FileSystem.writeAll(bytes.span.bytes, to: self) }
}
