internal import Glibc
internal import SystemPackage

extension FileDescriptor {
  /// Writes all bytes.
  ///
  /// The method of swift-system takes 0.1 ms when it is first used, because it is generic.
  ///
  /// - Throws: The system's error.
  func write(whole bytes: [UInt8]) throws(Errno) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(rawValue, rest, rest.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw Errno(rawValue: errno)
      }
      if count == rest.count { return }
      rest.removeFirst(count)
    }
  }
}
